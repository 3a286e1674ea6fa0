import { recordAudit } from '../accounts/audit.ts'
import { findKeyringId } from '../accounts/installation-queries.ts'
import { readAllFirst } from '../books/voucher-queries.ts'
import { oneAtATime } from '../periods/guard.ts'
import { openNextPeriod } from '../periods/open-period.ts'
import type { Period } from '../periods/period.ts'
import { getPeriod, insertForgottenPeriod, listPeriods, movePeriod } from '../periods/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { monthOf } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { withoutScans } from '../shared/without-scans.ts'
import { applyAbandonment } from './abandon-period.ts'
import { restoreCells } from './cell-queries.ts'
import { dropRows } from './drop-rows.ts'
import { keepAnswers } from './keep-answers.ts'
import { readRecord } from './keep-record.ts'
import { hasUnspent, listKnownCampaigns, markVouchersSpent, noteRestoredCampaigns } from './queries.ts'
import { restoreStatements } from './restore-statements.ts'
import { proveSealing } from './seal-period.ts'
import type { SealingOptions } from './sealing-step.ts'

export type Reconciliation = {
  /** The database is older than the keyring: somebody restored a backup. */
  isRestored: boolean
  /** Sealed once more, from the counts that the keyring kept. */
  sealedFromRecords: number[]
  /** Periods that the database did not know. Their ids are never used again. */
  forgotten: number[]
  /** Campaigns whose vouchers were marked spent from the keyring's lists. */
  respentCampaigns: string[]
  /** Organisations whose statement of a sealed period could not be written again: by hand. */
  unpaidOrganisations: string[]
  /** Null also when three periods are live: scans then go on in the open one. */
  freshPeriod: number | null
}

/**
 * At start, before the first scan: a database older than the keyring is brought to what the keyring knows, so that nothing is
 * accepted twice. `isRestored` says it where nothing shows it: a backup of the same period. Each step can be repeated.
 * Throws `conflict` `foreign_keyring`, `kept_counts_missing`, `unavailable` while a reader holds old rows.
 */
export async function reconcileKeyring(
  ctx: Context,
  options: SealingOptions & { isRestored?: boolean } = {},
): Promise<Reconciliation> {
  requireOperatorOr(ctx.actor)
  await checkKeyring(ctx)
  ctx.keyring.reread()
  // Without the guards first: another process may be sealing, which can take long, and this one must start meanwhile.
  const isSame = Object.values(await compare(ctx)).every((found) => found.length === 0)
  if (isSame && !options.isRestored) return nothingDone
  return oneAtATime(ctx, 'sealing', () => oneAtATime(ctx, 'opening', () => reconcile(ctx, options)))
}

const nothingDone: Reconciliation = {
  ...{ isRestored: false, sealedFromRecords: [], forgotten: [], respentCampaigns: [] },
  ...{ unpaidOrganisations: [], freshPeriod: null },
}

async function checkKeyring(ctx: Context): Promise<void> {
  const keyringId = await ctx.transaction(findKeyringId, 'carnet_jobs')
  if (keyringId !== undefined && keyringId !== ctx.keyring.identity)
    throw new AppError('conflict', 'foreign_keyring', 'This keyring belongs to another database')
}

/** What the keyring knows and the database does not. */
async function compare(ctx: Context) {
  const { keyring, transaction } = ctx
  const periods = await transaction(listPeriods, 'carnet_jobs')
  const known = new Set(periods.map(({ id }) => id))
  const unsealed = periods.filter(({ state }) => state !== 'sealed')
  return {
    stale: unsealed.filter(({ id }) => keyring.isPeriodKeyDestroyed(id)),
    forgotten: keyring.listOpened().filter(({ id }) => periods.length > 0 && !known.has(id)),
    unmarked: await listUnmarkedCampaigns(ctx),
    givenUp: unsealed.filter(({ id, isAbandoned }) => keyring.isAbandoned(id) && !isAbandoned),
    /** Sealed without proof: a crash cut off the sealing or the restoring. */
    unproven: periods.filter(
      ({ id, state, sealedAuditHash }) => state === 'sealed' && !sealedAuditHash && readRecord(ctx, id),
    ),
  }
}

