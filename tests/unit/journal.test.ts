import {
  type JournalEntry,
  type JournalSide,
  journalFields,
  journalFileName,
  linesOfEntry,
} from '@carnet/api/accounting/journal.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { accountKind, transferKind } from '@carnet/db'
import { describe, expect, test } from 'vitest'
import { findJournalFaults } from '../helpers/journal-rules.ts'

const side = (kind: JournalSide['kind'], rest: Partial<JournalSide> = {}): JournalSide => ({
  ...{ kind, campaignNumber: 7, campaign: 'Charente 2026', party: null },
  ...rest,
})
const frozen: JournalEntry = {
  kind: 'statement_frozen',
  debit: side('issued', { party: { id: '0b5d6b1a-9f2e-4c1d-8a7b-000000000001', name: 'Ville\tde | Ruffec' } }),
  credit: side('payable'),
  amountCents: cents(123_456),
  documentRef: 'statement:3.abc',
  postedOn: '2026-03-10',
  month: '2026-02-01',
}
const textOf = (entries: readonly JournalEntry[]) => {
  const last = { BQ: 0, OD: 0 }
  return [journalFields, ...entries.flatMap((entry) => linesOfEntry(entry, last))]
    .map((line) => `${line.join('\t')}\r\n`)
    .join('')
}

describe('the journal', () => {
  test('has two lines for each transfer, in the 18 columns of the law', () => {
    expect(linesOfEntry(frozen, { BQ: 4, OD: 8 })).toEqual([
      [
        'OD',
        'Opérations diverses',
        'OD0000009',
        '20260310',
        '46720007',
        'Valeur des chèques émis, Charente 2026',
        '0B5D6B1A9F2E',
        'Ville de Ruffec',
        'statement:3.abc',
        '20260310',
        'Bordereau 2026-02',
        '1234,56',
        '0,00',
        '',
        '',
        '20260310',
        '',
        '',
      ],
      [
        'OD',
        'Opérations diverses',
        'OD0000009',
        '20260310',
        '46750007',
        'Structures à payer, Charente 2026',
        '',
        '',
        'statement:3.abc',
        '20260310',
        'Bordereau 2026-02',
        '0,00',
        '1234,56',
        '',
        '',
        '20260310',
        '',
        '',
      ],
    ])
  })

  test('keeps the rules for every kind of transfer and account', () => {
    const apart = { campaignNumber: null, campaign: null }
    const entries = transferKind.enumValues.flatMap((kind) =>
      accountKind.enumValues.map((account) => ({ ...frozen, kind, debit: side('bank', apart), credit: side(account) })),
    )
    expect(findJournalFaults(textOf([...entries, frozen]))).toEqual([])
  })

  test('is named after the holder and the last day', () => {
    expect(journalFileName('73282932000074', '2026-12-31', 'txt')).toBe('732829320FEC20261231.txt')
  })
})

test.each([
  [
    'a header in another order',
    (text: string) => text.replace('JournalCode\tJournalLib', 'JournalLib\tJournalCode'),
    'header',
  ],
  ['a column too few', (text: string) => text.replace('\tIdevise', '').replaceAll('\t\r\n', '\r\n'), 'header'],
  ['a number left out', (text: string) => text.replaceAll('OD0000002', 'OD0000003'), 'gap'],
  ['an entry that does not balance', (text: string) => text.replace('1234,56', '1234,57'), 'unbalanced'],
  ['a point in an amount', (text: string) => text.replaceAll('1234,56', '1234.56'), 'amount'],
  ['a day written otherwise', (text: string) => text.replace('\t20260310\t', '\t10/03/2026\t'), 'day'],
  ['an account outside the chart', (text: string) => text.replace('46720007', 'A6720007'), 'account'],
  ['a day before the one above', (text: string) => text.replaceAll(/(OD0000002\t)20260310/g, '$120260309'), 'order'],
])('the rules find %s', (_name, spoil, fault) => {
  const sound = textOf([frozen, frozen])
  expect(findJournalFaults(sound)).toEqual([])
  expect(findJournalFaults(spoil(sound)).join()).toContain(fault)
})
