import type { Context as HonoContext } from 'hono'
import { describeHolder } from '../../accounting/describe-holder.ts'
import { listHolders } from '../../accounting/holder-queries.ts'
import { listCreditNotes, listFunderCalls, listInvoices } from '../../accounting/invoice-queries.ts'
import { issueCreditNote, issueInvoice } from '../../accounting/issue-invoice.ts'
import { readInvoice } from '../../accounting/read-invoice.ts'
import { listFunders } from '../../funders/queries.ts'
import type { AppEnv } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { invoiceCells, invoiceHeads } from '../accounting/invoice-file.ts'
import { csvResponse } from '../components/csv.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { eurosOf, textOf } from '../components/form-values.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { CallPage, HolderPage, InvoicePage } from './accounting-forms.tsx'
import { AccountingPage, accountingPath } from './accounting-page.tsx'

const mostFunders = 500
const fieldOf: Record<string, string> = { siret_invalid: 'siret', credits_too_much: 'amount' }

/** What a public customer asks for, and the operator's fee when there is one. */
const invoiceOf = (values: Record<string, string>) => ({
  serviceCode: values.serviceCode?.slice(0, 50) || null,
  commitmentNumber: values.commitmentNumber?.slice(0, 50) || null,
  ...(values.fee ? { feeCents: eurosOf(values, 'fee') } : {}),
})

type Env = HonoContext<AppEnv>

/** The accountant's files, who invoices, invoices made of funding calls, and credit notes. */
export function createAccountingRoutes({ mode }: PageParts) {
  const roleOf = (c: Env) => (c.var.context.actor.kind === 'person' ? c.var.context.actor.role : null)
  /** What is refused comes back with what was typed. */
  const orAgain = async (
    c: Env,
    act: (values: Record<string, string>) => Promise<string>,
    again: (form: FormState) => Promise<Response>,
  ) => {
    const values = valuesOf(await c.req.parseBody())
    try {
      return c.redirect(await act(values), 303)
    } catch (error) {
      if (!(error instanceof AppError) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
      return again(
        refusedForm(values, error, { locale: propsOf(c, mode).locale, other: fieldOf[error.code] ?? 'form' }),
      )
    }
  }
  const showHolder = async (c: Env, id: string, form: FormState) => {
    const account = (await listHolders(c.var.context.db)).find((one) => one.id === id)
    if (!account) throw new AppError('not_found', 'paying_account_not_found', 'There is no such account')
    return draw(c, <HolderPage {...propsOf(c, mode)} account={account} form={form} />, form === emptyForm ? 200 : 422)
  }
  const showCall = async (c: Env, id: string, form: FormState) => {
    const call = (await listFunderCalls(c.var.context.db, null)).find((one) => one.id === id)
    if (!call) throw new AppError('not_found', 'funding_call_not_found', 'There is no such call')
    return draw(c, <CallPage {...propsOf(c, mode)} call={call} form={form} />, form === emptyForm ? 200 : 422)
  }
  const showInvoice = async (c: Env, id: string, form: FormState) => {
    const paper = await readInvoice(c.var.context, id)
    const notes = await listCreditNotes(c.var.context.db, id)
    const mayCredit = roleOf(c) === 'finance_approver'
    const props = { ...propsOf(c, mode), ...paper, notes, mayCredit, form }
    return draw(c, <InvoicePage {...props} />, form === emptyForm ? 200 : 422)
  }

  return createRouter()
    .get(accountingPath, async (c) => {
      const { db, today } = c.var.context
      const facts = {
        invoices: await listInvoices(db, null),
        calls: await listFunderCalls(db, null),
        accounts: await listHolders(db),
        funders: await listFunders(db, { onlyId: null, limit: mostFunders }),
      }
      const query = readListQuery(c.req.query(), ['document'])
      const props = { ...propsOf(c, mode), facts, query, today: today(), mayIssue: roleOf(c) !== 'auditor' }
      return draw(c, <AccountingPage {...props} />)
    })
    .get(`${accountingPath}.csv`, async (c) => {
      const { t, formats } = propsOf(c, mode)
      const rows = (await listInvoices(c.var.context.db, null)).map((invoice) => invoiceCells(invoice, { t, formats }))
      return csvResponse(c, 'factures', invoiceHeads(t), rows)
    })
    .get(`${accountingPath}/titulaires/:id{${idPattern}}`, (c) => showHolder(c, c.req.param('id'), emptyForm))
    .post(`${accountingPath}/titulaires/:id{${idPattern}}`, (c) => {
      const id = c.req.param('id')
      const act = async (values: Record<string, string>) => {
        const said = { address: textOf(values, 'address', 5), vatMention: textOf(values, 'vatMention') }
        await describeHolder(c.var.context, id, { siret: values.siret ?? '', ...said })
        return accountingPath
      }
      return orAgain(c, act, (form) => showHolder(c, id, form))
    })
    .get(`${accountingPath}/appels/:id{${idPattern}}`, (c) => showCall(c, c.req.param('id'), emptyForm))
    .post(`${accountingPath}/appels/:id{${idPattern}}`, (c) => {
      const id = c.req.param('id')
      const act = async (values: Record<string, string>) => {
        const invoice = await issueInvoice(c.var.context, id, invoiceOf(values))
        return `${accountingPath}/factures/${invoice.id}`
      }
      return orAgain(c, act, (form) => showCall(c, id, form))
    })
    .get(`${accountingPath}/factures/:id{${idPattern}}`, (c) => showInvoice(c, c.req.param('id'), emptyForm))
    .post(`${accountingPath}/factures/:id{${idPattern}}/avoir`, (c) => {
      const id = c.req.param('id')
      const act = async (values: Record<string, string>) => {
        const asked = { amountCents: eurosOf(values, 'amount'), reason: textOf(values, 'reason').slice(0, 300) }
        const note = await issueCreditNote(c.var.context, id, { ...asked, isForExpiry: values.expiry === 'yes' })
        return `${accountingPath}/factures/${note.id}`
      }
      return orAgain(c, act, (form) => showInvoice(c, id, form))
    })
}
