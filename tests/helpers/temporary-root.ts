import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isAlive } from '@carnet/db/embedded-lock'

const prefix = 'carnet-test-'

/**
 * All that a run of the tests writes into temporary places, its browsers and programs included, lies in one directory named
 * after its process: gone when the run ends, and when it was killed, at the next run.
 */
export default function giveTemporaryRoot(): void {
  if (basename(tmpdir()).startsWith(`${prefix}${process.pid}-`)) return
  removeLeftovers()
  const root = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  // PostgreSQL runs as another user where the tests run as root.
  chmodSync(root, 0o711)
  process.env.TMPDIR = root
  process.on('exit', () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
}

function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix)))
    if (!isAlive(Number(name.slice(prefix.length).split('-')[0])))
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
}
