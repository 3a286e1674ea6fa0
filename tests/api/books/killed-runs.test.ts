import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from '@carnet/db/embedded-lock'
import { afterAll, describe, expect, test } from 'vitest'
import {
  answers,
  givenInstallation,
  type Installation,
  ownerOf,
  type RunningCommand,
  runCommand,
  startCommand,
  untilAnswering,
} from '../../helpers/command.ts'

const folder = mkdtempSync(join(tmpdir(), `carnet-test-${process.pid}-`))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const newInstallation = () => givenInstallation(mkdtempSync(join(folder, 'run-')))
const clusterOf = ({ dataDir }: Installation) => join(dataDir, 'postgres/cluster')
const postmasterOf = (installation: Installation) =>
  Number.parseInt(readFileSync(join(clusterOf(installation), 'postmaster.pid'), 'utf8'), 10)

async function start(installation: Installation, environment: Record<string, string> = {}): Promise<RunningCommand> {
  const run = runCommand(startCommand, { ...installation.environment, ...environment })
  await untilAnswering(installation.port, run)
  return run
}

/** As a closed terminal or Ctrl-C does: the whole group gets it. */
async function stop({ child, ended }: RunningCommand, signal: NodeJS.Signals = 'SIGINT') {
  process.kill(-child.pid!, signal)
  return ended
}

/** Rows that were acknowledged before the kill, as many as a busy second writes. */
async function writeUntil(installation: Installation, kill: () => void): Promise<number> {
  const sql = ownerOf(installation)
  await sql`create table if not exists kept (n int primary key)`
  const [{ before } = { before: 0 }] = await sql<{ before: number }[]>`select count(*)::int as before from kept`
  let written = before
  setTimeout(kill, 300)
  try {
    for (;;) {
      await sql`insert into kept values (${written + 1})`
      written++
    }
  } catch {
    await sql.end({ timeout: 1 })
  }
  return written
}

async function countKept(installation: Installation): Promise<number> {
  const sql = ownerOf(installation)
  const [row] = await sql<{ kept: number }[]>`select count(*)::int as kept from kept`
  await sql.end()
  return row!.kept
}

/** What was acknowledged is there; the one write in flight may be or not. */
async function expectNothingLost(installation: Installation, written: number, environment = {}) {
  const again = await start(installation, environment)
  const kept = await countKept(installation)
  expect([written, written + 1]).toContain(kept)
  expect((await stop(again)).code).toBe(0)
}

test('Ctrl-C stops all of it cleanly', async () => {
  const installation = await newInstallation()
  const run = runCommand(['npm', 'start'], installation.environment)
  await untilAnswering(installation.port, run)
  const postmaster = postmasterOf(installation)
  const { output } = await stop(run)

  expect(output).not.toContain('Error')
  expect(output).toContain('"check":"host_backup"')
  expect(await answers(installation.port)).toBe(false)
  expect(isRunning(postmaster)).toBe(false)
  expect(existsSync(join(clusterOf(installation), 'postmaster.pid'))).toBe(false)
  expect(existsSync(join(installation.dataDir, 'carnet.lock'))).toBe(false)
  expect(readFileSync(join(installation.dataDir, 'postgres/server.log'), 'utf8')).toContain(
    'database system is shut down',
  )
})

test('a second start on the same data says so and disturbs nothing', async () => {
  const installation = await newInstallation()
  const first = await start(installation)
  const { code, output } = await runCommand(startCommand, installation.environment).ended
  expect(output).toContain(`Carnet already runs on ${installation.dataDir} (process ${first.child.pid}).`)
  expect(code).toBe(1)
  expect(await answers(installation.port)).toBe(true)
  expect((await stop(first, 'SIGTERM')).code).toBe(0)
})

test('whoever read what Carnet says goes away: it serves on, and ends when it should', async () => {
  const installation = await newInstallation()
  const { child, ended } = await start(installation)
  for (const stream of [child.stdout, child.stderr]) stream?.destroy()
  expect(await answers(installation.port)).toBe(true)
  process.kill(postmasterOf(installation), 'SIGKILL')
  expect((await ended).code).toBe(1)
})

describe('after kill -9 the next start works and nothing acknowledged is lost', () => {
  test('of Carnet', async () => {
    const installation = await newInstallation()
    const run = await start(installation)
    const written = await writeUntil(installation, () => run.child.kill('SIGKILL'))
    await expectNothingLost(installation, written)
  })

  test('of Carnet, where the database server does not notice and lives on', async () => {
    const installation = await newInstallation()
    const orphaning = { PATH: pathWithout('setpriv') }
    const run = await start(installation, orphaning)
    const sql = ownerOf(installation)
    await sql`create table kept (n int primary key)`
    run.child.kill('SIGKILL')
    await run.ended
    await sleep(300)
    await sql`insert into kept values (1)`
    await sql.end()
    const orphan = postmasterOf(installation)

    await expectNothingLost(installation, 1, orphaning)
    expect(isRunning(orphan)).toBe(false)
  })

  test('of PostgreSQL: Carnet says so and ends with 1', async () => {
    const installation = await newInstallation()
    const run = await start(installation)
    const written = await writeUntil(installation, () => process.kill(postmasterOf(installation), 'SIGKILL'))
    const { code, output } = await run.ended
    expect(output).toContain('The embedded PostgreSQL in')
    expect(code).toBe(1)
    await expectNothingLost(installation, written)
  })

  test('of both at once', async () => {
    const installation = await newInstallation()
    const run = await start(installation)
    const written = await writeUntil(installation, () => {
      process.kill(postmasterOf(installation), 'SIGKILL')
      run.child.kill('SIGKILL')
    })
    await expectNothingLost(installation, written)
  })

  test('during the very first start', async () => {
    const installation = await newInstallation()
    const run = runCommand(startCommand, installation.environment)
    while (!existsSync(`${clusterOf(installation)}.new`)) await sleep(10)
    process.kill(-run.child.pid!, 'SIGKILL')
    await run.ended
    expect((await stop(await start(installation))).code).toBe(0)
  })
})

/** A path with the programs that a start needs, less one. */
function pathWithout(program: string): string {
  const bin = join(mkdtempSync(join(folder, 'path-')), 'bin')
  mkdirSync(bin)
  for (const name of ['unshare', 'true', 'ps', 'sh'].filter((other) => other !== program)) {
    const found = process.env
      .PATH!.split(':')
      .map((directory) => join(directory, name))
      .find((path) => existsSync(path))
    if (found) symlinkSync(found, join(bin, name))
  }
  return bin
}
