import { type PaymentOrder, pain001, painVersions } from '@carnet/api/payouts/pain-001.ts'
import { toSepaText } from '@carnet/api/payouts/sepa-text.ts'
import { cents } from '@carnet/api/shared/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateBankFile } from '../helpers/bank-schema.ts'

const transfer = (change: Partial<PaymentOrder['payments'][number]['transfers'][number]> = {}) => ({
  endToEndId: 'CN0f8fad5bd9cb469fa16570867728950e',
  amountCents: cents(12_340),
  iban: 'FR1420041010050500013M02606',
  bic: 'PSSTFRPPXXX',
  holderName: 'Association « Le Cœur & la Main »',
  remittance: 'Carnet remise 12 - Chèques numériques 2026',
  ...change,
})
const account = { iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP', holderName: 'Opérateur d’État' }
const order = (change: Partial<PaymentOrder> = {}): PaymentOrder => ({
  messageId: 'CN000012-0123456789abcdef',
  createdOn: '2026-03-10',
  executesOn: '2026-03-11',
  payments: [{ ...account, transfers: [transfer()] }],
  ...change,
})
const all = (file: string, tag: string) =>
  [...file.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text)
const inCents = (euros: string | undefined) => Number(euros!.replace('.', ''))

describe('the text of a payment', () => {
  test.each([
    ['Cœur & Façade d’Été', "Coeur + Facade d'Ete"],
    ['ÇA ŒUVRE – « ici »', "CA OEUVRE - ' ici '"],
    ['Straße Łódź Ærø', 'Strasse Lodz AEro'],
    ['a//b///c', 'a/b/c'],
    ['/ avant et après /', 'avant et apres'],
    ['ﬁn…', 'fin...'],
    ['日本', 'NOTPROVIDED'],
    ['', 'NOTPROVIDED'],
    ['dix\u202f€\tet\nplus', 'dix EUR et plus'],
    ['A <b> "c" \' d', "A b 'c' ' d"],
  ])('%s becomes %s', (text, expected) => {
    expect(toSepaText(text, 70)).toBe(expected)
  })

  test('holds only what banks accept, and never more of it than fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 11, max: 140 }), (text, most) => {
        const result = toSepaText(text, most)
        expect(result).toMatch(/^[a-zA-Z0-9/\-?:().,'+ ]+$/)
        expect(result.length).toBeLessThanOrEqual(most)
        expect(result).not.toMatch(/^\/|\/$|\/\/|^ | $/)
        expect(toSepaText(result, most)).toBe(result)
      }),
    )
  })

  test('is cut after its letters were replaced, not before', () => {
    expect(toSepaText('œ'.repeat(60), 70)).toBe('oe'.repeat(35))
    expect(toSepaText(`${'a'.repeat(69)} b`, 70)).toBe('a'.repeat(69))
  })
})

describe('the bank file', () => {
  test('is the same whatever the order in which things come', () => {
    const second = {
      ...account,
      iban: 'DE89370400440532013000',
      bic: 'COBADEFF',
      transfers: [transfer({ endToEndId: 'B' }), transfer({ endToEndId: 'A' })],
    }
    const first = { ...account, transfers: [transfer()] }
    const turned = { ...second, transfers: [...second.transfers].reverse() }
    expect(pain001(order({ payments: [first, second] }), '09')).toBe(
      pain001(order({ payments: [turned, first] }), '09'),
    )
  })

  test('names no address, and the accounts, names and amounts that were approved', () => {
    const file = pain001(order(), '09')
    expect(file).not.toContain('PstlAdr')
    expect(all(file, 'IBAN')).toEqual([account.iban, transfer().iban])
    expect(all(file, 'BICFI')).toEqual([account.bic, transfer().bic])
    expect(all(file, 'Nm')).toEqual(["Operateur d'Etat", "Operateur d'Etat", "Association ' Le Coeur + la Main '"])
    expect(all(file, 'InstdAmt')).toEqual(['123.40'])
    expect(file).toContain('<ReqdExctnDt>\n<Dt>2026-03-11</Dt>\n</ReqdExctnDt>')
    const old = pain001(order(), '03')
    expect(all(old, 'ReqdExctnDt')).toEqual(['2026-03-11'])
    expect(all(old, 'BIC')).toEqual([account.bic, transfer().bic])
  })

  test('adds up: in the whole and for each account, in whole cents', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 2_000_000_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1, maxLength: 3 }), (lists) => {
        const payments = lists.map((list, at) => ({
          ...account,
          iban: `FR00${at}`,
          transfers: list.map((amount, index) =>
            transfer({ amountCents: cents(amount), endToEndId: `E${at}-${index}` }),
          ),
        }))
        const file = pain001(order({ payments }), '09')
        const sum = (list: number[]) => list.reduce((total, amount) => total + amount, 0)
        expect(all(file, 'CtrlSum').map(inCents)).toEqual([sum(lists.flat()), ...lists.map(sum)])
        expect(all(file, 'NbOfTxs').map(Number)).toEqual([lists.flat().length, ...lists.map((list) => list.length)])
        expect(sum(all(file, 'InstdAmt').map(inCents))).toBe(sum(lists.flat()))
      }),
      { numRuns: 40 },
    )
  })

  test.each([1, 9, 10, 99, 100, 101, 99_999_999_999])('writes %i cents with two decimals', (amount) => {
    const [written] = all(
      pain001(order({ payments: [{ ...account, transfers: [transfer({ amountCents: cents(amount) })] }] }), '09'),
      'InstdAmt',
    )
    expect(written).toMatch(/^\d+\.\d\d$/)
    expect(inCents(written)).toBe(amount)
  })

  test('is not written for nothing, nor under an id that would be cut', () => {
    expect(() => pain001(order({ payments: [] }), '09')).toThrow(RangeError)
    expect(() => pain001(order({ payments: [{ ...account, transfers: [] }] }), '09')).toThrow(RangeError)
    expect(() => pain001(order({ messageId: 'x'.repeat(36) }), '09')).toThrow(RangeError)
  })

  test.each(painVersions)('is what the schema of version %s asks for, with the longest names too', (version) => {
    const names = ['Œ'.repeat(200), '& < > "', 'Ville de L’Haÿ-les-Roses', '日本']
    const transfers = names.map((holderName, at) =>
      transfer({ holderName, endToEndId: `CN-${at}`, remittance: holderName.repeat(3) }),
    )
    const payments = [
      { ...account, transfers },
      { ...account, iban: 'DE89370400440532013000', transfers: [transfer()] },
    ]
    const problems = validateBankFile(pain001(order({ payments }), version), version)
    if (problems) expect(problems).toEqual([])
    const wrong = validateBankFile(pain001(order(), version).replace('<PmtMtd>TRF', '<PmtMtd>CASH'), version)
    if (wrong) expect(wrong).not.toEqual([])
  })
})
