import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openKeyring } from '@carnet/api/keyring/keyring.ts'
import { expect, onTestFinished, test } from 'vitest'
import { filesBelow, givenEmptyPlace, givenKeyring } from '../helpers/keyring.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const keyringModule = new URL('../../api/src/keyring/keyring.ts', import.meta.url).href

/** A real process of its own; `script` sees `options`, `createKeyring` and `openKeyring`. */
function startProcess(script: string, options: object): ChildProcess {
  const prelude = `import { createKeyring, openKeyring } from ${JSON.stringify(keyringModule)}
    const options = ${JSON.stringify(options)}\n`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', prelude + script], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function readLines(child: ChildProcess): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout! })) lines.push(line)
  return lines
}

test('processes that make one keyring at once get the same one', async () => {
  const place = givenEmptyPlace()
  const options = { directory: join(place, 'first'), copyDirectory: join(place, 'second') }
  const script = `
    console.log('ready')
    process.stdin.once('data', () => {
      const keyring = createKeyring(options)
      for (let id = 1; id <= 20; id++) keyring.createPeriodKey(id)
      const tags = keyring.listPeriodKeys().map((id) => keyring.tag(id, '00'.repeat(16)))
      const { identity, queuePublicKey } = keyring
      console.log(JSON.stringify([identity, queuePublicKey, keyring.listPublicKeys(), keyring.generation(), tags]))
      process.exit(0)
    })`
  const children = [1, 2, 3].map(() => startProcess(script, options))
  const answers = Promise.all(children.map(readLines))
  await Promise.all(children.map((child) => once(child.stdout!, 'data')))
  for (const child of children) child.stdin!.write('go\n')

  const [first, ...others] = (await answers).map(([, answer]) => answer)
  expect(JSON.parse(first!).at(-1)).toHaveLength(20)
  for (const other of others) expect(other).toBe(first)
  const { directory, copyDirectory } = options
  expect(filesBelow(copyDirectory)).toEqual(filesBelow(directory))
  expect(filesBelow(directory).filter((file) => file.endsWith('.tmp'))).toEqual([])
  for (const file of filesBelow(directory))
    expect(readFileSync(join(copyDirectory, file))).toEqual(readFileSync(join(directory, file)))
}, 30_000)

test('kill -9 at any moment: what was said to be made is in both copies, what was said to be destroyed in none', async () => {
  const { first, second, options } = givenKeyring()
  const script = `
    const keyring = openKeyring(options)
    let id = Math.max(0, ...keyring.listPeriodKeys())
    while (keyring.isPeriodKeyDestroyed(id + 1)) id++
    for (;;) {
      keyring.createPeriodKey(++id)
      console.log('made ' + id)
      if (id > 3) {
        keyring.destroyPeriodKey(id - 3)
        console.log('destroyed ' + (id - 3))
      }
      keyring.writeSpentList('6f1e2c3a-1111-4222-8333-444455556666', Array.from({ length: id }, (_, at) => at.toString(16).padStart(32, '0')))
      console.log('spent ' + id)
      await new Promise(setImmediate)
    }`
  const said = { made: new Set<number>(), destroyed: new Set<number>(), spent: new Set<number>([0]) }
  // A busy machine does less in a moment: as many rounds as it takes to see some keys destroyed.
  for (let round = 0; round < 4 || (said.destroyed.size <= 4 && round < 30); round++) {
    const delay = [40, 71, 103, 55][round % 4]!
    const child = startProcess(script, options)
    const lines = readLines(child)
    await once(child.stdout!, 'data')
    await new Promise((resolve) => setTimeout(resolve, delay))
    child.kill('SIGKILL')
    for (const line of await lines) {
      const [, what, id] = /^(made|destroyed|spent) (\d+)$/.exec(line) ?? []
      if (what) said[what as keyof typeof said].add(Number(id))
    }

    for (const id of said.made)
      for (const copy of [first, second])
        if (said.destroyed.has(id)) expect(existsSync(join(copy, `periods/${id}.key`)), `${id}`).toBe(false)
        else if (!existsSync(join(first, `periods/${id}.destroyed`)))
          expect(existsSync(join(copy, `periods/${id}.key`)), `${id}`).toBe(true)
    const next = openKeyring(options)
    for (const id of said.made) expect(next.hasPeriodKey(id)).toBe(!next.isPeriodKeyDestroyed(id))
    for (const id of said.destroyed) expect(next.isPeriodKeyDestroyed(id)).toBe(true)
    expect(next.readSpentList('6f1e2c3a-1111-4222-8333-444455556666')?.length ?? 0).toBeGreaterThanOrEqual(
      Math.max(...said.spent),
    )
  }
  expect(said.destroyed.size).toBeGreaterThan(4)
}, 60_000)

test('a key destroyed while another process repairs a lost copy of it does not come back', async () => {
  const { first, second, options, keyring } = givenKeyring()
  const child = startProcess(
    `const keyring = openKeyring(options)
    console.log('ready')
    process.stdin.on('data', () => process.exit(0))
    const again = () => { keyring.reread(); setImmediate(again) }
    again()`,
    options,
  )
  await once(child.stdout!, 'data')
  for (let id = 1; id <= 60; id++) {
    keyring.createPeriodKey(id)
    rmSync(join(id % 2 ? first : second, `periods/${id}.key`))
    // A few of them are repaired before, a few after; the pause moves the moment.
    for (const until = performance.now() + (id % 10) / 5; performance.now() < until; );
    keyring.destroyPeriodKey(id)
  }
  child.stdin!.write('stop\n')
  const [exitCode] = await once(child, 'exit')
  expect(exitCode).toBe(0)
  for (const copy of [first, second])
    expect(filesBelow(copy).filter((file) => file.startsWith('periods/') && !file.endsWith('.destroyed'))).toEqual([])
}, 30_000)
