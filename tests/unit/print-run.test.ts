import { createPrivateKey } from 'node:crypto'
import type { BoxState } from '@carnet/api/books/box.ts'
import { placeOf, printFileHeader, writePrintFile } from '@carnet/api/books/print-file.ts'
import {
  boxRanges,
  checkGenerator,
  checkRunSize,
  progressOf,
  stateAfter,
  transitions,
} from '@carnet/api/books/print-run.ts'
import { readTypedCode } from '@carnet/api/books/typed-code.ts'
import { readVoucherText } from '@carnet/api/books/voucher-payload.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const refusal = (code: string) => expect.objectContaining({ code })

describe('a print run', () => {
  test('is requested, its proof approved, then generated', () => {
    expect((['approve_proof', 'generate', 'revoke'] as const).reduce(stateAfter, 'requested' as const)).toBe('revoked')
    for (const [state, events] of Object.entries(transitions))
      for (const event of ['approve_proof', 'generate', 'revoke'] as const)
        if (!events[event]) expect(() => stateAfter(state as 'active', event)).toThrow(refusal(`print_run_is_${state}`))
  })

  test.each<[string, BoxState[], string]>([
    ['no box was sent', ['printed', 'printed'], 'generated'],
    ['a first box was sent', ['printed', 'dispatched'], 'printed'],
    ['one box is still under way', ['delivered', 'dispatched'], 'printed'],
    ['every box arrived', ['delivered', 'active'], 'delivered'],
    ['every box is active', ['active', 'active'], 'active'],
    ['all that was not revoked is active', ['revoked', 'active'], 'active'],
    ['all was revoked', ['revoked', 'revoked'], 'revoked'],
  ])('when %s (%j) it is %s', (_, boxes, state) => {
    expect(progressOf(boxes)).toBe(state)
  })

  test('is not released by who asked for it', () => {
    expect(() => checkGenerator({ requestedBy: 'me' }, 'me')).toThrow(refusal('same_person'))
  })

  test('has no box of fewer than ten books', () => {
    expect(() => checkRunSize(100, 9)).toThrow(refusal('too_few_books_in_a_box'))
    expect(() => checkRunSize(9, 10)).toThrow(refusal('too_few_books_in_a_run'))
    const sizes = fc.tuple(fc.integer({ min: 10, max: 3000 }), fc.integer({ min: 10, max: 400 }), fc.nat(500))
    fc.assert(
      fc.property(sizes, ([books, perBox, before]) => {
        const ranges = boxRanges(before + 1, books, perBox)
        expect([ranges[0]!.firstCover, ranges.at(-1)!.lastCover]).toEqual([before + 1, before + books])
        for (const [at, range] of ranges.entries()) {
          expect(range.lastCover - range.firstCover + 1).toBeGreaterThanOrEqual(10)
          if (at > 0) expect(range.firstCover).toBe(ranges[at - 1]!.lastCover + 1)
        }
      }),
    )
  })
})

describe('the print file', () => {
  const signingKey = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
    format: 'der',
    type: 'pkcs8',
  })
  const printing = {
    kid: 3,
    signingKey,
    campaignNumber: 12,
    lastDay: '2026-06-30',
    faceValueEuros: 10,
    bookSize: 10,
    firstCover: 41,
  }
  const codes = Array.from({ length: 125 }, (_, index) => Uint8Array.from([index % 16, 0, 0, 0, 0, 0, 0, index]))

  test('puts each ten vouchers under one cover', () => {
    expect(placeOf(printing, 0)).toEqual({ cover: 41, place: 1 })
    expect(placeOf(printing, 9)).toEqual({ cover: 41, place: 10 })
    expect(placeOf(printing, 10)).toEqual({ cover: 42, place: 1 })
  })

  const write = async () => {
    let file = ''
    for await (const { bytes } of writePrintFile(printing, codes)) file += bytes
    return file
  }

  test('says the same voucher in two ways', async () => {
    const [, line] = (await write()).split('\r\n')
    const [, qr, typed] = /^41,1,"(.*)",(.*)$/.exec(line!) ?? []
    const voucher = readVoucherText(qr!)
    expect(voucher).toMatchObject({ kid: 3, campaignNumber: 12, lastDay: '2026-06-30', faceValueEuros: 10 })
    expect(voucher!.code).toEqual(codes[0])
    expect(readTypedCode(typed!)).toEqual({ code: codes[0] })
  })

  test('has the same bytes each time', async () => {
    const file = await write()
    expect(file).toBe(await write())
    expect(file.startsWith(printFileHeader)).toBe(true)
    expect(file.trimEnd().split('\r\n')).toHaveLength(126)
  })
})
