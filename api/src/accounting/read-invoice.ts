import { type Context, requireRole } from '../shared/context.ts'
import type { Invoice } from './invoice.ts'
import { getInvoice } from './invoice-queries.ts'

/** An invoice, or a credit note with what it credits; a funder reads its own. Throws `forbidden`, `not_found`. */
export async function readInvoice(
  ctx: Context,
  id: string,
): Promise<{ invoice: Invoice; credited: Invoice | undefined }> {
  const { tenantId } = requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor', 'funder')
  const invoice = await getInvoice(ctx.db, id, tenantId)
  const credited = invoice.creditedId === null ? undefined : await getInvoice(ctx.db, invoice.creditedId, tenantId)
  return { invoice, credited }
}
