import type { Transaction } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { type Cents, cents } from '../shared/money.ts'
import { type Invoice, totalOf } from './invoice.ts'
import { listCreditsForExpiry, listInvoicesOf, sumCredited } from './invoice-queries.ts'
import { addNumbered } from './issue-invoice.ts'

/**
 * Credits a funder, at face value, what expired of its part and was not credited yet: on its invoices of the campaign, the oldest
 * first, never on the operator's fee. What was paid without an invoice is left: there is nothing to credit. Repeating it does nothing.
 */
export async function creditExpired(
  tx: Transaction,
  ctx: Context,
  {
    campaignId,
    funderId,
    expiredCents,
    subject,
  }: { campaignId: string; funderId: string; expiredCents: Cents; subject: string },
): Promise<{ notes: Invoice[]; leftCents: Cents }> {
  await takeLock(tx, 'invoiceNumbers')
  const notes: Invoice[] = []
  let left = expiredCents - totalOf(await listCreditsForExpiry(tx, { campaignId, funderId }))
  for (const invoice of await listInvoicesOf(tx, { campaignId, funderId })) {
    const { id, year: _year, number: _number, ...copied } = invoice
    const free = invoice.amountCents - invoice.feeCents - (await sumCredited(tx, id))
    const amountCents = cents(Math.max(0, Math.min(left, free)))
    if (amountCents === 0) continue
    const about = { kind: 'credit_note', isForExpiry: true, fundingCallId: null, creditedId: id } as const
    notes.push(await addNumbered(tx, ctx, null, { ...copied, ...about, feeCents: cents(0), amountCents, subject }))
    left -= amountCents
  }
  // A person may have credited for expiry more than expired.
  return { notes, leftCents: cents(Math.max(0, left)) }
}
