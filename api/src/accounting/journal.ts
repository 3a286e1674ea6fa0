import type { accountKind, transferKind } from '@carnet/db'
import type { Day, Month } from '../shared/days.ts'
import { translate } from '../shared/messages.ts'
import type { Cents } from '../shared/money.ts'

/*
 * The journal for the accountant: the 18 fields of the file that French law describes (article A47 A-1 of the tax procedures
 * book), in its order. Each transfer of the ledger is one entry of two lines. Always in French: it goes to a French authority.
 */

export const journalFields = [
  ...['JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib'],
  ...['PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate'],
  ...['Montantdevise', 'Idevise'],
] as const

type Kind = (typeof accountKind.enumValues)[number]
/** A side of a transfer: which account, of which campaign, and who stands behind it. */
export type JournalSide = {
  kind: Kind
  campaignNumber: number | null
  campaign: string | null
  party: { id: string; name: string } | null
}
export type JournalEntry = {
  kind: (typeof transferKind.enumValues)[number]
  debit: JournalSide
  credit: JournalSide
  amountCents: Cents
  documentRef: string
  postedOn: Day
  month: Month | null
}

/** Numbers of the general chart: 512 banks, 467 third parties, 471 waiting. */
const chart: Record<Kind, string> = {
  bank: '512',
  available: '4671',
  issued: '4672',
  expired: '4673',
  payable: '4675',
  in_payment: '4676',
  owes: '4678',
  reserve: '4679',
  suspense: '471',
}
const t = translate('fr')
const compact = (day: Day) => day.replaceAll('-', '')
const plain = (text: string) => text.replace(/[\s|]+/g, ' ').trim()
const euros = (amount: number) => (amount / 100).toFixed(2).replace('.', ',')

/** `46710007`: the account of the chart, then the campaign's number; zeros stand for what belongs to no campaign. */
const accountNumber = ({ kind, campaignNumber }: JournalSide): string =>
  `${chart[kind].padEnd(4, '0')}${String(campaignNumber ?? 0).padStart(4, '0')}`

const journalOf = ({ debit, credit }: JournalEntry): 'BQ' | 'OD' =>
  debit.kind === 'bank' || credit.kind === 'bank' ? 'BQ' : 'OD'

/** Gives the two lines of an entry. Its number follows the last one of its journal in `last`, which it moves on. */
export function linesOfEntry(entry: JournalEntry, last: { BQ: number; OD: number }): string[][] {
  const journal = journalOf(entry)
  last[journal] += 1
  const number = `${journal}${String(last[journal]).padStart(7, '0')}`
  const day = compact(entry.postedOn)
  const about = t(`journal.kind.${entry.kind}`) + (entry.month === null ? '' : ` ${entry.month.slice(0, 7)}`)
  const line = (side: JournalSide, [debit, credit]: [number, number]) => [
    ...[journal, t(`journal.code.${journal}`), number, day],
    ...[accountNumber(side), plain([t(`journal.account.${side.kind}`), side.campaign].filter(Boolean).join(', '))],
    ...[side.party?.id.replaceAll('-', '').slice(0, 12).toUpperCase() ?? '', plain(side.party?.name ?? '')],
    ...[plain(entry.documentRef), day, about, euros(debit), euros(credit), '', '', day, '', ''],
  ]
  return [line(entry.debit, [entry.amountCents, 0]), line(entry.credit, [0, entry.amountCents])]
}

/** `732829320FEC20261231.txt`: the holder's SIREN and the last day. */
export const journalFileName = (siret: string, until: Day, format: 'txt' | 'csv'): string =>
  `${siret.slice(0, 9)}FEC${compact(until)}.${format}`
