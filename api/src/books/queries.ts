import { boxes, type Database, printRuns, type Transaction } from '@carnet/db'
import { and, asc, eq, inArray, isNotNull, isNull, max, ne, or, sql, sum } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import {
  type BoxEvent,
  type BoxState,
  stateAfter as boxStateAfter,
  type CoverRange,
  stateBeforeRevocation,
} from './box.ts'
import { type PrintRunEvent, progressOf, stateAfter } from './print-run.ts'

type Reader = Database | Transaction
export type PrintRun = typeof printRuns.$inferSelect
export type Box = typeof boxes.$inferSelect

const runNotFound = () => new AppError('not_found', 'print_run_not_found', 'There is no such print run')

export async function getPrintRun(db: Reader, id: string): Promise<PrintRun> {
  const [run] = await db.select().from(printRuns).where(eq(printRuns.id, id))
  if (!run) throw runNotFound()
  return run
}

/** Others who change the run, or a box of it, wait. */
export async function lockPrintRun(tx: Transaction, id: string): Promise<PrintRun> {
  const [run] = await tx.select().from(printRuns).where(eq(printRuns.id, id)).for('no key update')
  if (!run) throw runNotFound()
  return run
}

export const listPrintRuns = (db: Reader, campaignId: string): Promise<PrintRun[]> =>
  db
    .select()
    .from(printRuns)
    .where(eq(printRuns.campaignId, campaignId))
    .orderBy(asc(printRuns.requestedOn), asc(printRuns.firstCover))

export async function insertPrintRun(
  tx: Transaction,
  run: Pick<
    PrintRun,
    'campaignId' | 'bookCount' | 'booksPerBox' | 'ageRecipient' | 'requestedBy' | 'requestedOn' | 'face'
  >,
): Promise<PrintRun> {
  const [inserted] = await tx.insert(printRuns).values(run).returning()
  return inserted!
}

