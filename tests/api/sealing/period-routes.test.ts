import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { abandonKey } from '@carnet/api/abandon-key.ts'
import { type Job, jobs, runJob, startJobs } from '@carnet/api/jobs.ts'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { openPeriods, reconcileAtStart } from '@carnet/api/open-periods.ts'
import { ensureOpenPeriod } from '@carnet/api/periods/open-period.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { beforeAll, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'
import { statesOf } from '../../helpers/period-facts.ts'
import { createKeyringRoot, givenSealingWorld, startProcess } from '../../helpers/sealing.ts'

type TestApp = Awaited<ReturnType<typeof createTestApp>>
let demo: TestApp
let coordinator: Record<string, string>
let operator: ReturnType<typeof createContext>

beforeAll(async () => {
  demo = await createTestApp({ mode: 'demo' })
  const { sql, keyring, db, clock } = demo
  await sql`insert into installation (mode, keyring_id, created_on) values ('demo', ${keyring.identity}, '2026-03-01') on conflict do nothing`
  operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
  await ensureOpenPeriod(operator)
  coordinator = (await givenMember(sql, 'coordinator')).headers
})

const post = async (path: string, headers: Record<string, string> = coordinator) => {
  const response = await demo.app.request(`/api/v1${path}`, { method: 'POST', headers })
  return { status: response.status, ...((await response.json()) as { code?: string; id?: number; state?: string }) }
}

test('a coordinator brings a month of the demo from open to sealed, step by step', async () => {
  expect(await post('/periods/1/freezing')).toMatchObject({ status: 409, code: 'period_is_open' })
  expect(await post('/periods/1/closing')).toMatchObject({ status: 200, id: 1, state: 'closed' })
  expect(await post('/periods/1/closing')).toMatchObject({ status: 409, code: 'period_is_closed' })
  expect(await post('/periods/1/sealing')).toMatchObject({ status: 409, code: 'period_is_closed' })
  expect(await post('/periods/1/freezing')).toMatchObject({ status: 200, state: 'frozen' })
  expect(await post('/periods/1/freezing')).toMatchObject({ status: 200, state: 'frozen' })
  const sealed = await post('/periods/1/sealing')
  expect(sealed).toMatchObject({
    status: 200,
    state: 'sealed',
    sealedOn: '2026-03-10',
    sealedAuditHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(await post('/periods/1/sealing')).toEqual(sealed)
  expect(await post('/periods/7/sealing')).toMatchObject({ status: 404, code: 'period_not_found' })

  const response = await demo.app.request('/api/v1/periods', { headers: coordinator })
  const { items } = (await response.json()) as { items: unknown[] }
  expect(items).toMatchObject([
    { id: 2, state: 'open', month: '2026-03-01', sealsFrom: '2026-05-01', sealedAtTheLatestOn: '2026-05-29' },
    { id: 1, state: 'sealed' },
  ])
})

test('steps of a period are for the coordination, reading them for those who check it', async () => {
  const { headers: finance } = await givenMember(demo.sql, 'finance_approver')
  const { headers: auditor } = await givenMember(demo.sql, 'auditor')
  for (const step of ['closing', 'freezing', 'sealing']) {
    expect((await post(`/periods/2/${step}`, finance)).status).toBe(403)
    expect((await post(`/periods/2/${step}`, {})).status).toBe(401)
  }
  expect((await demo.app.request('/api/v1/periods', { headers: auditor })).status).toBe(200)
  expect((await demo.app.request('/api/v1/periods')).status).toBe(401)
})

test('a job runs in one process at a time, and one that fails is told and goes on', async () => {
  let running = 0
  let runs = 0
  const job: Job = {
    ...{ name: 'slow', pattern: '0 0 0 * * *', guard: 'cleaningJob' },
    run: async () => {
      expect(++running).toBe(1)
      runs++
      await new Promise((resolve) => setTimeout(resolve, 100))
      running--
    },
  }
  const failures: [string, unknown][] = []
  const report = (name: string, error: unknown) => failures.push([name, (error as Error).message])
  await Promise.all([runJob(operator, job, report), runJob(operator, job, report)])
  expect(runs).toBe(1)
  await runJob(operator, { ...job, run: () => Promise.reject(new Error('full disk')) }, report)
  await runJob(operator, job, report)
  expect([runs, failures]).toEqual([2, [['slow', 'full disk']]])
})

test('every job runs once when a server starts, and none failed on a new installation', async () => {
  const world = await givenSealingWorld({ today: '2026-03-30' })
  world.clock.today = '2026-04-02'
  const failures: unknown[] = []
  const started = startJobs(world.operator, (name, error) => failures.push([name, error]))
  while ((await statesOf(world)).length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
  await started.stop()
  for (const job of jobs) await runJob(world.operator, job, (name, error) => failures.push([name, error]))
  expect(failures).toEqual([])
  expect(await statesOf(world)).toEqual(['1 closed', '2 open'])
})

test('a process starts with the periods open and the generation at hand, and refuses a foreign keyring', async () => {
  const world = await givenSealingWorld()
  const process = startProcess(world)
  expect(await reconcileAtStart(process.operator)).toBeNull()
  const periods = await openPeriods(process.operator, () => {})
  expect(periods.generation()).toBe(`00000001-${process.keyring.generation()}`)
  await periods.close()

  const root = createKeyringRoot()
  createKeyring({ directory: join(root, 'one'), copyDirectory: join(root, 'two') })
  const stranger = startProcess({ ...world, keyringRoot: root })
  await expect(reconcileAtStart(stranger.operator)).rejects.toThrow('This keyring belongs to another database')
})

test('a lost key is given up from the command line by two people, each with a token', async () => {
  const world = await givenSealingWorld()
  const { db } = world.operator
  const parts = { db, keyring: world.keyring, now: () => new Date('2026-03-10T10:00:00Z') }
  const tokens = [await givenMember(world.sql, 'coordinator'), await givenMember(world.sql, 'finance_approver')].map(
    ({ bearer }) => bearer.authorization.replace('Bearer ', ''),
  ) as [string, string]
  await expect(abandonKey(parts, undefined, tokens[0])).rejects.toThrow('Usage')
  await expect(abandonKey(parts, '1', 'carnet_00000000000000000000000')).rejects.toThrow('does not exist')
  await expect(abandonKey(parts, '1', tokens[0])).rejects.toThrow('Its key is in the keyring')
  for (const copy of ['one', 'two']) rmSync(join(world.keyringRoot, copy, 'periods', '1.key'))
  expect(await abandonKey(parts, '1', tokens[0])).toContain('A second person must run the same command')
  await expect(abandonKey(parts, '1', tokens[0])).rejects.toThrow('Someone else must confirm')
  expect(await abandonKey(parts, '1', tokens[1])).toContain('is given up')
})
