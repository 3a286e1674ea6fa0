import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppParts, createApp } from '@carnet/api/app.ts'
import { createKeyring, type Keyring } from '@carnet/api/keyring/keyring.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { afterwards } from './afterwards.ts'
import { connectAsOperator, createTestDatabase } from './database.ts'

/** A keyring in two directories of its own, removed after the file's tests. */
export function createTestKeyring(): Keyring {
  const directory = mkdtempSync(join(tmpdir(), 'carnet-keyring-'))
  afterwards(() => rmSync(directory, { recursive: true, force: true }))
  return createKeyring({ directory: join(directory, 'first'), copyDirectory: join(directory, 'second') })
}

/** The real app on a private database, as `carnet_app`, with a clock that the test sets. */
export async function createTestApp(options: Partial<AppParts> = {}) {
  const { url, sql } = await createTestDatabase()
  const { db, end } = connectAsOperator(url)
  afterwards(end)
  const keyring = createTestKeyring()
  const clock = { now: new Date('2026-03-10T09:00:00Z') }
  const now = () => clock.now
  const mode = options.mode ?? 'demo'
  const scanning = createScanning({ url, prepare: true, db, keyring, now, mode, generation: keyring.generation })
  afterwards(scanning.close)
  const own = { db, keyring, now, mode, scanning: scanning.parts }
  const app = createApp({ publicUrl: 'http://localhost:8080', ...options, ...own })
  return { app, db, sql, url, keyring, clock, scanning }
}
