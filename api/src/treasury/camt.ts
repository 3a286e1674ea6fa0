import { createHash } from 'node:crypto'
import { electronicFormatIBAN } from 'ibantools'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'
import type { BankBalance, BankMovement, Direction } from './bank-message.ts'
import { amountAt, nodesAt, textAt, textsAt, type XmlNode } from './bank-xml.ts'
import { reasonOf } from './pain-002.ts'

/** Movements and closing balances of a camt.053 (`Stmt`) or camt.054 (`Ntfctn`), account by account. */
export function readAccounts(
  message: XmlNode,
  element: 'Stmt' | 'Ntfctn',
): { movements: BankMovement[]; balances: BankBalance[] } {
  const accounts = nodesAt(message, element)
  return {
    movements: accounts.flatMap((account) => {
      const iban = ibanOf(account)
      const entries = nodesAt(account, 'Ntry')
      return numbered(entries.flatMap((entry) => movementsOf(entry, iban)))
    }),
    balances: accounts.flatMap(closingBalance),
  }
}

const incomplete = (what: string) => new AppError('invalid', 'bank_file_incomplete', `A movement has no ${what}`)

function ibanOf(account: XmlNode): string {
  const iban = textAt(account, 'Acct', 'Id', 'IBAN')
  if (iban === null) throw incomplete('account')
  return electronicFormatIBAN(iban) ?? iban
}

function closingBalance(account: XmlNode): BankBalance[] {
  const [closing] = nodesAt(account, 'Bal').filter((balance) => textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') === 'CLBD')
  const balanceCents = closing && amountAt(closing, 'Amt')
  if (!closing || balanceCents === null || balanceCents === undefined) return []
  return [
    { iban: ibanOf(account), balanceCents, isOverdrawn: directionOf(closing) === 'debit', on: dayAt(closing, 'Dt') },
  ]
}

/** With details there is a movement for each; a batch that is booked in one sum without them is one movement. */
function movementsOf(entry: XmlNode, iban: string): BankMovement[] {
  const amountCents = amountAt(entry, 'Amt')
  if (amountCents === null) throw incomplete('amount')
  const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'BOOK'
  const family = textAt(entry, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd')
  const whole = {
    iban,
    direction: directionOf(entry),
    on: dayAt(entry, 'BookgDt'),
    status,
    isBooked: status === 'BOOK',
    isFee: family !== null && ['CHRG', 'FEES', 'COMM'].includes(family),
  }
  const details = nodesAt(entry, 'NtryDtls', 'TxDtls')
  const paymentInfoId = textAt(entry, 'NtryDtls', 'Btch', 'PmtInfId')
  const reference = textAt(entry, 'AcctSvcrRef')
  const amounts = details.map((detail) => amountOfDetail(detail) ?? (details.length === 1 ? amountCents : null))
  const isSplit = amounts.length > 0 && amounts.every((amount) => amount !== null) && sumOf(amounts) === amountCents
  if (!isSplit) {
    const about = { ...describe(details[0] ?? {}, whole.direction), endToEndId: null }
    return [
      {
        ...whole,
        amountCents,
        ...about,
        paymentInfoId: paymentInfoId ?? about.paymentInfoId,
        bankReference: reference ?? '',
      },
    ]
  }
  return details.map((detail, at) => {
    const own =
      textAt(detail, 'Refs', 'AcctSvcrRef') ?? (reference && details.length > 1 ? `${reference}/${at + 1}` : reference)
    const about = describe(detail, whole.direction)
    return {
      ...whole,
      amountCents: amounts[at]!,
      ...about,
      paymentInfoId: about.paymentInfoId ?? paymentInfoId,
      returnReason:
        about.returnReason ?? (textAt(entry, 'RvslInd') === 'true' ? reasonOf(detail, 'RtrInf') || 'RVSL' : null),
      bankReference: own ?? '',
    }
  })
}

const sumOf = (amounts: readonly (Cents | null)[]): number => amounts.reduce<number>((sum, one) => sum + (one ?? 0), 0)
const amountOfDetail = (detail: XmlNode): Cents | null =>
  amountAt(detail, 'Amt') ??
  amountAt(detail, 'AmtDtls', 'TxAmt', 'Amt') ??
  amountAt(detail, 'AmtDtls', 'InstdAmt', 'Amt')

/** Who is on the other side, and what the references say. */
function describe(detail: XmlNode, direction: Direction) {
  const [party] = direction === 'credit' ? ['Dbtr'] : ['Cdtr']
  const counterparty = textAt(detail, 'RltdPties', party!, 'Nm') ?? textAt(detail, 'RltdPties', party!, 'Pty', 'Nm')
  const texts = [...textsAt(detail, 'RmtInf', 'Ustrd'), ...textsAt(detail, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref')]
  const endToEndId = textAt(detail, 'Refs', 'EndToEndId')
  return {
    endToEndId: endToEndId === 'NOTPROVIDED' ? null : endToEndId,
    paymentInfoId: textAt(detail, 'Refs', 'PmtInfId'),
    counterparty: counterparty?.slice(0, 140) ?? null,
    remittance: texts.join(' ').slice(0, 500) || null,
    returnReason: nodesAt(detail, 'RtrInf').length > 0 ? reasonOf(detail, 'RtrInf') || 'unspecified' : null,
  }
}

function directionOf(node: XmlNode): Direction {
  const indicator = textAt(node, 'CdtDbtInd')
  if (indicator !== 'CRDT' && indicator !== 'DBIT') throw incomplete('direction')
  return indicator === 'CRDT' ? 'credit' : 'debit'
}

function dayAt(node: XmlNode, name: string): string {
  const day = (textAt(node, name, 'Dt') ?? textAt(node, name, 'DtTm') ?? '').slice(0, 10)
  const isDay = /^20\d\d-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))
  if (!isDay) throw incomplete('day')
  return day
}

/** A bank that gives no reference of its own: what the movement is, and the how manieth of its kind that day. */
function numbered(movements: BankMovement[]): BankMovement[] {
  const seen = new Map<string, number>()
  return movements.map((movement) => {
    if (movement.bankReference !== '') return movement
    const { direction, amountCents, on, endToEndId, remittance, counterparty } = movement
    const text = JSON.stringify([direction, amountCents, on, endToEndId, remittance, counterparty])
    const count = (seen.get(text) ?? 0) + 1
    seen.set(text, count)
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 24)
    return { ...movement, bankReference: `~${hash}/${count}` }
  })
}
