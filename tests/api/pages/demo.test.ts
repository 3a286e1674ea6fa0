import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dayOf } from '@carnet/api/shared/days.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  freePort,
  ownerOf,
  type RunningCommand,
  runCommand,
  startCommand,
  untilAnswering,
} from '../../helpers/command.ts'

const folder = mkdtempSync(join(tmpdir(), `carnet-test-${process.pid}-`))
const dataDir = join(folder, 'data')
let demo: RunningCommand
let base: string
let port: number

async function start(): Promise<void> {
  demo = runCommand(startCommand, { PORT: String(port), DATA_DIR: dataDir })
  await untilAnswering(port, demo)
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  process.kill(-demo.child.pid!, signal)
  await demo.ended
}

beforeAll(async () => {
  port = await freePort()
  base = `http://localhost:${port}/api/v1`
  // A first start is killed while it makes the world: the second makes it whole.
  const killed = runCommand(startCommand, { PORT: String(port), DATA_DIR: dataDir })
  await saidBy(killed, /… \d{4}-\d{2}/)
  process.kill(-killed.child.pid!, 'SIGKILL')
  await killed.ended
  await start()
}, 300_000)

afterAll(async () => {
  await stop('SIGINT')
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

const saidBy = ({ child }: RunningCommand, words: RegExp) =>
  new Promise<void>((said, failed) => {
    child.stdout!.on('data', (chunk) => words.test(String(chunk)) && said())
    child.once('exit', () => failed(new Error('it ended first')))
  })

type Demo = {
  accounts: { role: string; apiToken: string; signInUrl: string }[]
  campaigns: { id: string; name: string }[]
  venues: { id: string; deviceToken: string; enrolmentToken: string }[]
  vouchers: Record<'active' | 'training' | 'blocked' | 'expired' | 'spent', { qr: string; typed: string }[]>
}
const readDemo = async (): Promise<Demo> => (await (await fetch(`${base}/demo`)).json()) as Demo
const tokenOf = ({ accounts }: Demo, role: string) => accounts.find((account) => account.role === role)!.apiToken
const read = async (token: string, path: string) =>
  (await (await fetch(base + path, { headers: { authorization: `Bearer ${token}` } })).json()) as never

async function scan(token: string, code: string, today = dayOf(new Date())) {
  const scans = [{ scanId: crypto.randomUUID(), code, service: 'D04', day: today }]
  const answer = await fetch(`${base}/device/scans`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ scans }),
  })
  return ((await answer.json()) as { results: { outcome: string; reason?: string; training?: boolean }[] }).results[0]!
}

describe('the world of the demo', () => {
  test('has a year behind it: sealed months, paid statements, true accounts', async () => {
    const world = await readDemo()
    expect(world.campaigns).toHaveLength(3)
    expect(world.venues.length).toBeGreaterThanOrEqual(38)
    expect(world.vouchers.active.length).toBeGreaterThanOrEqual(200)
    expect(new Set(world.accounts.map(({ role }) => role))).toEqual(
      new Set(['coordinator', 'finance_approver', 'funder', 'venue_manager', 'prescriber', 'auditor']),
    )
    const periods = (await read(tokenOf(world, 'coordinator'), '/periods')) as { items: { state: string }[] }
    expect(periods.items.filter(({ state }) => state === 'sealed').length).toBeGreaterThanOrEqual(10)
    expect(await read(tokenOf(world, 'auditor'), '/ledger/invariants')).toMatchObject({ ok: true })
    const statements = (await read(tokenOf(world, 'finance_approver'), '/statements?limit=500')) as {
      items: { state: string }[]
    }
    expect(statements.items.filter(({ state }) => state === 'paid').length).toBeGreaterThan(200)
  })

  test('shows campaigns used at about 80 % and about 20 %, each with its context', async () => {
    const world = await readDemo()
    const rates = await Promise.all(
      world.campaigns
        .slice(0, 2)
        .map(({ id }) => read(tokenOf(world, 'coordinator'), `/campaigns/${id}/usage`) as Promise<Usage>),
    )
    for (const { rate, contextNote } of rates) {
      expect(contextNote?.length).toBeGreaterThan(40)
      expect(rate).not.toBeNull()
    }
    const [high, low] = rates.map(({ rate }) => rate!)
    expect(high).toBeGreaterThan(0.65)
    expect(high).toBeLessThan(0.95)
    expect(low).toBeGreaterThan(0.1)
    expect(low).toBeLessThan(0.35)
  })

  test('offers vouchers of each kind, at any venue', async () => {
    const { vouchers, venues } = await readDemo()
    const at = (index: number) => venues[index]!.deviceToken
    expect(await scan(at(3), vouchers.active[0]!.qr)).toMatchObject({ outcome: 'accepted' })
    expect(await scan(at(9), vouchers.active[0]!.qr)).toMatchObject({ outcome: 'refused', reason: 'already_used' })
    expect(await scan(at(21), vouchers.active.at(-1)!.typed)).toMatchObject({ outcome: 'accepted' })
    expect(await scan(at(0), vouchers.training[0]!.qr)).toMatchObject({ outcome: 'accepted', training: true })
    expect(await scan(at(0), vouchers.blocked[0]!.qr)).toMatchObject({ reason: 'blocked' })
    expect(await scan(at(0), vouchers.expired[0]!.qr)).toMatchObject({ reason: 'expired' })
    expect(await scan(at(0), vouchers.spent[0]!.qr)).toMatchObject({ reason: 'already_used' })
  })

  test('says nothing of a scan on the screen of whoever started it, and starts again in its place', async () => {
    const before = (await readDemo()).venues.map(({ deviceToken }) => deviceToken)
    await stop('SIGINT')
    const { output } = await demo.ended
    for (const token of before) expect(output).not.toContain(token)
    expect(output).not.toMatch(/P1[0-9A-Z $%*+\-./:]{100}/)
    await start()
    expect((await readDemo()).venues.map(({ deviceToken }) => deviceToken)).toEqual(before)
  })
})

type Usage = { rate: number | null; contextNote: string | null }

test('the first steps of README.md do what they say', async () => {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block!)
  const script = join(folder, 'first-steps.sh')
  writeFileSync(script, blocks.slice(1).join('\n'))
  const ran = spawnSync('bash', ['-euo', 'pipefail', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH!, HOME: folder, TZ: 'Europe/Paris', CARNET: `http://localhost:${port}` },
  })
  expect(ran.stderr).toBe('')
  expect(ran.status).toBe(0)
  const told = ran.stdout
  expect(told).toContain('"reason":"not_active"')
  expect([...told.matchAll(/"isCounted":true,"goodSamples":(\d)/g)].map(([, count]) => count)).toEqual(['1', '2', '3'])
  expect(told.match(/"outcome":"accepted"/g)).toHaveLength(2)
  expect(told).toContain('"reason":"already_used","usedHere":true')
  expect(told).toMatch(/"state":"open".*"totalCents":\d+/)
  expect(told).toContain('{"ok":true')

  const sql = ownerOf({ dataDir })
  expect(await sql`select count(*)::int as n from vouchers where xmax::text <> '0'`).toEqual([{ n: 0 }])
  await sql.end()
})
