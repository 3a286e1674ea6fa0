import { books, boxes, type Database, type Transaction, vouchers } from '@carnet/db'
import { and, eq, inArray, max, sql } from 'drizzle-orm'
import { takeLock } from '../shared/lock-queries.ts'
import type { Box } from './queries.ts'

type Reader = Database | Transaction

const macsAtOnce = 5_000
const booksAtOnce = 5_000

/** Two generations of one campaign go one after the other: covers are numbered through. Gives the next cover. */
export async function lockCovers(tx: Transaction, campaignId: string): Promise<number> {
  await takeLock(tx, 'covers', campaignId)
  const [row] = await tx
    .select({ lastCover: max(boxes.lastCover) })
    .from(boxes)
    .where(eq(boxes.campaignId, campaignId))
  return (row?.lastCover ?? 0) + 1
}

function* slices<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}

/** PostgreSQL's text form of an array, for values that need no quotes. */
const arrayText = (values: readonly (string | number)[]) => `{${values.join(',')}}`

/** Those of some codeMacs that are in the table. */
export async function listTaken(db: Reader, codeMacs: readonly string[]): Promise<string[]> {
  const taken: string[] = []
  for (const some of slices(codeMacs, macsAtOnce)) {
    const rows = await db.execute<{ code_mac: string }>(sql`
      select v.code_mac from unnest(${arrayText(some)}::uuid[]) m
       cross join lateral (select code_mac from ${vouchers} where code_mac = m limit 1) v`)
    taken.push(...rows.map((row) => row.code_mac.replaceAll('-', '')))
  }
  return taken
}

/** The books of new boxes, with random ids. Returns the ids in the order of their covers. */
export async function insertBooks(tx: Transaction, newBoxes: readonly Box[]): Promise<string[]> {
  const rows = newBoxes
    .toSorted((a, b) => a.firstCover - b.firstCover)
    .flatMap((box) =>
      Array.from({ length: box.lastCover - box.firstCover + 1 }, (_, at) => ({
        id: crypto.randomUUID(),
        boxId: box.id,
        campaignId: box.campaignId,
        coverNumber: box.firstCover + at,
      })),
    )
  for (const some of slices(rows, booksAtOnce))
    await tx.execute(sql`
      insert into ${books} (id, box_id, campaign_id, cover_number)
      select * from unnest(${arrayText(some.map(({ id }) => id))}::uuid[], ${arrayText(some.map(({ boxId }) => boxId))}::uuid[],
                           ${arrayText(some.map(({ campaignId }) => campaignId))}::uuid[], ${arrayText(some.map(({ coverNumber }) => coverNumber))}::int[])`)
  return rows.map(({ id }) => id)
}

export type NewVoucher = { codeMac: string; bookId: string; blockHash: Buffer }

/** The caller gives them sorted by codeMac: their order in the table then says nothing of their books. */
export async function insertVouchers(tx: Transaction, campaignId: string, some: readonly NewVoucher[]): Promise<void> {
  await tx.execute(sql`
    insert into ${vouchers} (code_mac, campaign_id, book_id, block_hash)
    select v.code_mac, ${campaignId}::uuid, v.book_id, decode(v.block_hash, 'hex')
      from unnest(${arrayText(some.map(({ codeMac }) => codeMac))}::uuid[], ${arrayText(some.map(({ bookId }) => bookId))}::uuid[],
                  ${arrayText(some.map(({ blockHash }) => blockHash.toString('hex')))}::text[]) v (code_mac, book_id, block_hash)`)
}

/**
 * For those of some codeMacs that a run printed, under which cover. One look-up each, by LIMIT: a join would read the whole
 * run, or the whole table, for every thousand.
 */
export async function readCovers(
  db: Reader,
  printRunId: string,
  codeMacs: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.execute<{ code_mac: string; cover_number: number }>(sql`
    select v.code_mac, v.cover_number
      from unnest(${arrayText(codeMacs)}::uuid[]) m
     cross join lateral (
       select v.code_mac, b.cover_number, x.print_run_id
         from ${vouchers} v join ${books} b on b.id = v.book_id join ${boxes} x on x.id = b.box_id
        where v.code_mac = m limit 1) v
     where v.print_run_id = ${printRunId}`)
  return new Map(rows.map((row) => [row.code_mac.replaceAll('-', ''), row.cover_number]))
}

/** The box of a voucher, and the cover that holds it. */
export async function findBoxOf(db: Reader, codeMac: string): Promise<{ box: Box; coverNumber: number } | undefined> {
  const [found] = await db
    .select({ box: boxes, coverNumber: books.coverNumber })
    .from(vouchers)
    .innerJoin(books, eq(books.id, vouchers.bookId))
    .innerJoin(boxes, eq(boxes.id, books.boxId))
    .where(eq(vouchers.codeMac, codeMac))
  return found
}

/** All codeMacs of some boxes, a few thousand at a time; only for a transaction of the role carnet_jobs. */
export async function listCodeMacs(tx: Transaction, boxIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ codeMac: vouchers.codeMac })
    .from(vouchers)
    .innerJoin(books, eq(books.id, vouchers.bookId))
    .where(inArray(books.boxId, [...boxIds]))
  return rows.map(({ codeMac }) => codeMac)
}

export async function hasSpentVoucher(tx: Transaction, boxIds: readonly string[]): Promise<boolean> {
  const found = await tx
    .select({ bookId: vouchers.bookId })
    .from(vouchers)
    .innerJoin(books, eq(books.id, vouchers.bookId))
    .where(and(inArray(books.boxId, [...boxIds]), eq(vouchers.isSpent, true)))
    .limit(1)
  return found.length > 0
}

/** Whether one of some tags is an accepted redemption of a live period. Reads, and locks nothing. */
export async function hasAcceptedTag(tx: Transaction, periodId: number, tags: readonly string[]): Promise<boolean> {
  for (const some of slices(tags, macsAtOnce)) {
    const found = await tx.execute(sql`
      select from unnest(${arrayText(some)}::uuid[]) t
       where exists (select from redemptions r where r.period_id = ${periodId} and r.tag = t and r.state = 'accepted') limit 1`)
    if (found.length > 0) return true
  }
  return false
}

export async function readLivePeriods(tx: Transaction): Promise<number[]> {
  const [row] = await tx.execute<{ live: number[] | null }>(sql`select live_periods() as live`)
  return row?.live ?? []
}

/**
 * Reads every voucher and book of a campaign. The first reader of a row leaves a mark in it (PostgreSQL's hint bits) and in the
 * WAL; where that were a scan, the mark would tie it to its voucher. So somebody reads them all before a scan may. Not for
 * what the caller's own transaction wrote: nobody knows yet that it is committed.
 */
export async function readAllFirst(tx: Transaction, campaignId: string): Promise<void> {
  // Columns that no index holds: the rows themselves are read.
  await tx.execute(sql`
    select (select count(v.is_spent) from ${vouchers} v where v.campaign_id = ${campaignId}),
           (select count(b.is_blocked) from ${books} b where b.campaign_id = ${campaignId})`)
}
