/**
 * The file by which a bank is asked to pay: ISO 20022 pain.001.001.09, and .03 for banks that read no other. Pure: the same
 * order gives the same bytes. No postal address: unstructured ones are refused since 15 November 2026, and none is needed.
 */
import type { Day } from '../shared/days.ts'
import { escapeXml } from '../shared/escape-xml.ts'
import { type Cents, sumCents } from '../shared/money.ts'
import { toSepaText } from './sepa-text.ts'

export const painVersions = ['09', '03'] as const
export type PainVersion = (typeof painVersions)[number]
export type CreditTransfer = {
  /** At most 35 characters: comes back in every answer of the bank. */
  endToEndId: string
  amountCents: Cents
  iban: string
  bic: string
  holderName: string
  remittance: string
}
export type PaymentOrder = {
  /** At most 31 characters. */
  messageId: string
  createdOn: Day
  executesOn: Day
  /** One for each account to pay from. */
  payments: readonly { iban: string; bic: string; holderName: string; transfers: readonly CreditTransfer[] }[]
}
type Payment = PaymentOrder['payments'][number]
type Dialect = { namespace: string; bic: string; executesOn: (day: Day) => string }

const longestName = 70
const longestRemittance = 140

const dialects: Record<PainVersion, Dialect> = {
  '09': {
    namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09',
    bic: 'BICFI',
    executesOn: (day) => element('ReqdExctnDt', element('Dt', day)),
  },
  '03': {
    namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.03',
    bic: 'BIC',
    executesOn: (day) => element('ReqdExctnDt', day),
  },
}

/** The whole file as text in UTF-8. Throws `RangeError` for an order without transfers or an id that is too long. */
export function pain001(order: PaymentOrder, version: PainVersion): string {
  const payments = [...order.payments].sort(by(({ iban }) => iban))
  if (payments.length === 0 || payments.some(({ transfers }) => transfers.length === 0))
    throw new RangeError('There is nothing to pay')
  const dialect = dialects[version]
  const header = element(
    'GrpHdr',
    element('MsgId', idOf(order.messageId)),
    element('CreDtTm', `${order.createdOn}T00:00:00`),
    ...totals(payments.flatMap(({ transfers }) => transfers)),
    element('InitgPty', element('Nm', nameOf(payments[0]!.holderName))),
  )
  const body = payments.map((payment, at) => paymentOf(payment, paymentInfoIdOf(order.messageId, at), order, dialect))
  const document = `<Document xmlns="${dialect.namespace}">\n${element('CstmrCdtTrfInitn', header, ...body)}\n</Document>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`
}

/** Of the account at this place, in the order of their IBANs: the bank's answers speak of it. */
export const paymentInfoIdOf = (messageId: string, at: number): string => `${messageId}-${at + 1}`

function paymentOf(
  { iban, bic, holderName, transfers }: Payment,
  id: string,
  order: PaymentOrder,
  dialect: Dialect,
): string {
  const sorted = [...transfers].sort(by(({ endToEndId }) => endToEndId))
  return element(
    'PmtInf',
    element('PmtInfId', idOf(id)),
    element('PmtMtd', 'TRF'),
    // One debit for the whole list on the statement of the account; each transfer is told in the bank's camt.054.
    element('BtchBookg', 'true'),
    ...totals(sorted),
    element('PmtTpInf', element('SvcLvl', element('Cd', 'SEPA'))),
    dialect.executesOn(order.executesOn),
    element('Dbtr', element('Nm', nameOf(holderName))),
    accountOf('DbtrAcct', iban),
    agentOf('DbtrAgt', bic, dialect),
    element('ChrgBr', 'SLEV'),
    ...sorted.map((transfer) => transferOf(transfer, dialect)),
  )
}

function transferOf(transfer: CreditTransfer, dialect: Dialect): string {
  return element(
    'CdtTrfTxInf',
    element('PmtId', element('EndToEndId', idOf(transfer.endToEndId))),
    element('Amt', `<InstdAmt Ccy="EUR">${eurosOf(transfer.amountCents)}</InstdAmt>`),
    agentOf('CdtrAgt', transfer.bic, dialect),
    element('Cdtr', element('Nm', nameOf(transfer.holderName))),
    accountOf('CdtrAcct', transfer.iban),
    element('RmtInf', element('Ustrd', escapeXml(toSepaText(transfer.remittance, longestRemittance)))),
  )
}

const by =
  <Item>(keyOf: (item: Item) => string) =>
  (a: Item, b: Item) =>
    keyOf(a) < keyOf(b) ? -1 : 1

const totals = (transfers: readonly CreditTransfer[]): string[] => [
  element('NbOfTxs', String(transfers.length)),
  element('CtrlSum', eurosOf(sumCents(transfers.map(({ amountCents }) => amountCents)))),
]

/** `123.40`, from whole cents and without ever dividing. */
function eurosOf(amount: Cents): string {
  const digits = String(amount).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function idOf(id: string): string {
  if (!/^[A-Za-z0-9-]{1,35}$/.test(id)) throw new RangeError(`${id} is no id of a bank file`)
  return id
}

const nameOf = (name: string) => escapeXml(toSepaText(name, longestName))
const accountOf = (tag: string, iban: string) => element(tag, element('Id', element('IBAN', escapeXml(iban))))
const agentOf = (tag: string, bic: string, dialect: Dialect) =>
  element(tag, element('FinInstnId', element(dialect.bic, escapeXml(bic))))

/** Text on one line, other elements one below the other. */
function element(tag: string, ...content: string[]): string {
  const hasChildren = content[0]?.startsWith('<')
  return hasChildren ? `<${tag}>\n${content.join('\n')}\n</${tag}>` : `<${tag}>${content.join('')}</${tag}>`
}
