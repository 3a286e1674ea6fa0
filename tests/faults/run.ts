/** `npm run faults`, and `npm run faults -- --full` for the long form. `FAULTS_SEED=…` repeats a run. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const isFull = process.argv.includes('--full')
// Its command is no export of the package.
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs')
const names = process.argv.slice(2).filter((name) => !name.startsWith('-'))
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'faults', ...names], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS: isFull ? 'full' : 'short' },
})
process.exitCode = status ?? 1
