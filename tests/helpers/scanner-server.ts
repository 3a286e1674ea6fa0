import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the scanner that the server will serve: what is tested is what people get. */
export default function buildScanner(): void {
  const cwd = fileURLToPath(new URL('../../scanner-pwa', import.meta.url))
  const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    cwd,
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`the scanner could not be built: ${built.stderr}`)
}
