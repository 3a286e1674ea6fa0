import { invoiceKind } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { CentsGiven } from '../campaigns/campaign-schema.ts'
import { requireRole } from '../shared/context.ts'
import { formatsOf } from '../shared/formats.ts'
import { CentsNumber, createRouter, DayText, Id, json, problems, readLocale, streamOf } from '../shared/http.ts'
import { translate } from '../shared/messages.ts'
import { describeHolder } from './describe-holder.ts'
import { exportJournal } from './export-journal.ts'
import { type Invoice, invoiceNumber } from './invoice.ts'
import { makeInvoicePdf } from './invoice-pdf.ts'
import { listInvoices } from './invoice-queries.ts'
import { issueCreditNote, issueInvoice } from './issue-invoice.ts'
import { readInvoice } from './read-invoice.ts'

const Holder = z.object({
  siret: z.string().max(20),
  address: z.string().trim().min(5).max(300),
  vatMention: z
    .string()
    .trim()
    .min(3)
    .max(300)
    .openapi({ description: 'As the accountant wants it; nothing computes VAT' }),
})
const InvoiceShown = z
  .object({
    id: z.uuid(),
    kind: z.enum(invoiceKind.enumValues),
    number: z.string(),
    campaignId: z.uuid(),
    funderId: z.uuid(),
    fundingCallId: z.uuid().nullable(),
    creditedId: z.uuid().nullable(),
    amountCents: CentsNumber,
    feeCents: CentsNumber.openapi({ description: 'Of it, what the operator asks for its own work' }),
    subject: z.string(),
    customerName: z.string(),
    customerSiret: z.string().nullable(),
    serviceCode: z.string().nullable(),
    commitmentNumber: z.string().nullable(),
    isForExpiry: z
      .boolean()
      .openapi({ description: 'For what expired unused: made by itself, or said so by somebody' }),
    issuedOn: DayText,
  })
  .openapi('Invoice')
const Credit = z.object({
  amountCents: CentsGiven,
  reason: z.string().trim().min(3).max(300),
  isForExpiry: z.boolean().default(false).openapi({
    description: 'For vouchers that nobody used: the end of the campaign does not credit it again',
  }),
})
const platformField = z
  .string()
  .trim()
  .max(50)
  .nullish()
  .transform((text) => text || null)

const body = (invoice: Invoice): z.infer<typeof InvoiceShown> => {
  const { payingAccountId: _account, year: _year, issuedBy: _person, vatMention: _vat, ...rest } = invoice
  const { issuerName: _name, issuerSiret: _siret, issuerAddress: _address, ...shown } = rest
  return { ...shown, number: invoiceNumber(invoice) }
}
const everyone = ['unauthenticated', 'forbidden'] as const
const changes = ['invalid', 'not_found', 'conflict', ...everyone] as const
const file = (type: string, what: string) => ({
  description: what,
  content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } },
})

const holder = createRoute({
  method: 'put',
  path: '/paying-accounts/{id}/holder',
  summary: 'Say who invoices for the money on a paying account, and whose books its journal goes to',
  request: { params: Id, body: json(Holder, 'The holder') },
  responses: { 200: json(Holder.extend({ name: z.string() }), 'The holder'), ...problems(...changes) },
})
const journal = createRoute({
  method: 'get',
  path: '/paying-accounts/{id}/journal',
  summary:
    'The journal for the accountant, from the first of January until a day that is over, in the 18 columns of French law',
  request: {
    params: Id,
    query: z.object({ until: DayText.optional(), format: z.enum(['txt', 'csv']).default('txt') }),
  },
  responses: { 200: file('text/plain', 'The file'), ...problems('invalid', 'not_found', ...everyone) },
})
const invoice = createRoute({
  method: 'post',
  path: '/funding-calls/{id}/invoice',
  summary: 'Make the invoice of a funding call',
  request: {
    params: Id,
    body: json(
      z.object({
        serviceCode: platformField,
        commitmentNumber: platformField,
        feeCents: CentsGiven.optional().openapi({
          description: 'What the operator asks besides; none is said as none',
        }),
      }),
      'What a public customer asks for, and the fee',
    ),
  },
  responses: { 201: json(InvoiceShown, 'The invoice'), ...problems(...changes) },
})
const credit = createRoute({
  method: 'post',
  path: '/invoices/{id}/credit-notes',
  summary: 'Credit an invoice, wholly or in part',
  request: {
    params: Id,
    body: json(Credit, 'How much, and why'),
  },
  responses: { 201: json(InvoiceShown, 'The credit note'), ...problems(...changes) },
})
const list = createRoute({
  method: 'get',
  path: '/invoices',
  summary: 'Invoices and credit notes, newest first; a funder reads its own',
  responses: {
    200: json(z.object({ items: z.array(InvoiceShown), nextCursor: z.null() }), 'Invoices'),
    ...problems(...everyone),
  },
})
const pdf = createRoute({
  method: 'get',
  path: '/invoices/{id}/paper.pdf',
  summary: 'An invoice or credit note on paper',
  request: { params: Id },
  responses: { 200: file('application/pdf', 'The paper'), ...problems('invalid', 'not_found', ...everyone) },
})

export const accountingRoutes = createRouter()
  .openapi(holder, async (c) => {
    const { name, siret, address, vatMention } = await describeHolder(
      c.var.context,
      c.req.valid('param').id,
      c.req.valid('json'),
    )
    return c.json({ name, siret, address, vatMention }, 200)
  })
  .openapi(invoice, async (c) =>
    c.json(body(await issueInvoice(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 201),
  )
  .openapi(credit, async (c) =>
    c.json(body(await issueCreditNote(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 201),
  )
  .openapi(list, async (c) => {
    const { actor, db } = c.var.context
    const person = requireRole(actor, 'coordinator', 'finance_approver', 'auditor', 'funder')
    return c.json({ items: (await listInvoices(db, person.tenantId)).map(body), nextCursor: null }, 200)
  })
accountingRoutes.openapi(journal, async (c) => {
  const { format, until } = c.req.valid('query')
  const { name, pieces } = await exportJournal(c.var.context, {
    ...{ payingAccountId: c.req.valid('param').id, until, format },
  })
  return c.body(streamOf(pieces), 200, {
    'content-type': format === 'txt' ? 'text/plain; charset=utf-8' : 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  })
})
accountingRoutes.openapi(pdf, async (c) => {
  const locale = readLocale(c)
  const paper = await readInvoice(c.var.context, c.req.valid('param').id)
  const bytes = await makeInvoicePdf({ t: translate(locale), formats: formatsOf(locale), ...paper })
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${invoiceNumber(paper.invoice)}.pdf"`,
  })
})
