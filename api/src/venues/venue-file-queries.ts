import { type Database, type Transaction, venueImports } from '@carnet/db'
import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Decision, ImportReport } from './run-import.ts'

type Reader = Database | Transaction
/** What is kept of a report: every figure, the first errors and duplicates, no list of all rows. */
export type KeptReport = Omit<ImportReport, 'venues'>

const { content: _content, ...shown } = {
  id: venueImports.id,
  fileName: venueImports.fileName,
  content: venueImports.content,
  state: venueImports.state,
  decisions: venueImports.decisions,
  report: sql<KeptReport>`${venueImports.report}`,
  rowsDone: venueImports.rowsDone,
  failure: venueImports.failure,
  addedOn: venueImports.addedOn,
  touchedAt: venueImports.touchedAt,
}

export async function insertVenueFile(
  tx: Transaction,
  file: {
    fileName: string
    content: Uint8Array
    state: 'checking'
    report: KeptReport
    addedBy: string
    addedOn: Day
    touchedAt: Date
  },
): Promise<string> {
  const [kept] = await tx.insert(venueImports).values(file).returning({ id: venueImports.id })
  return kept!.id
}

export async function getVenueFile(db: Reader, id: string) {
  const [file] = await db.select(shown).from(venueImports).where(eq(venueImports.id, id))
  if (!file) throw new AppError('not_found', 'venue_import_not_found', 'There is no such file of venues')
  return file
}
export type VenueFile = Awaited<ReturnType<typeof getVenueFile>>

export async function readContent(db: Reader, id: string): Promise<Uint8Array> {
  const [file] = await db.select({ content: venueImports.content }).from(venueImports).where(eq(venueImports.id, id))
  return file?.content ?? new Uint8Array()
}

const rows = sql<number>`(${venueImports.report} ->> 'rows')::int`
export const listVenueFiles = (db: Reader) =>
  db
    .select({ id: shown.id, fileName: shown.fileName, state: shown.state, addedOn: shown.addedOn, rows })
    .from(venueImports)
    .orderBy(desc(venueImports.touchedAt))
    .limit(20)

export async function saveDecisions(tx: Transaction, id: string, decisions: Record<string, Decision>) {
  const added = sql`${venueImports.decisions} || ${JSON.stringify(decisions)}::jsonb`
  await tx.update(venueImports).set({ decisions: added }).where(eq(venueImports.id, id))
}

/** False when it is not waiting, or somebody else was quicker. An import that says nothing since `silentSince` was cut off. */
export async function claimImport(tx: Transaction, id: string, { now, silentSince }: { now: Date; silentSince: Date }) {
  const { state, touchedAt } = venueImports
  const isFree = or(eq(state, 'checked'), eq(state, 'failed'), and(eq(state, 'running'), lt(touchedAt, silentSince)))
  const claimed = await tx
    .update(venueImports)
    .set({ state: 'running', touchedAt: now, rowsDone: 0, failure: null })
    .where(and(eq(venueImports.id, id), isFree))
    .returning({ id: venueImports.id })
  return claimed.length > 0
}

/** A check that said nothing for long was cut off: whoever asks first does it again. */
export async function claimCheck(tx: Transaction, id: string, { now, silentSince }: { now: Date; silentSince: Date }) {
  const { state, touchedAt } = venueImports
  const claimed = await tx
    .update(venueImports)
    .set({ touchedAt: now, rowsDone: 0 })
    .where(and(eq(venueImports.id, id), eq(state, 'checking'), lt(touchedAt, silentSince)))
    .returning({ id: venueImports.id })
  return claimed.length > 0
}

type Work = 'checking' | 'running'

/** Outside of the work's own transaction, so that others see it. False when somebody cancelled meanwhile. */
export async function tellProgress(
  tx: Transaction,
  id: string,
  { work, rowsDone, rows, now }: { work: Work; rowsDone: number; rows: number; now: Date },
): Promise<boolean> {
  const report = sql`${venueImports.report} || jsonb_build_object('rows', ${rows}::int)`
  const told = await tx
    .update(venueImports)
    .set({ rowsDone, report, touchedAt: now })
    .where(and(eq(venueImports.id, id), eq(venueImports.state, work)))
    .returning({ id: venueImports.id })
  return told.length > 0
}

/** What the check found; false when somebody cancelled meanwhile. */
export async function endCheck(tx: Transaction, id: string, report: KeptReport, now: Date): Promise<boolean> {
  const ended = await tx
    .update(venueImports)
    .set({ state: 'checked', report, rowsDone: 0, touchedAt: now })
    .where(and(eq(venueImports.id, id), eq(venueImports.state, 'checking')))
    .returning({ id: venueImports.id })
  return ended.length > 0
}

/** A file that cannot be read to its end: it is forgotten, and why is said. */
export async function markUnreadable(tx: Transaction, id: string, failure: string, now: Date): Promise<void> {
  await tx
    .update(venueImports)
    .set({ state: 'cancelled', content: null, failure, touchedAt: now })
    .where(and(eq(venueImports.id, id), eq(venueImports.state, 'checking')))
}

/** In the transaction of the import: what it did and that it did it are one. False when somebody cancelled meanwhile. */
export async function endImport(tx: Transaction, id: string, report: KeptReport, now: Date): Promise<boolean> {
  const ended = await tx
    .update(venueImports)
    .set({ state: 'applied', content: null, report, rowsDone: report.rows, touchedAt: now })
    .where(and(eq(venueImports.id, id), eq(venueImports.state, 'running')))
    .returning({ id: venueImports.id })
  return ended.length > 0
}

export async function markFailed(tx: Transaction, id: string, failure: string, now: Date): Promise<void> {
  await tx
    .update(venueImports)
    .set({ state: 'failed', failure, touchedAt: now })
    .where(and(eq(venueImports.id, id), eq(venueImports.state, 'running')))
}

export async function markCancelled(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const { state } = venueImports
  const cancelled = await tx
    .update(venueImports)
    .set({ state: 'cancelled', content: null, touchedAt: now })
    .where(and(eq(venueImports.id, id), inArray(state, ['checking', 'checked', 'failed', 'running'])))
    .returning({ id: venueImports.id })
  return cancelled.length > 0
}
