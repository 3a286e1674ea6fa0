import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedOptions, startEmbeddedPostgres } from '@carnet/db/embedded'
import { lockDataDirectory } from '@carnet/db/embedded-lock'
import { listPendingMigrations, migrateDatabase } from '@carnet/db/migrate'
import { findUnsafeSettings } from '@carnet/db/server-settings'
import postgres from 'postgres'
import { afterAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), `carnet-test-${process.pid}-`))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function givenServer(options: Partial<EmbeddedOptions> = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(folder, 'server-'))
  const server = await startEmbeddedPostgres({ ...options, dataDir })
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  const stop = async () => {
    await sql.end({ timeout: 1 })
    await server.stop()
  }
  onTestFinished(stop)
  return { dataDir, sql, stop, log: () => readFileSync(join(dataDir, 'server.log'), 'utf8') }
}

describe('the embedded server', () => {
  test('keeps what it acknowledged and tells nothing', async () => {
    const { sql } = await givenServer()
    expect(await findUnsafeSettings(sql, 'production')).toEqual([])
  })

  test('logs neither statements nor values, also when they fail', async () => {
    const { sql, log } = await givenServer()
    await sql`create table seen (code text primary key)`
    await sql`insert into seen values ('SECRET-VALUE')`
    await expect(sql`insert into seen values ('SECRET-VALUE')`).rejects.toMatchObject({ code: '23505' })
    await expect(sql`select ${'SECRET-VALUE'}::text::int`).rejects.toMatchObject({ code: '22P02' })
    await expect(sql.unsafe(`select 'SECRET-VALUE' frm nowhere here`)).rejects.toThrow()
    await sql.unsafe(`do $$ begin raise warning 'SECRET-VALUE'; end $$`)
    expect(log()).toContain('ready to accept connections')
    expect(log()).not.toMatch(/SECRET-VALUE|seen/)
  })

  test('keeps its password to its owner, its port and its data between runs', async () => {
    const first = await givenServer()
    const files = ['password', 'port'].map((name) => join(first.dataDir, name))
    expect(files.map((file) => statSync(file).mode & 0o077)).toEqual([0, 0])
    const before = files.map((file) => readFileSync(file, 'utf8'))
    await first.sql`create table kept as select 42 as answer`
    await first.stop()

    const second = await givenServer({ dataDir: first.dataDir })
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
    expect(await second.sql`select answer from kept`).toEqual([{ answer: 42 }])
  })

  test('starts on a lock whose process number now belongs to another program', async () => {
    const first = await givenServer()
    const lock = join(first.dataDir, 'cluster/postmaster.pid')
    const content = readFileSync(lock, 'utf8')
    await first.stop()
    writeFileSync(lock, content.replace(/^\d+/, String(process.pid)))
    const second = await givenServer({ dataDir: first.dataDir })
    expect(await second.sql`select 1 as one`).toEqual([{ one: 1 }])
  })

  test.skipIf(process.getuid?.() !== 0)(
    'as root without user namespaces, belongs to another account for good',
    async () => {
      const open = mkdtempSync(join(tmpdir(), `carnet-test-${process.pid}-`))
      onTestFinished(() => rmSync(open, { recursive: true, force: true }))
      mkdirSync(join(open, 'data'), { mode: 0o711 })
      const dataDir = join(open, 'data/postgres')
      chmodSync(open, 0o711)

      const first = await givenServer({ dataDir, userNamespace: false })
      expect(statSync(join(dataDir, 'cluster')).uid).not.toBe(0)
      await first.stop()
      const second = await givenServer({ dataDir })
      expect(await second.sql`select 1 as one`).toEqual([{ one: 1 }])
    },
  )
})

describe('the lock of a data directory', () => {
  test('is taken once, and again when it is released', async () => {
    const directory = mkdtempSync(join(folder, 'lock-'))
    const release = await lockDataDirectory(directory)
    await expect(lockDataDirectory(directory)).rejects.toThrow(
      `Carnet already runs on ${directory} (process ${process.pid})`,
    )
    release()
    const releaseAgain = await lockDataDirectory(directory)
    releaseAgain()
    expect(readdirSync(directory)).toEqual([])
  })

  test.each([
    ['whose process is gone', '999999999 1'],
    ['whose process number was given again', `${process.pid} 1`],
    ['that was never written', ''],
  ])('a file %s holds nothing', async (_, content) => {
    const directory = mkdtempSync(join(folder, 'lock-'))
    writeFileSync(join(directory, 'carnet.lock'), content)
    const release = await lockDataDirectory(directory)
    release()
    expect(readdirSync(directory)).toEqual([])
  })

  test('of ten starts at once, one gets it', async () => {
    const directory = mkdtempSync(join(folder, 'lock-'))
    writeFileSync(join(directory, 'carnet.lock'), '999999999 1')
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockDataDirectory(directory)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('a server that is given', () => {
  test('is refused in production when its log or its clock tells who used what', async () => {
    const telling = {
      ...{ log_statement: 'all', log_min_duration_statement: '0', log_parameter_max_length_on_error: '-1' },
      ...{ log_error_verbosity: 'default', log_duration: 'on', debug_print_plan: 'on', log_executor_stats: 'on' },
      'auto_explain.log_min_duration': '0',
    }
    const { 'auto_explain.log_min_duration': _, ...connection } = telling
    const sql = postgres(inject('postgresUrl'), { max: 1, connection })
    await sql`load 'auto_explain'`
    await sql`set auto_explain.log_min_duration = 0`
    const problems = await findUnsafeSettings(sql, 'production')
    await sql.end()
    for (const name of Object.keys(telling)) expect(problems.join('\n')).toContain(`Run: alter system set ${name} = `)
  })

  test('is known to lack migrations until they are applied, by any number of processes', async () => {
    const { url, sql } = await createTestDatabase()
    expect(await listPendingMigrations(url)).toEqual([])
    await sql`drop schema drizzle cascade`
    const pending = await listPendingMigrations(url)
    expect(pending[0]).toMatch(/^0000_/)
    const empty = inject('postgresUrl')
    await Promise.all([migrateDatabase(empty), migrateDatabase(empty), migrateDatabase(empty)])
    expect(await listPendingMigrations(empty)).toEqual([])
  })
})
