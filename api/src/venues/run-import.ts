import { setImmediate as aTurn } from 'node:timers/promises'
import type { Transaction } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { communeFinder } from '../territories/commune.ts'
import { listCommunes } from '../territories/queries.ts'
import type { CellError } from './cell-error.ts'
import { type Candidate, createDuplicateIndex } from './duplicate-index.ts'
import { createPayees } from './import-payees.ts'
import { addOtherIds, listKnownVenues, listPlacesOfVenues, writeVenues } from './import-queries.ts'
import { type CheckedRow, readColumns, readStandardRows } from './standard-file.ts'
import { nameStructure, type Outcome, type PlannedVenue, planRows, type StructureNames } from './venue-import.ts'

export type PossibleDuplicate = {
  row: number
  id: string
  name: string
  address: string
  commune: string
  /** Venues that are known, or rows above in the file. */
  candidates: { venueId: string | null; row: number | null; name: string; address: string; metres: number | null }[]
}
export type ImportReport = {
  isCommitted: boolean
  rows: number
  created: number
  updated: number
  unchanged: number
  refused: number
  /** Left out because they may be a venue that is known, and nobody has said. */
  aside: number
  organisationsCreated: number
  venues: { row: number; id: string; name: string; outcome: Outcome }[]
  /** The first of them; the counts are of all. */
  errors: CellError[]
  errorCount: number
  duplicates: PossibleDuplicate[]
  duplicateCount: number
}
/** What a person said of a possible duplicate: it is that venue (its id), a place of its own, or nothing yet. */
export type Decision = string
export type ImportOptions = {
  today: Day
  /** Says what would happen and writes nothing. */
  isDry: boolean
  decide: (row: number) => Decision
  /** Told before the first batch and after each; throws to end it all. */
  onBatch?: (rowsDone: number, rows: number) => Promise<void>
}

const batchRows = 500
const mostTold = 2000
/** Places between which others have a turn. */
const placesATurn = 2000
type PlaceKey = { venueId: string | null; row: number | null }

/** One file, batch by batch, in the caller's transaction: it is all there or nothing is. */
export async function runImport(tx: Transaction, bytes: Uint8Array, options: ImportOptions): Promise<ImportReport> {
  const names: StructureNames = new Map()
  let rows = 0
  for await (const cells of readColumns(bytes, ['pivot', 'structure_parente'])) {
    nameStructure(names, cells)
    rows += 1
  }
  await options.onBatch?.(0, rows)
  const communes = await listCommunes(tx)
  const communeNames = new Map(communes.map(({ code, name }) => [code, name]))
  const index = createDuplicateIndex<PlaceKey>((code) => communeNames.get(code) ?? '')
  for (const [at, { id, ...place }] of (await listPlacesOfVenues(tx)).entries()) {
    if (at % placesATurn === 0) await aTurn()
    index.add({ venueId: id, row: null }, place)
  }
  const work = {
    ...{ tx, options, names, index, communeNames, findCommune: communeFinder(communes) },
    ...{ payees: createPayees(tx, options), report: emptyReport(!options.isDry) },
  }
  let batch: CheckedRow[] = []
  const flush = async () => {
    await importBatch(work, batch)
    batch = []
    await options.onBatch?.(work.report.rows, rows)
  }
  for await (const row of readStandardRows(bytes)) if (batch.push(row) === batchRows) await flush()
  await flush()
  return { ...work.report, organisationsCreated: work.payees.made() }
}

type Work = {
  tx: Transaction
  options: ImportOptions
  names: StructureNames
  communeNames: Map<string, string>
  index: ReturnType<typeof createDuplicateIndex<PlaceKey>>
  findCommune: ReturnType<typeof communeFinder>
  payees: ReturnType<typeof createPayees>
  report: ImportReport
}

