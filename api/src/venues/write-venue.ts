import { randomUUID } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { communeFinder } from '../territories/commune.ts'
import { listCommunes } from '../territories/queries.ts'
import { readStandardRow, type StandardRow } from './national-standard.ts'
import { lockVenue } from './payee-queries.ts'
import {
  getOrganisation,
  getStandardRow,
  listUnknownServices,
  lockImports,
  writeVenue,
  writeVenueServices,
} from './queries.ts'
import { unknownPivot } from './siret.ts'
import { type VenueValues, valuesOf } from './venue-import.ts'

export type VenueChange = {
  /** Columns of the national standard that change; an empty text empties one. */
  standardRow?: StandardRow | undefined
  /** Codes of what is offered there; null: all services. */
  services?: string[] | null | undefined
}

/** Makes a venue of an organisation. Returns its id. Throws `forbidden`, `not_found`, `invalid` `venue_columns_wrong` (facts: columns). */
export async function addVenue(
  ctx: Context,
  { organisationId, standardRow }: { organisationId: string; standardRow: StandardRow },
): Promise<string> {
  requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    await lockImports(tx)
    const { siret } = await getOrganisation(tx, organisationId)
    const own = { ...standardRow, id: `carnet-${randomUUID()}`, pivot: siret ?? unknownPivot, date_maj: ctx.today() }
    const id = await writeVenue(tx, { ...(await readValues(tx, own)), organisationId, updatedOn: ctx.today() })
    await recordAudit(tx, ctx, 'venue_added', { venueId: id, organisationId })
    return id
  })
}

/**
 * Changes what a venue says of itself, and what it offers; never its id in the standard nor who is paid. The organisation itself
 * may. Throws `forbidden` (role, `venue_place_decided`), `not_found`, `invalid` (`venue_columns_wrong`, `service_unknown`).
 */
export async function changeVenue(ctx: Context, id: string, { standardRow, services }: VenueChange): Promise<void> {
  const person = requireRole(ctx.actor, 'coordinator', 'venue_manager')
  await ctx.transaction(async (tx) => {
    await lockImports(tx)
    const { organisationId } = await lockVenue(tx, id)
    requireOwn(person, organisationId, 'venue')
    if (standardRow) {
      const before = await getStandardRow(tx, id)
      if (person.role === 'venue_manager') checkPlace(before, standardRow)
      const { id: standardId, pivot } = before
      const row = { ...before, ...standardRow, id: standardId!, pivot: pivot!, date_maj: ctx.today() }
      await writeVenue(tx, { ...(await readValues(tx, row)), organisationId, updatedOn: ctx.today() })
    }
    if (services !== undefined) await offer(tx, id, services)
    await recordAudit(tx, ctx, 'venue_changed', { venueId: id, columns: Object.keys(standardRow ?? {}), services })
  })
}

const placeColumns = ['commune', 'code_postal', 'code_insee', 'latitude', 'longitude']

/** Where it stands decides which campaigns pay there and whom it is shown to: a venue that moves tells the coordination. */
function checkPlace(before: StandardRow, change: StandardRow): void {
  const moved = placeColumns.filter((name) => name in change && change[name]!.trim() !== (before[name] ?? ''))
  if (moved.length > 0)
    throw new AppError('forbidden', 'venue_place_decided', 'The coordination says where a venue stands', {
      columns: moved,
    })
}

async function readValues(tx: Transaction, row: StandardRow): Promise<VenueValues> {
  const { cells, errors } = readStandardRow(row)
  const findCommune = communeFinder(await listCommunes(tx))
  const commune = findCommune({ code: cells.code_insee!, postalCode: cells.code_postal!, name: cells.commune! })
  const columns = [...errors.map(({ column }) => column), ...(commune === undefined ? ['commune'] : [])]
  if (commune === undefined || columns.length > 0)
    throw new AppError('invalid', 'venue_columns_wrong', 'These columns are not as the standard asks', {
      columns: [...new Set(columns)],
    })
  return valuesOf(cells, commune)
}

async function offer(tx: Transaction, venueId: string, services: readonly string[] | null): Promise<void> {
  const unknown = await listUnknownServices(tx, services ?? [])
  if (unknown.length > 0) throw new AppError('invalid', 'service_unknown', 'There is no such service', { unknown })
  await writeVenueServices(tx, venueId, services)
}
