import { describeHolder } from '../accounting/describe-holder.ts'
import { invoiceNumber } from '../accounting/invoice.ts'
import { listFunderCalls, listInvoices } from '../accounting/invoice-queries.ts'
import { issueCreditNote, issueInvoice } from '../accounting/issue-invoice.ts'
import { addDays, type Day, monthOf } from '../shared/days.ts'
import { type Cents, cents } from '../shared/money.ts'
import { callFunds } from '../treasury/call-funds.ts'
import { sumBankOf } from '../treasury/file-queries.ts'
import { importBankFile } from '../treasury/import-bank-file.ts'
import { toldEvenings } from '../treasury/read-transparency.ts'
import type { DemoClock } from './demo-clock.ts'
import { issuer, payingAccount, staff } from './demo-world.ts'
import type { ActAs, Scheme } from './found-scheme.ts'

/** Who invoices, said on the first day. */
export const sayWhoInvoices = (actAs: ActAs, payingAccountId: string) =>
  describeHolder(actAs(staff.coordinator.email), payingAccountId, issuer)

/** A year ago the CCAS agreed to a fee, and has had some of it back since. */
const feeCents = cents(25_000)
const rebateCents = cents(5_000)

type Called = { campaignId: string; funderId: string; amountCents: Cents; key: string }

/** What a funder owes for a campaign is called, and invoiced on the same day. Gives the reference for its transfer. */
export async function callAndInvoice(actAs: ActAs, { campaignId, key, ...asked }: Called): Promise<string> {
  const coordinator = actAs(staff.coordinator.email)
  const call = await callFunds(coordinator, campaignId, asked)
  const fields = { serviceCode: 'INCLUSION-NUM', commitmentNumber: `EJ-${call.reference.slice(-6)}` }
  await issueInvoice(coordinator, call.id, { ...fields, ...(key === 'ccas' ? { feeCents } : {}) })
  return call.reference
}

export type BookParts = { actAs: ActAs; clock: DemoClock; scheme: Scheme; payingAccountId: string; today: Day }

/** A rebate on the fee, and the invoice of a call that is paid in part; others are left to invoice. */
export async function leaveBooksOpen({ actAs, clock, scheme, today }: BookParts): Promise<void> {
  const coordinator = actAs(staff.coordinator.email)
  clock.set(addDays(today, -3))
  const withFee = (await listInvoices(coordinator.db, null)).find((invoice) => invoice.feeCents > 0)!
  await issueCreditNote(actAs(staff.financeApprover.email), withFee.id, {
    amountCents: rebateCents,
    reason: `Remise sur les frais de la facture ${invoiceNumber(withFee)}`,
  })
  const funderId = scheme.funderIds.get('state')!
  const calls = await listFunderCalls(coordinator.db, funderId)
  const paid = calls.find(({ invoiceId, receivedCents }) => invoiceId === null && receivedCents > 0)
  if (paid) await issueInvoice(coordinator, paid.id, { serviceCode: null, commitmentNumber: null })
}

/** The bank's statements of the evening that the public page tells of, and of yesterday: each agrees with the books of its day. */
export function createBankTeller({ actAs, clock, payingAccountId, today }: BookParts) {
  const evening = toldEvenings(today).at(-1)!
  // Of an evening of the month before, this month's payouts have left the books since.
  const waiting = [...new Set([...(monthOf(evening) === monthOf(today) ? [evening] : []), addDays(today, -1)])]
  /** To be called before anything moves on `day`. */
  return async (day: Day) => {
    while (waiting[0] !== undefined && waiting[0] < day) {
      const on = waiting.shift()!
      clock.set(on)
      const approver = actAs(staff.financeApprover.email)
      const closing = await sumBankOf(approver.db, payingAccountId)
      await importBankFile(approver, { bytes: statementOf(on, closing), name: `releve-${on}.xml` })
    }
  }
}

const statementOf = (on: Day, closing: Cents): Uint8Array =>
  new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>DEMO-${on}</MsgId></GrpHdr>
<Stmt><Id>${on}</Id><Acct><Id><IBAN>${payingAccount.iban}</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${(closing / 100).toFixed(2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>
</Stmt></BkToCstmrStmt></Document>`)
