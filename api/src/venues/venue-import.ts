import { type CellCode, type CellError, cellError } from './cell-error.ts'
import { mergeRow } from './merge-row.ts'
import type { StandardRow } from './national-standard.ts'
import { isPayableSiret, unknownPivot } from './siret.ts'
import { standardColumns } from './standard-columns.ts'
import type { CheckedRow } from './standard-file.ts'

/**
 * What an import of the national standard would do, row by row, before anything is written. A row is a venue, known by the
 * standard's `id`; its `pivot` says which organisation runs it and is paid. A row with a wrong cell is left out, the others go on.
 */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'refused' | 'aside'
export type VenueValues = {
  standardId: string
  name: string
  communeCode: string
  postalCode: string
  address: string
  latitude: number | null
  longitude: number | null
  openingHours: string | null
  standardRow: StandardRow
}
export type KnownVenue = VenueValues & {
  id: string
  organisationId: string
  siret: string | null
  /** The id under which the file speaks of it, when that is another than its own. */
  askedId?: string
}
/** An existing organisation, or what to make one from: by its SIRET, else by its name, else one for this venue alone. */
export type Payee =
  | { kind: 'known'; organisationId: string }
  | { kind: 'by_siret'; siret: string; legalName: string }
  | { kind: 'by_name'; legalName: string }
  | { kind: 'own'; legalName: string }
export type PlannedVenue = {
  row: number
  outcome: 'created' | 'updated' | 'unchanged'
  values: VenueValues
  payee: Payee
}
export type ImportPlan = { venues: PlannedVenue[]; errors: CellError[] }

export type ImportKnowledge = {
  findCommune: (address: { code: string; postalCode: string; name: string }) => string | undefined
  venues: readonly KnownVenue[]
}

/** Only what the file says: an empty cell is not kept. */
const filledCells = (cells: StandardRow): StandardRow =>
  Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''))

const coordinate = (cell: string) => (cell === '' ? null : Number(cell))

/** What a venue is, from a row that is right. */
export function valuesOf(cells: StandardRow, communeCode: string): VenueValues {
  const latitude = coordinate(cells.latitude!)
  const longitude = coordinate(cells.longitude!)
  const isPlaced = latitude !== null && longitude !== null
  return {
    standardId: cells.id!,
    name: cells.nom!,
    communeCode,
    postalCode: cells.code_postal!,
    address: [cells.adresse!, cells.complement_adresse!].filter((part) => part !== '').join(', '),
    latitude: isPlaced ? latitude : null,
    longitude: isPlaced ? longitude : null,
    openingHours: cells.horaires! === '' ? null : cells.horaires!,
    standardRow: filledCells(cells),
  }
}

function payeeOf(cells: StandardRow, venue: KnownVenue | undefined, names: Map<string, string>): Payee {
  const {
    pivot,
    nom,
    structure_parente: structure,
  } = cells as { pivot: string; nom: string; structure_parente: string }
  if (isPayableSiret(pivot) && pivot !== venue?.siret)
    return { kind: 'by_siret', siret: pivot, legalName: names.get(pivot) ?? nom }
  if (venue) return { kind: 'known', organisationId: venue.organisationId }
  return structure === '' ? { kind: 'own', legalName: nom } : { kind: 'by_name', legalName: structure }
}

/** What the cells alone cannot tell: the checksum of the SIRET, the commune, and who was paid until now. */
function rowErrors(
  row: number,
  cells: StandardRow,
  communeCode: string | undefined,
  venue: KnownVenue | undefined,
): CellError[] {
  const error = (column: string, code: CellCode) => cellError(row, column, cells[column]!, code)
  const pivot = cells.pivot!
  const isWrongSiret = /^\d{14}$/.test(pivot) && pivot !== unknownPivot && !isPayableSiret(pivot)
  // A file may not redirect money: who is paid for a venue is changed by hand, venue by venue.
  const changesPayee = venue?.siret != null && isPayableSiret(pivot) && pivot !== venue.siret
  return [
    ...(isWrongSiret ? [error('pivot', 'siret_checksum_wrong')] : []),
    ...(changesPayee ? [error('pivot', 'payee_would_change')] : []),
    ...(communeCode === undefined
      ? [error(cells.code_insee === '' ? 'commune' : 'code_insee', 'commune_unknown')]
      : []),
  ]
}

const sorted = (value: VenueValues) =>
  JSON.stringify([
    ...[value.name, value.communeCode, value.postalCode, value.address, value.latitude, value.longitude],
    ...[value.openingHours, Object.entries(value.standardRow).sort(([a], [b]) => (a < b ? -1 : 1))],
  ])

/** The first name that rows of one SIRET give their structure; a file is read once for them before it is planned. */
export type StructureNames = Map<string, string>
export function nameStructure(names: StructureNames, { pivot = '', structure_parente = '' }: StandardRow): void {
  if (structure_parente !== '' && !names.has(pivot)) names.set(pivot, structure_parente)
}

/**
 * Plans some rows of a file; writes nothing. What is known of a venue and not told by its row stays (`mergeRow`). A row that says
 * nothing new, or only what is older than what is known, leaves the venue as it is.
 */
export function planRows(rows: readonly CheckedRow[], names: StructureNames, knowledge: ImportKnowledge): ImportPlan {
  const known = new Map(knowledge.venues.map((venue) => [venue.askedId ?? venue.standardId, venue]))
  const plan: ImportPlan = { venues: [], errors: [] }
  for (const { row, cells, errors } of rows) {
    const venue = known.get(cells.id!)
    const merged = venue ? { ...emptyRow, ...mergeRow(venue.standardRow, cells) } : cells
    const communeCode = knowledge.findCommune({
      code: merged.code_insee!,
      postalCode: merged.code_postal!,
      name: merged.commune!,
    })
    const found = rowErrors(row, cells, communeCode, venue)
    plan.errors.push(...errors, ...found)
    if (communeCode === undefined || found.length > 0 || errors.length > 0) continue

    const values = valuesOf(merged, communeCode)
    const payee = payeeOf(cells, venue, names)
    const isSame = venue !== undefined && payee.kind === 'known' && sorted(venue) === sorted(values)
    plan.venues.push({ row, outcome: isSame ? 'unchanged' : venue ? 'updated' : 'created', values, payee })
  }
  return plan
}

const emptyRow: StandardRow = Object.fromEntries(standardColumns.map(({ name }) => [name, '']))
