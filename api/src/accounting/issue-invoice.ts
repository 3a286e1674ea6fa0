import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { getFunder } from '../funders/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { type Cents, sumCents } from '../shared/money.ts'
import { getCall } from '../treasury/call-queries.ts'
import { getHolder } from './holder-queries.ts'
import { checkCredit, checkCustomer, type Invoice, invoiceNumber, type PlatformFields } from './invoice.ts'
import { getInvoice, insertInvoice, isInvoiced, nextNumber, sumCredited } from './invoice-queries.ts'

type Numbered = Omit<Invoice, 'id' | 'year' | 'number' | 'issuedBy' | 'issuedOn'>

/**
 * Makes the invoice of a funding call, under the next number; `feeCents` is what the operator asks besides for its own work.
 * Throws `forbidden`, `not_found` (`funding_call_not_found`, `account_holder_not_found`), `conflict` `call_is_invoiced`,
 * `funder_without_siret`.
 */
export async function issueInvoice(
  ctx: Context,
  callId: string,
  { feeCents = 0 as Cents, ...fields }: PlatformFields & { feeCents?: Cents | undefined },
): Promise<Invoice> {
  const { personId } = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  return ctx.transaction(async (tx) => {
    const { campaignId, funderId, amountCents, reference } = await getCall(tx, callId)
    const { payingAccountId, name } = await getCampaign(tx, campaignId)
    const holder = await getHolder(tx, payingAccountId)
    const funder = await getFunder(tx, funderId)
    checkCustomer(funder)
    await takeLock(tx, 'invoiceNumbers')
    if (await isInvoiced(tx, callId)) throw new AppError('conflict', 'call_is_invoiced', 'That call has its invoice')
    return addNumbered(tx, ctx, personId, {
      ...{
        kind: 'invoice',
        payingAccountId,
        campaignId,
        funderId,
        fundingCallId: callId,
        creditedId: null,
        isForExpiry: false,
      },
      ...{ amountCents: sumCents([amountCents, feeCents]), feeCents },
      ...{ subject: `${name}, ${reference}`, vatMention: holder.vatMention },
      ...{ issuerName: holder.name, issuerSiret: holder.siret, issuerAddress: holder.address },
      ...{ customerName: funder.name, customerSiret: funder.siret, ...fields },
    })
  })
}

/**
 * Credits an invoice, in one go or several: what a call asked too much, or the face value of vouchers that nobody used. It says
 * what is owed; money moves by an order of two people. What is said to be for expiry is not credited again by itself. Throws
 * `forbidden`, `not_found`, `conflict` `not_an_invoice`, `credits_too_much`.
 */
export async function issueCreditNote(
  ctx: Context,
  invoiceId: string,
  { amountCents, reason, isForExpiry = false }: { amountCents: Cents; reason: string; isForExpiry?: boolean },
): Promise<Invoice> {
  const { personId } = requireRole(ctx.actor, 'finance_approver')
  return ctx.transaction(async (tx) => {
    await takeLock(tx, 'invoiceNumbers')
    const { id, year: _year, number: _number, ...invoice } = await getInvoice(tx, invoiceId, null)
    checkCredit(invoice, await sumCredited(tx, id), amountCents)
    const copied = { ...invoice, feeCents: 0 as Cents, fundingCallId: null, creditedId: id }
    return addNumbered(tx, ctx, personId, {
      ...copied,
      kind: 'credit_note',
      isForExpiry,
      amountCents,
      subject: reason,
    })
  })
}

/** The lock is held: two at once cannot draw one number, and a number is lost with its transaction only. */
export async function addNumbered(
  tx: Transaction,
  ctx: Context,
  personId: string | null,
  values: Numbered,
): Promise<Invoice> {
  const issuedOn = ctx.today()
  const year = Number(issuedOn.slice(0, 4))
  const number = await nextNumber(tx, { ...values, year })
  const invoice = await insertInvoice(tx, { ...values, year, number, issuedBy: personId, issuedOn })
  const { kind, payingAccountId, amountCents } = invoice
  await recordAudit(tx, ctx, `${kind}_issued`, { number: invoiceNumber(invoice), payingAccountId, amountCents })
  return invoice
}