/** The loser of two concurrent moves updates nothing and gets a conflict. */
export async function movePrintRun(
  tx: Transaction,
  run: PrintRun,
  event: PrintRunEvent,
  also: Partial<PrintRun> = {},
): Promise<PrintRun> {
  const [moved] = await tx
    .update(printRuns)
    .set({ ...also, state: stateAfter(run.state, event) })
    .where(and(eq(printRuns.id, run.id), eq(printRuns.state, run.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'print_run_changed', 'This print run has just changed')
  return moved
}

/** Books of a campaign in runs that were not revoked: all that are ordered, or only those that exist. */
export async function countBooks(tx: Reader, campaignId: string, only: 'ordered' | 'generated'): Promise<number> {
  const [row] = await tx
    .select({ books: sum(printRuns.bookCount).mapWith(Number) })
    .from(printRuns)
    .where(
      and(
        eq(printRuns.campaignId, campaignId),
        ne(printRuns.state, 'revoked'),
        only === 'generated' ? isNotNull(printRuns.generatedOn) : undefined,
      ),
    )
  return row?.books ?? 0
}

export async function confirmPrintRun(tx: Transaction, id: string, receiptConfirmedOn: Day): Promise<PrintRun> {
  const [run] = await tx.update(printRuns).set({ receiptConfirmedOn }).where(eq(printRuns.id, id)).returning()
  return run!
}

/** Of some runs, those whose print file was received or that were revoked: their keys have no use. */
export async function listConfirmedRuns(db: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select({ id: printRuns.id })
    .from(printRuns)
    .where(
      and(inArray(printRuns.id, [...ids]), or(isNotNull(printRuns.receiptConfirmedOn), isNotNull(printRuns.revokedOn))),
    )
  return rows.map(({ id }) => id)
}

const boxNotFound = () => new AppError('not_found', 'box_not_found', 'There is no such box')

export async function getBox(db: Reader, id: string): Promise<Box> {
  const [box] = await db.select().from(boxes).where(eq(boxes.id, id))
  if (!box) throw boxNotFound()
  return box
}

export type BoxFilter = {
  campaignId?: string | undefined
  printRunId?: string | undefined
  prescriberId?: string | undefined
  state?: BoxState | undefined
}

export const listBoxes = (db: Reader, filter: BoxFilter, page: { limit: number; offset: number }): Promise<Box[]> =>
  db
    .select()
    .from(boxes)
    .where(
      and(
        filter.campaignId === undefined ? undefined : eq(boxes.campaignId, filter.campaignId),
        filter.printRunId === undefined ? undefined : eq(boxes.printRunId, filter.printRunId),
        filter.prescriberId === undefined ? undefined : eq(boxes.prescriberId, filter.prescriberId),
        filter.state === undefined ? undefined : eq(boxes.state, filter.state),
      ),
    )
    .orderBy(asc(boxes.campaignId), asc(boxes.firstCover))
    .limit(page.limit)
    .offset(page.offset)

/** Numbered on from the last box of the campaign, whose covers the caller has locked. */
export async function insertBoxes(tx: Transaction, run: PrintRun, ranges: readonly CoverRange[]): Promise<Box[]> {
  const { id: printRunId, campaignId } = run
  const [row] = await tx
    .select({ last: max(boxes.number) })
    .from(boxes)
    .where(eq(boxes.campaignId, campaignId))
  const first = (row!.last ?? 0) + 1
  return tx
    .insert(boxes)
    .values(ranges.map((range, at) => ({ printRunId, campaignId, number: first + at, ...range })))
    .returning()
}

/**
 * Moves a box and tells its run, whose state follows from its boxes. The run is locked first: of two boxes that move at once,
 * the second sees the first. The loser of two moves of one box updates nothing and gets a conflict.
 */
export async function moveBox(tx: Transaction, box: Box, event: BoxEvent, also: Partial<Box> = {}): Promise<Box> {
  const run = await lockPrintRun(tx, box.printRunId)
  const [moved] = await tx
    .update(boxes)
    .set({ ...also, state: boxStateAfter(box.state, event) })
    .where(and(eq(boxes.id, box.id), eq(boxes.state, box.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'box_changed', 'This box has just changed')
  await followBoxes(tx, run)
  return moved
}

/** Boxes of one run, whose state follows. Returns those whose revocation is under way. The caller holds the run. */
export async function markRevoked(tx: Transaction, printRunId: string, ids: readonly string[]): Promise<Box[]> {
  if (ids.length > 0)
    await tx
      .update(boxes)
      .set({ state: 'revoked' })
      .where(and(inArray(boxes.id, [...ids]), ne(boxes.state, 'revoked')))
  await followBoxes(tx, { id: printRunId })
  return tx
    .select()
    .from(boxes)
    .where(and(eq(boxes.printRunId, printRunId), eq(boxes.state, 'revoked'), isNull(boxes.revokedOn)))
}

/** A revocation that came too late: the boxes are what they were. */
export async function restoreBoxes(tx: Transaction, printRunId: string, revoked: readonly Box[]): Promise<void> {
  await lockPrintRun(tx, printRunId)
  for (const state of ['printed', 'dispatched', 'delivered', 'active'] as const) {
    const ids = revoked.filter((box) => stateBeforeRevocation(box) === state).map(({ id }) => id)
    if (ids.length > 0) await tx.update(boxes).set({ state }).where(inArray(boxes.id, ids))
  }
  await followBoxes(tx, { id: printRunId })
}

/** Set last: the money of revoked boxes is back. With its last box a run is revoked too. */
export async function finishRevocation(
  tx: Transaction,
  printRunId: string,
  revoked: readonly Box[],
  revokedOn: Day,
): Promise<void> {
  const ids = revoked.map(({ id }) => id)
  if (ids.length > 0) await tx.update(boxes).set({ revokedOn }).where(inArray(boxes.id, ids))
  await tx
    .update(printRuns)
    .set({ revokedOn })
    .where(and(eq(printRuns.id, printRunId), eq(printRuns.state, 'revoked')))
}

export const listBoxesOfRun = (db: Reader, printRunId: string): Promise<Box[]> =>
  db.select().from(boxes).where(eq(boxes.printRunId, printRunId)).orderBy(asc(boxes.number))

async function followBoxes(tx: Transaction, run: Pick<PrintRun, 'id'>): Promise<void> {
  // Of all its boxes: who moves one sees no other's.
  const states = await tx.execute<{ state: BoxState }>(sql`select list_box_states(${run.id}) as state`)
  if (states.length === 0) return
  const state = progressOf(states.map((box) => box.state))
  await tx.update(printRuns).set({ state }).where(eq(printRuns.id, run.id))
}

/** The next sample of a box, when it is still the one expected. */
export async function countSample(tx: Transaction, boxId: string, expected: number): Promise<boolean> {
  const counted = await tx
    .update(boxes)
    .set({ goodSamples: sql`${boxes.goodSamples} + 1` })
    .where(and(eq(boxes.id, boxId), eq(boxes.state, 'delivered'), eq(boxes.goodSamples, expected)))
    .returning({ id: boxes.id })
  return counted.length > 0
}

export async function hasActiveBox(tx: Transaction, campaignId: string): Promise<boolean> {
  const found = await tx
    .select({ id: boxes.id })
    .from(boxes)
    .where(and(eq(boxes.campaignId, campaignId), eq(boxes.state, 'active')))
    .limit(1)
  return found.length > 0
}
