import type { Context as HonoContext } from 'hono'
import { annualLines } from '../../accounting/annual-account.ts'
import { makeAnnualAccountPdf } from '../../accounting/annual-account-pdf.ts'
import { listFunderCalls, listInvoices } from '../../accounting/invoice-queries.ts'
import { listPayees } from '../../accounting/payment-queries.ts'
import { annualYears, readAnnualAccount } from '../../accounting/read-annual-account.ts'
import { getFunder } from '../../funders/queries.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, Id } from '../../shared/http.ts'
import { invoiceCells, invoiceHeads } from '../accounting/invoice-file.ts'
import { csvResponse } from '../components/csv.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { AnnualPage, annualPath } from './annual-page.tsx'
import { InvoicesPage, invoicesPath } from './invoices-page.tsx'

type Env = HonoContext<AppEnv>
const yearsShown = 5

/** A funder's own papers; those who serve the scheme have theirs with all funders, and read one's year by `?financeur=`. */
export function createFunderAccountingRoutes({ mode }: PageParts) {
  const ownPapers = async (c: Env) => {
    const { actor, db } = c.var.context
    const { tenantId } = requireRole(actor, 'funder')
    const { id, name } = await getFunder(db, tenantId!)
    return { id, tenant: name, invoices: await listInvoices(db, id) }
  }
  const readAccount = async (c: Env) => {
    const { actor, today } = c.var.context
    const { tenantId } = requireRole(actor, 'funder', 'coordinator', 'finance_approver', 'auditor')
    const asked = Id.shape.id.safeParse(c.req.query('financeur')).data
    const funderId = tenantId ?? asked
    if (!funderId) throw new AppError('not_found', 'funder_not_found', 'There is no such funder')
    const years = annualYears(today(), yearsShown)
    const account = await readAnnualAccount(c.var.context, { funderId, year: Number(c.req.query('annee') ?? years[0]) })
    return { account, years }
  }
  return createRouter()
    .get(invoicesPath, async (c) => {
      const { id, invoices, tenant } = await ownPapers(c)
      const calls = await listFunderCalls(c.var.context.db, id)
      const payees = await c.var.context.transaction((tx) => listPayees(tx, id), 'carnet_jobs')
      const facts = {
        invoices,
        calls,
        payees,
        tenant,
        today: c.var.context.today(),
        query: readListQuery(c.req.query(), ['document']),
      }
      return draw(c, <InvoicesPage {...propsOf(c, mode)} {...facts} />)
    })
    .get(`${invoicesPath}.csv`, async (c) => {
      const { t, formats } = propsOf(c, mode)
      const { invoices } = await ownPapers(c)
      const rows = invoices.map((invoice) => invoiceCells(invoice, { t, formats }))
      return csvResponse(c, 'factures', invoiceHeads(t), rows)
    })
    .get(annualPath, async (c) => {
      const { account, years } = await readAccount(c)
      const { actor } = c.var.context
      const tenant = actor.kind === 'person' && actor.tenantId ? account.funder.name : undefined
      return draw(c, <AnnualPage {...propsOf(c, mode)} {...{ account, years, tenant }} />)
    })
    .get(`${annualPath}.pdf`, async (c) => {
      const { t, formats } = propsOf(c, mode)
      const { account } = await readAccount(c)
      const pdf = await makeAnnualAccountPdf({ t, formats, account })
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="compte-annuel-${account.year}.pdf"`,
      })
    })
    .get(`${annualPath}.csv`, async (c) => {
      const { t, formats } = propsOf(c, mode)
      const { account } = await readAccount(c)
      const heads = [t('nav.campaigns'), ...annualLines.map((line) => t(`annual.${line}`))]
      const rows = account.campaigns.map((one) => [
        one.campaign,
        ...annualLines.map((line) => formats.plainEuros(one[line])),
      ])
      return csvResponse(c, `compte-annuel-${account.year}`, heads, rows)
    })
}