async function reconcile(ctx: Context, options: SealingOptions & { isRestored?: boolean }): Promise<Reconciliation> {
  const { keyring, transaction } = ctx
  const { stale, forgotten, unmarked, givenUp } = await compare(ctx)
  const isRestored = options.isRestored === true || stale.length + forgotten.length + unmarked.length > 0
  // First, so that a crash below never leaves phones thinking that what they sent is still here.
  if (isRestored) keyring.replaceGeneration()

  for (const campaignId of unmarked) {
    await transaction((tx) => markVouchersSpent(tx, campaignId, keyring.readSpentList(campaignId) ?? []), 'carnet_jobs')
    await transaction((tx) => readAllFirst(tx, campaignId), 'carnet_jobs')
  }
  for (const period of stale.filter(({ state }) => state !== 'open')) await sealFromRecord(ctx, period, options)
  for (const { id, month } of forgotten) await rememberForgotten(ctx, id, month, options)
  for (const { id } of givenUp) await applyAbandonment(ctx, id)
  const freshPeriod = isRestored ? await openFresh(ctx) : null
  for (const { id } of stale.filter(({ state }) => state === 'open'))
    await sealFromRecord(ctx, await transaction((tx) => getPeriod(tx, id), 'carnet_jobs'), options)

  const result = {
    ...{ isRestored, respentCampaigns: unmarked, freshPeriod },
    sealedFromRecords: stale.map(({ id }) => id),
    forgotten: forgotten.map(({ id }) => id),
    unpaidOrganisations: await finishSealed(ctx),
  }
  if (isRestored) await transaction((tx) => recordAudit(tx, ctx, 'database_restored', result), 'carnet_jobs')
  return result
}

/** A voucher on a list and good in the database was spent after the backup. */
async function listUnmarkedCampaigns({ keyring, transaction }: Context): Promise<string[]> {
  const unmarked: string[] = []
  for (const campaignId of await transaction((tx) => listKnownCampaigns(tx, keyring.listSpentLists()), 'carnet_jobs')) {
    const spent = keyring.readSpentList(campaignId) ?? []
    if (await transaction((tx) => hasUnspent(tx, campaignId, spent), 'carnet_jobs')) unmarked.push(campaignId)
  }
  return unmarked
}

/** Its key is gone, so its rows tie nothing to a voucher any more; the counts are the keyring's, whatever the backup holds. */
async function sealFromRecord(ctx: Context, period: Period, options: SealingOptions): Promise<void> {
  const record = readRecord(ctx, period.id)
  if (!record)
    throw new AppError('conflict', 'kept_counts_missing', `The keyring has no counts of period ${period.id}`, {
      id: period.id,
    })
  await ctx.transaction((tx) => keepAnswers(tx, ctx, period.id), 'carnet_jobs')
  if (period.state !== 'sealing') await withoutScans(ctx, (tx) => movePeriod(tx, period, 'seal_from_records'))
  await ctx.transaction(async (tx) => {
    await noteRestoredCampaigns(tx, period.id, record.campaigns)
    await restoreCells(tx, record.cells)
  }, 'carnet_jobs')
  await dropRows(ctx, period.id, record.sealedOn, options)
}

/** Sealed after the backup: its counts come back. Never sealed: its scans are lost, and phones send them again. */
async function rememberForgotten(ctx: Context, id: number, month: string, options: SealingOptions): Promise<void> {
  const record = readRecord(ctx, id)
  const { openedOn, closedOn, frozenOn, sealedOn } = record ?? {
    ...{ openedOn: month, closedOn: null, frozenOn: null, sealedOn: null },
  }
  await ctx.transaction(async (tx) => {
    await insertForgottenPeriod(tx, { id, month, openedOn, closedOn, frozenOn, sealedOn })
    if (!record) return
    await noteRestoredCampaigns(tx, id, record.campaigns)
    await restoreCells(tx, record.cells)
  }, 'carnet_jobs')
  await dropRows(ctx, id, sealedOn ?? month, options)
}

/** The proof comes last: a period without it is finished by the next start. */
async function finishSealed(ctx: Context): Promise<string[]> {
  const unpaid = new Set<string>()
  for (const period of (await compare(ctx)).unproven) {
    for (const id of await restoreStatements(ctx, period.id, readRecord(ctx, period.id)!.lines)) unpaid.add(id)
    await proveSealing(ctx, period)
  }
  return [...unpaid]
}

async function openFresh(ctx: Context): Promise<number | null> {
  try {
    return (await openNextPeriod(ctx, { month: monthOf(ctx.today()), reason: 'restored' })).id
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_many_live_periods') return null
    throw error
  }
}
