import { listCallsToInvoice, listInvoices } from '../../accounting/invoice-queries.ts'
import { issueInvoice } from '../../accounting/issue-invoice.ts'
import { listPayingAccounts } from '../../campaigns/queries.ts'
import { createRouter } from '../../shared/http.ts'
import { draw, propsOf } from '../page-props.tsx'
import type { PageParts } from '../routes.tsx'
import { AccountingPage } from './accounting-page.tsx'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** The accountant's files, and invoices made of funding calls. */
export const createAccountingRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get('/coordination/comptes', async (c) => {
      const { db, actor } = c.var.context
      const facts = {
        invoices: await listInvoices(db, null),
        calls: await listCallsToInvoice(db),
        accounts: await listPayingAccounts(db),
      }
      const mayIssue = actor.kind === 'person' && actor.role !== 'auditor'
      return draw(c, <AccountingPage {...propsOf(c, mode)} facts={facts} mayIssue={mayIssue} />)
    })
    .post(`/coordination/comptes/:id{${uuid}}`, async (c) => {
      const { serviceCode, commitmentNumber } = await c.req.parseBody()
      const text = (value: unknown) => (typeof value === 'string' && value.trim().slice(0, 50)) || null
      const fields = { serviceCode: text(serviceCode), commitmentNumber: text(commitmentNumber) }
      await issueInvoice(c.var.context, c.req.param('id'), fields)
      return c.redirect('/coordination/comptes', 303)
    })
