import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the scanner that the server will serve, where it is not the one of these sources: what is tested is what people get. */
export default function buildScanner(): void {
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const built = spawnSync(process.execPath, ['scripts/run.cjs', 'build'], { cwd, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the scanner could not be built: ${built.stdout}${built.stderr}`)
}
