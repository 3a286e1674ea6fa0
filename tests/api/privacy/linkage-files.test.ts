import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Sql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { countFound } from '../../helpers/found-bytes.ts'
import { givenStolenData } from '../../helpers/stolen-data.ts'

let stolen: Awaited<ReturnType<typeof givenStolenData>>
beforeAll(async () => {
  stolen = await givenStolenData({ books: 60, scans: 300 })
  await stolen.thief.today`checkpoint`
})

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(directory, name))

/** The server makes and removes files of its own while we look. */
function readIfThere(path: string): Buffer[] {
  try {
    return [readFileSync(path)]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Where a database lies on the disk, what all databases share, and the server's log. */
async function readFiles(sql: Sql): Promise<Buffer[]> {
  const [row] = await sql<{ cluster: string; base: string }[]>`
    select current_setting('data_directory') as cluster, oid::text as base from pg_database where datname = current_database()`
  const { cluster, base } = row!
  const places = [join(cluster, 'base', base), join(cluster, 'global'), join(cluster, 'pg_stat'), dirname(cluster)]
  return places.flatMap(filesIn).flatMap(readIfThere)
}

test('the search sees: before the sealing every tag is in the files', async () => {
  const tags = [...stolen.truth.values()].map((tag) => Buffer.from(tag, 'hex'))
  expect(countFound(await readFiles(stolen.thief.backup), tags)).toBe(tags.length)
})

test('after the sealing no tag is left in the files of the database nor in the log', async () => {
  const tags = [...stolen.truth.values()].map((tag) => Buffer.from(tag, 'hex'))
  expect(countFound(await readFiles(stolen.thief.today), tags)).toBe(0)
})

test('after the sealing no scan id and no digest of a receipt is left either', async () => {
  const { backup, today } = stolen.thief
  const receipts = await backup<
    { scan: string; body: string }[]
  >`select scan_id::text as scan, body_mac::text as body from scan_receipts`
  const values = receipts
    .flatMap(({ scan, body }) => [scan, body])
    .map((value) => Buffer.from(value.replaceAll('-', ''), 'hex'))
  expect(countFound(await readFiles(backup), values)).toBe(600)
  expect(countFound(await readFiles(today), values)).toBe(0)
})

test('while the month lives the server keeps samples for its planner, but none of tags, scan ids or digests', async () => {
  const rows = await stolen.thief.backup<{ attname: string }[]>`
    select distinct attname from pg_stats where tablename ~ '^(redemptions|scan_receipts)'`
  const sampled = rows.map(({ attname }) => attname)
  expect(sampled).toEqual(expect.arrayContaining(['venue_id', 'service_code', 'outcome']))
  expect(sampled.filter((column) => ['tag', 'scan_id', 'body_mac', 'cell_key'].includes(column))).toEqual([])
})

test('no code of a voucher was ever in the files: neither before the sealing nor after', async () => {
  const codes = stolen.thief.codes.map(({ code }) => Buffer.from(code))
  const typed = stolen.thief.codes.map(({ typed }) => Buffer.from(typed))
  for (const copy of [stolen.thief.backup, stolen.thief.today]) {
    const files = await readFiles(copy)
    expect(countFound(files, codes)).toBe(0)
    expect(countFound(files, typed)).toBe(0)
  }
})
