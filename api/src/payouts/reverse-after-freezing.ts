import { randomUUID } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import { getCampaign, listParts } from '../campaigns/queries.ts'
import { sourceOfReversal } from '../ledger/decisions.ts'
import { reversedAfterFreezing } from '../ledger/events.ts'
import { post, sumBalances } from '../ledger/ledger.ts'
import { lockPayingAccounts } from '../ledger/queries.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { findStatement, insertAdjustment } from './statement-queries.ts'

export type FrozenReversal = { organisationId: string; venueId: string; campaignId: string; periodId: number }

/**
 * Takes one voucher back from a frozen statement, in the transaction that reversed its scan: an adjustment by count, that names
 * no scan, and its transfers. The caller writes the audit line. Throws `conflict`: `freezing_in_progress` (this organisation's
 * statement is not written yet: try again), `reserve_exhausted`.
 */
export async function postReversalAfterFreezing(
  tx: Transaction,
  ctx: Context,
  reversal: FrozenReversal,
): Promise<void> {
  const { organisationId, venueId, campaignId, periodId } = reversal
  const statement = await findStatement(tx, reversal)
  if (!statement)
    throw new AppError('conflict', 'freezing_in_progress', 'The statement of this organisation is being written')
  const campaign = await getCampaign(tx, campaignId)

  const { payingAccountId, faceValueCents } = campaign
  await lockPayingAccounts(tx, [payingAccountId])
  const from = sourceOfReversal(
    {
      payableCents: await sumBalances(tx, { kinds: ['payable'], organisationId, campaignId }),
      owedByAllCents: await sumBalances(tx, { kinds: ['owes'], payingAccountId }),
      reserveCents: await sumBalances(tx, { kinds: ['reserve'], payingAccountId }),
    },
    faceValueCents,
  )
  const to = campaign.state === 'uploads_closed' || campaign.state === 'closed' ? 'expired' : 'issued'
  const parts = await listParts(tx, campaignId)
  const id = randomUUID()
  const documentRef = `adjustment:${id}`
  const pool = { payingAccountId, campaignId }
  await insertAdjustment(tx, {
    id,
    statementId: statement.id,
    venueId,
    campaignId,
    voucherCount: 1,
    amountCents: faceValueCents,
    decidedBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
    decidedOn: ctx.today(),
  })
  await post(
    tx,
    ctx,
    reversedAfterFreezing({ ...pool, documentRef, organisationId, periodId, parts, voucherCount: 1, from, to }),
  )
}
