import type { Transaction } from '@carnet/db'
import { getCampaign } from '../campaigns/queries.ts'
import { checkHandout } from '../prescribers/prescriber.ts'
import { countHandedOut, type Handout, listCampaignsOf, lockPrescriber, writeHandouts } from '../prescribers/queries.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import type { Month } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { countToHandOut } from './read-stock.ts'

export type HandoutDetails = { month: Month; books: number; campaignId?: string | undefined }

/**
 * Adds books to the count of a month, or takes back with a negative number. Without a campaign it is the only one that runs and
 * of which the prescriber holds books. Not audited: when exactly a book was handed out is written nowhere.
 * Throws `forbidden`, `not_found`, `invalid` (`campaign_missing`, see `checkHandout`), `conflict`.
 */
export async function countHandouts(ctx: Context, prescriberId: string, details: HandoutDetails): Promise<Handout> {
  const person = requireRole(ctx.actor, 'prescriber', 'coordinator')
  if (person.tenantId !== null && person.tenantId !== prescriberId)
    throw new AppError('not_found', 'prescriber_not_found', 'There is no such prescriber')

  return ctx.transaction(async (tx) => {
    await lockPrescriber(tx, prescriberId)
    const campaignId = details.campaignId ?? (await findOnlyCampaign(tx, prescriberId))
    return addHandouts(tx, ctx, prescriberId, { ...details, campaignId })
  })
}

/** Writes how many books were handed out in a month, in all, whoever counted before. Throws as `countHandouts`. */
export async function setHandouts(
  ctx: Context,
  prescriberId: string,
  { campaignId, month, total }: { campaignId: string; month: Month; total: number },
): Promise<void> {
  requireOwn(requireRole(ctx.actor, 'prescriber', 'coordinator'), prescriberId, 'prescriber')
  await ctx.transaction(async (tx) => {
    await lockPrescriber(tx, prescriberId)
    const { inMonth } = await countHandedOut(tx, { prescriberId, campaignId, month })
    if (total !== inMonth) await addHandouts(tx, ctx, prescriberId, { campaignId, month, books: total - inMonth })
  })
}

/** The rule and the write, for a caller that has checked who asks and holds the lock of the prescriber. */
export async function addHandouts(
  tx: Transaction,
  ctx: Context,
  prescriberId: string,
  { campaignId, month, books }: HandoutDetails & { campaignId: string },
): Promise<Handout> {
  await getCampaign(tx, campaignId)
  const key = { prescriberId, campaignId, month }
  const { inAll, inMonth } = await countHandedOut(tx, key)
  const received = await countToHandOut(tx, { prescriberId, campaignId, today: ctx.today() })
  checkHandout({ month, books, received, booksBefore: inAll, booksOfMonth: inMonth }, ctx.today())
  return writeHandouts(tx, key, inMonth + books)
}

async function findOnlyCampaign(tx: Transaction, prescriberId: string): Promise<string> {
  const campaignIds = await listCampaignsOf(tx, prescriberId)
  const [only] = campaignIds
  if (!only || campaignIds.length > 1)
    throw new AppError('invalid', 'campaign_missing', 'Say of which campaign the books are', { campaignIds })
  return only
}
