import { readBankMessage } from '@carnet/api/treasury/read-bank-message.ts'
import { describe, expect, test } from 'vitest'
import { accountOfWorld, camt, pain002 } from '../helpers/bank-files.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const codeOf = (file: Uint8Array) => {
  try {
    readBankMessage(file)
    return 'read'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}
const text = (file: Uint8Array) => new TextDecoder().decode(file)
const one = { direction: 'CRDT', cents: 1234, reference: 'R1', text: 'Conseil départemental & <Cie>' } as const

describe('a file of the bank', () => {
  test.each(['02', '04', '06', '08', '10'])('is read in version %s, with or without prefixes', (version) => {
    const file = camt([one], { version, closing: 99 })
    const plain = text(file).replaceAll('c:', '').replaceAll(':c=', '=')
    for (const message of [readBankMessage(file), readBankMessage(bytes(plain))]) {
      expect(message).toMatchObject({ kind: 'camt.053', version: `camt.053.001.${version}` })
      expect(message.movements).toMatchObject([
        {
          iban: accountOfWorld,
          direction: 'credit',
          amountCents: 1234,
          on: '2026-03-10',
          isBooked: true,
          remittance: one.text,
        },
      ])
      expect(message.balances).toMatchObject([{ balanceCents: 99, isOverdrawn: false, on: '2026-03-10' }])
    }
  })

  test.each(['02', '03', '08', '10'])('that answers payments is read in version %s', (version) => {
    const answer = pain002('CN000001-abc', [{ endToEndId: 'CN1', status: 'RJCT', reason: 'AC04' }], {
      version,
      group: 'PART',
    })
    expect(readBankMessage(answer).statuses).toMatchObject([
      { status: 'PART', endToEndId: null, messageId: 'CN000001-abc' },
      { status: 'RJCT', endToEndId: 'CN1', paymentInfoId: 'CN000001-abc-1', reason: 'AC04' },
    ])
  })

  test('in the encodings of old banks keeps its letters', () => {
    const latin = text(camt([one])).replace('UTF-8', 'ISO-8859-1')
    const [movement] = readBankMessage(Buffer.from(latin, 'latin1')).movements
    expect(movement!.remittance).toBe(one.text)
    expect(codeOf(Buffer.from(text(camt([one])), 'latin1'))).toBe('bank_file_unreadable')
    expect(codeOf(bytes(text(camt([one])).replace('UTF-8', 'UTF-7')))).toBe('bank_file_unreadable')
  })

  test('is cut into the movements of its details, and has an own reference for each', () => {
    const twice = text(camt([{ ...one, reference: '' }])).replace(/<c:Ntry>.*<\/c:Ntry>/s, (entry) => entry + entry)
    const [first, second] = readBankMessage(bytes(twice)).movements
    expect(first!.bankReference).not.toBe(second!.bankReference)
    expect(readBankMessage(bytes(twice)).movements).toEqual([first, second])
    const detail = /<c:TxDtls>.*<\/c:TxDtls>/s
    const split = text(camt([one]))
      .replace('>12.34<', '>24.68<')
      .replace(detail, (found) => found + found)
    expect(readBankMessage(bytes(split)).movements.map(({ amountCents }) => amountCents)).toEqual([1234, 1234])
    const wrong = text(camt([one]))
      .replace('>12.34<', '>24.69<')
      .replace(detail, (found) => found + found)
    expect(readBankMessage(bytes(wrong)).movements.map(({ amountCents }) => amountCents)).toEqual([2469])
  })

  test('that tries to read other files or to grow is refused before it is read', () => {
    const xxe = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>`
    const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Document>&b;</Document>`
    expect([xxe, laughs, laughs.toLowerCase()].map((file) => codeOf(bytes(file)))).toEqual(
      Array(3).fill('bank_file_has_doctype'),
    )
    const file = text(camt([{ ...one, text: 'NAME' }]))
    expect(readBankMessage(bytes(file.replace('NAME', '&xxe;'))).movements[0]!.remittance).toBe('&xxe;')
    expect(codeOf(bytes('<a>'.repeat(5_000) + '</a>'.repeat(5_000)))).toBe('bank_file_unreadable')
    expect(codeOf(bytes(file.replace('</c:Document>', '')))).toBe('bank_file_unreadable')
    expect(codeOf(bytes(file.replace('NAME', 'a\0b')))).toBe('bank_file_unreadable')
    expect(codeOf(bytes(''))).toBe('bank_file_unreadable')
  })

  test('that is another message, or lacks what a movement needs, is refused', () => {
    const file = text(camt([one]))
    expect(codeOf(bytes('<Document><FIToFI/></Document>'))).toBe('bank_file_unknown')
    expect(codeOf(bytes('<html/>'))).toBe('bank_file_unknown')
    expect(codeOf(bytes(file.replaceAll('EUR', 'USD')))).toBe('bank_amount_unreadable')
    expect(codeOf(bytes(file.replaceAll('12.34', '12.345')))).toBe('bank_amount_unreadable')
    expect(codeOf(bytes(file.replaceAll('12.34', '-12.34')))).toBe('bank_amount_unreadable')
    expect(codeOf(bytes(file.replace('CRDT', 'X')))).toBe('bank_file_incomplete')
    expect(codeOf(bytes(file.replace('2026-03-10', '2026-13-40')))).toBe('bank_file_incomplete')
    expect(codeOf(bytes(file.replace(/<c:IBAN>.*<\/c:IBAN>/, '')))).toBe('bank_file_incomplete')
  })
})