async function importBatch(work: Work, rows: readonly CheckedRow[]): Promise<void> {
  const { tx, options, names, findCommune, payees, report } = work
  if (!options.isDry) await addOtherIds(tx, otherIds(rows, options.decide))
  const known = await listKnownVenues(
    tx,
    rows.map(({ cells }) => cells.id!),
  )
  const again = findRepeat(rows, new Map(known.map((venue) => [venue.askedId ?? venue.standardId, venue.id])))
  if (again > 0) {
    // The second row of a venue builds on what the first one wrote.
    await importBatch(work, rows.slice(0, again))
    return importBatch(work, rows.slice(again))
  }
  const plan = planRows(rows, names, { findCommune, venues: known })
  const wanted = plan.venues.filter((venue) => !isAside(work, venue))
  const changes = wanted.filter(({ outcome }) => outcome !== 'unchanged')
  const organisations = await payees.resolve(changes.map(({ payee }) => payee))
  const written = changes.map(({ values }, at) => ({
    ...values,
    organisationId: organisations[at]!,
    updatedOn: options.today,
  }))
  if (!options.isDry) await writeVenues(tx, written)
  tell(report, rows, { planned: plan.venues, wanted, errors: plan.errors })
}

const isVenueId = (decision: Decision) => decision !== 'new' && decision !== 'aside'

const otherIds = (rows: readonly CheckedRow[], decide: ImportOptions['decide']) =>
  rows.flatMap(({ row, cells }) =>
    isVenueId(decide(row)) && cells.id !== '' ? [{ standardId: cells.id!, venueId: decide(row) }] : [],
  )

/** Where a venue comes for the second time, or -1. */
function findRepeat(rows: readonly CheckedRow[], venueOf: Map<string, string>): number {
  const seen = new Set<string>()
  return rows.findIndex(({ cells }) => {
    const venue = venueOf.get(cells.id!)
    if (venue === undefined || !seen.has(venue)) {
      if (venue) seen.add(venue)
      return false
    }
    return true
  })
}

/** A place that is new and may be one that is known waits for a person. Each new place is known to the rows after it. */
function isAside(work: Work, { row, outcome, values }: PlannedVenue): boolean {
  if (outcome !== 'created') return false
  const candidates = work.index.find(values)
  work.index.add({ venueId: null, row }, values)
  if (candidates.length === 0) return false
  work.report.duplicateCount += 1
  if (work.report.duplicates.length < mostTold)
    work.report.duplicates.push(tellDuplicate(work, { row, values }, candidates))
  return work.options.decide(row) !== 'new'
}

function tellDuplicate(
  { communeNames }: Work,
  { row, values }: Pick<PlannedVenue, 'row' | 'values'>,
  candidates: readonly Candidate<PlaceKey>[],
): PossibleDuplicate {
  const { standardId: id, name, address, communeCode } = values
  return {
    ...{ row, id, name, address, commune: communeNames.get(communeCode) ?? '' },
    candidates: candidates.map(({ key, place, likeness }) => ({
      ...{ ...key, name: place.name, address: place.address },
      metres: likeness.metres === undefined ? null : Math.round(likeness.metres),
    })),
  }
}

export const emptyReport = (isCommitted: boolean): ImportReport => ({
  ...{ isCommitted, rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0, aside: 0, organisationsCreated: 0 },
  ...{ venues: [], errors: [], errorCount: 0, duplicates: [], duplicateCount: 0 },
})

function tell(
  report: ImportReport,
  rows: readonly CheckedRow[],
  done: { planned: readonly PlannedVenue[]; wanted: readonly PlannedVenue[]; errors: readonly CellError[] },
): void {
  const outcomes = new Map<number, Outcome>(done.planned.map(({ row }) => [row, 'aside']))
  for (const { row, outcome } of done.wanted) outcomes.set(row, outcome)
  for (const { row, cells } of rows) {
    const outcome = outcomes.get(row) ?? 'refused'
    report.rows += 1
    report[outcome] += 1
    report.venues.push({ row, id: cells.id!, name: cells.nom!, outcome })
  }
  report.errorCount += done.errors.length
  report.errors.push(...done.errors.slice(0, Math.max(0, mostTold - report.errors.length)))
}
