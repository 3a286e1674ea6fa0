/** `npm run bench` measures every part, one after the other; `npm run bench -- access` one. Each part is a file here. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const parts = ['scans', 'access', 'sealing', 'money', 'qr', 'scanner', 'venues', 'search', 'print', 'paper']
const wanted = process.argv.slice(2)
const unknown = wanted.filter((part) => !parts.includes(part))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${parts.join(', ')}.`)
  process.exit(1)
}
for (const part of wanted.length > 0 ? wanted : parts) {
  console.log(`\n${part}`)
  const file = fileURLToPath(new URL(`./${part}.ts`, import.meta.url))
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
