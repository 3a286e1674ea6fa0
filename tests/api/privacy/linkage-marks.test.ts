import { createHash } from 'node:crypto'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import type { Sql } from 'postgres'
import { describe, expect, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'
import { readHints } from '../../helpers/heap-hints.ts'
import { freezeWithoutMoney, givenSealingWorld, nextMonth, scanAll } from '../../helpers/sealing.ts'

/* The first reader of a row leaves a mark in it, and in the WAL. Where that reader were a scan, every backup would tell whom it read. */

const byHand = async (sql: Sql) => {
  for (const table of ['vouchers', 'books']) await sql.unsafe(`alter table ${table} set (autovacuum_enabled = off)`)
}
const marked = async (sql: Sql, table: 'vouchers' | 'books') => {
  const hints = [...(await readHints(sql, table)).values()]
  return { rows: hints.length, marked: hints.filter(Boolean).length }
}

/**
 * The server of the tests acknowledges before it has written, and then leaves no mark; for 32 transactions together it knows only
 * when the last of them was written. So others follow, of which nobody is in a hurry.
 */
async function written(sql: Sql): Promise<void> {
  for (let n = 0; n < 32; n++) await sql`select pg_current_xact_id()`
  await sql`checkpoint`
}

/** The bytes of a table and its indexes, as they are on the disk. */
async function digestOf(sql: Sql): Promise<Record<string, string>> {
  await sql`checkpoint`
  const rows = await sql<{ name: string; file: Buffer }[]>`
    select relname as name, pg_read_binary_file(pg_relation_filepath(c.oid)) as file from pg_class c
     where c.oid in ('vouchers'::regclass, 'books'::regclass)
        or c.oid in (select indexrelid from pg_index where indrelid in ('vouchers'::regclass, 'books'::regclass))`
  return Object.fromEntries(rows.map(({ name, file }) => [name, createHash('sha256').update(file).digest('hex')]))
}

// Another file's transaction may be among the 32.
describe('a voucher that a scan reads', { retry: 2 }, () => {
  test('would carry a mark, had nobody read it before: the thief would know each of them', async () => {
    const world = await givenSealingWorld({ campaigns: [{ books: 20 }] })
    await byHand(world.sql)
    await world.sql`update vouchers set is_spent = is_spent`
    const used = world.campaigns[0]!.vouchers.slice(40, 60)
    await written(world.sql)
    await scanAll(world, used)
    const hints = await readHints(world.sql, 'vouchers')
    const found = [...hints].filter(([, hint]) => hint).map(([codeMac]) => codeMac)
    expect(found).toEqual(expect.arrayContaining(used.map(({ codeMac }) => codeMac)))
    expect(found.length).toBeLessThan(2 * used.length)
  })

  test('carries the mark of every other since its box was activated', async () => {
    const world = await givenBooksWorld()
    await byHand(world.sql)
    const { id } = await world.givenAgreed({})
    await world.givenFunding(id, 1000)
    const boxes = await world.givenDelivered(id)
    for (const box of boxes) await world.givenSample(box)
    await written(world.sql)
    expect((await marked(world.sql, 'books')).marked).toBeLessThan(50)
    for (const box of boxes) expect((await world.post(`/boxes/${box.id}/activation`)).status).toBe(200)
    expect(await marked(world.sql, 'vouchers')).toEqual({ rows: 500, marked: 500 })
    expect(await marked(world.sql, 'books')).toEqual({ rows: 50, marked: 50 })
  })

  test('carries it again after the sealing wrote them all; then scans change not one byte', async () => {
    const world = await givenSealingWorld({ campaigns: [{ books: 20 }] })
    const { sql, clock, operator } = world
    await byHand(sql)
    const { vouchers } = world.campaigns[0]!
    await scanAll(world, vouchers.slice(0, 50))
    await nextMonth(world, '2026-04-01')
    await freezeWithoutMoney(world, 1)
    clock.today = '2026-05-01'
    // Killed between writing and reading: the next run reads.
    const kill = (point: string) => {
      if (point === 'campaign_marked') throw new Error('killed')
    }
    await expect(sealPeriod(operator, 1, { at: kill })).rejects.toThrow('killed')
    await written(sql)
    expect((await marked(sql, 'vouchers')).marked).toBeLessThan(200)
    await sealPeriod(operator, 1)
    expect(await marked(sql, 'vouchers')).toEqual({ rows: 200, marked: 200 })

    // As the server does by itself, within a minute: the next test says that it is told to.
    await sql`vacuum vouchers`
    await sql`vacuum books`
    const before = await digestOf(sql)
    await scanAll(world, vouchers.slice(30, 120))
    expect(Object.keys(before).length).toBeGreaterThan(4)
    expect(await digestOf(sql)).toEqual(before)
  })

  test('is vacuumed after every write, and no table shrinks under a scan', async () => {
    const { sql } = await givenSealingWorld()
    for (const table of ['vouchers', 'books']) {
      const [row] = await sql<
        { options: string[] }[]
      >`select reloptions as options from pg_class where relname = ${table}`
      expect(row!.options).toEqual(
        expect.arrayContaining([
          ...['autovacuum_vacuum_threshold=1', 'autovacuum_vacuum_scale_factor=0', 'vacuum_truncate=off'],
          ...['autovacuum_vacuum_insert_threshold=1', 'autovacuum_vacuum_insert_scale_factor=0'],
        ]),
      )
    }
  })
})
