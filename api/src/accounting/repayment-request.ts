import { ink, makePaper, printable, soft } from '../books/pdf/a4.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Formats } from '../shared/formats.ts'
import type { Translate } from '../shared/messages.ts'
import { sumCents } from '../shared/money.ts'
import { spacedIban } from '../venues/bank-account.ts'
import { getOrganisation, type Organisation } from '../venues/queries.ts'
import { amount, note, party } from './paper.ts'
import { type Debt, listDebts } from './repayment-queries.ts'

export type RepaymentRequest = { organisation: Organisation; debts: Debt[]; on: Day; reference: string }

/**
 * What an organisation is asked to pay back: uses that were undone after it was paid for them, and that nothing it earned since
 * made up for. A manager reads its own. Throws `forbidden`, `not_found` (`organisation_not_found`), `conflict` `no_debt`.
 */
export async function readRepaymentRequest(ctx: Context, organisationId: string): Promise<RepaymentRequest> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor', 'venue_manager')
  requireOwn(person, organisationId, 'organisation')
  const organisation = await getOrganisation(ctx.db, organisationId)
  // The operator's accounts are no venue's to read: here it sees the one it pays back to.
  const debts = await ctx.transaction((tx) => listDebts(tx, organisationId), 'carnet_jobs')
  if (debts.length === 0) throw new AppError('conflict', 'no_debt', 'It owes nothing')
  return { organisation, debts, on: ctx.today(), reference: `RB-${organisationId.slice(0, 8).toUpperCase()}` }
}

type Parts = RepaymentRequest & { t: Translate; formats: Formats }

/** On A4: whom, how much by campaign, to which account, under which reference. */
export function makeRepaymentPdf({ organisation, debts, on, reference, t, formats }: Parts): Promise<Uint8Array> {
  const title = t('repayment.title')
  return makePaper(title, on, (doc) => {
    party(doc, debts[0]!.holderName, [])
    doc.font('bold').fontSize(20).fillColor(ink).text(printable(title))
    doc.font('text').fontSize(10).fillColor(soft)
    doc.text(printable(t('repayment.on', { day: formats.day(on) })))
    doc.moveDown(1.5)
    party(doc, organisation.legalName, organisation.siret ? [`${t('invoice.siret')} ${organisation.siret}`] : [])
    for (const debt of debts)
      amount(doc, t('repayment.line', { campaign: debt.campaign }), formats.euros(debt.owedCents))
    const total = sumCents(debts.map(({ owedCents }) => owedCents))
    amount(doc, t('repayment.total'), formats.euros(total), { isBold: true })
    const accounts = new Map(debts.map(({ iban, bic, holderName }) => [iban, { bic, holderName }]))
    for (const [iban, { bic, holderName }] of accounts)
      note(doc, t('repayment.account', { iban: spacedIban(iban), bic, holder: holderName, reference }))
    note(doc, t('repayment.netting'))
  })
}
