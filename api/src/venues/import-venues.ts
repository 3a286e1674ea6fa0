import type { Database, Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { communeFinder } from '../territories/commune.ts'
import { listCommunes } from '../territories/queries.ts'
import type { CellError } from './cell-error.ts'
import { readStandardCsv, type StandardFile } from './national-standard.ts'
import {
  findOrganisationBySiret,
  findUnpaidOrganisationByName,
  insertOrganisation,
  listKnownVenues,
  lockImports,
  writeVenue,
} from './queries.ts'
import { type ImportPlan, type Outcome, type Payee, planImport } from './venue-import.ts'

export type ImportReport = {
  isCommitted: boolean
  rows: number
  created: number
  updated: number
  unchanged: number
  refused: number
  organisationsCreated: number
  venues: { row: number; id: string; name: string; outcome: Outcome }[]
  errors: CellError[]
}

/**
 * Imports a file of the national standard: venues by `id`, organisations by SIRET. Rows with a wrong cell are left out and told
 * cell by cell. Without `commit` nothing is kept and the report is the same. Throws `forbidden`, `invalid` (see `readStandardCsv`).
 */
export async function importVenues(ctx: Context, csv: string, { commit }: { commit: boolean }): Promise<ImportReport> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const file = readStandardCsv(csv)
  const dryRun = new Error('dry run')
  let report: ImportReport | undefined
  try {
    await ctx.transaction(async (tx) => {
      await lockImports(tx)
      const plan = planImport(file, await readKnowledge(tx, file))
      const organisationsCreated = await writePlan(tx, plan, ctx.today())
      report = reportOf(file, plan, { isCommitted: commit, organisationsCreated })
      if (!commit) throw dryRun
      const { venues: _venues, errors: _errors, ...counts } = report
      await recordAudit(tx, ctx, 'venues_imported', counts)
    })
  } catch (error) {
    if (error !== dryRun) throw error
  }
  return report!
}

async function readKnowledge(db: Database | Transaction, { rows }: StandardFile) {
  const ids = rows.map(({ cells }) => cells.id!).filter((id) => id !== '')
  const [communes, venues] = await Promise.all([listCommunes(db), listKnownVenues(db, ids)])
  return { findCommune: communeFinder(communes), venues }
}

/** Gives how many organisations it made. */
async function writePlan(tx: Transaction, plan: ImportPlan, today: Day): Promise<number> {
  let organisationsCreated = 0
  for (const { outcome, values, payee } of plan.venues) {
    if (outcome === 'unchanged') continue
    const known = await findPayee(tx, payee)
    const organisationId = known ?? (await createPayee(tx, payee, today))
    if (!known) organisationsCreated += 1
    await writeVenue(tx, { ...values, organisationId, updatedOn: today })
  }
  return organisationsCreated
}

async function findPayee(tx: Transaction, payee: Payee): Promise<string | undefined> {
  if (payee.kind === 'known') return payee.organisationId
  if (payee.kind === 'by_siret') return (await findOrganisationBySiret(tx, payee.siret))?.id
  return payee.kind === 'by_name' ? (await findUnpaidOrganisationByName(tx, payee.legalName))?.id : undefined
}

async function createPayee(tx: Transaction, payee: Payee, today: Day): Promise<string> {
  if (payee.kind === 'known') return payee.organisationId
  const siret = payee.kind === 'by_siret' ? payee.siret : null
  return (await insertOrganisation(tx, { legalName: payee.legalName, siret, createdOn: today })).id
}

function reportOf(
  file: StandardFile,
  plan: ImportPlan,
  outcome: Pick<ImportReport, 'isCommitted' | 'organisationsCreated'>,
): ImportReport {
  const outcomes = new Map<number, Outcome>(plan.venues.map((venue) => [venue.row, venue.outcome]))
  const venues = file.rows.map(({ row, cells }) => ({
    row,
    id: cells.id!,
    name: cells.nom!,
    outcome: outcomes.get(row) ?? ('refused' as const),
  }))
  const count = (wanted: Outcome) => venues.filter((venue) => venue.outcome === wanted).length
  return {
    ...outcome,
    rows: venues.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    venues,
    errors: plan.errors,
  }
}
