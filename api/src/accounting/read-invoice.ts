import { type Context, requireRole } from '../shared/context.ts'
import type { Invoice } from './invoice.ts'
import { getInvoice } from './invoice-queries.ts'
import { getPayment, type Payment } from './payment-queries.ts'

export type InvoiceRead = { invoice: Invoice; credited: Invoice | undefined; payment: Payment | undefined }

/** An invoice with how it is paid, or a credit note with what it credits; a funder reads its own. Throws `forbidden`, `not_found`. */
export async function readInvoice(ctx: Context, id: string): Promise<InvoiceRead> {
  const { tenantId } = requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor', 'funder')
  const invoice = await getInvoice(ctx.db, id, tenantId)
  const credited = invoice.creditedId === null ? undefined : await getInvoice(ctx.db, invoice.creditedId, tenantId)
  const { fundingCallId } = invoice
  const payment =
    fundingCallId === null ? undefined : await ctx.transaction((tx) => getPayment(tx, fundingCallId), 'carnet_jobs')
  return { invoice, credited, payment }
}
