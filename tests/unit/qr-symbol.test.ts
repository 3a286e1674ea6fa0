import { randomBytes } from 'node:crypto'
import { code128Bars } from '@carnet/api/books/pdf/code-128.ts'
import { coverNumber } from '@carnet/api/books/pdf/cover-number.ts'
import { findSymbol } from '@carnet/api/books/pdf/find-symbol.ts'
import { createSymbol, darkRuns, masks, rasterOf } from '@carnet/api/books/pdf/qr-symbol.ts'
import { readWithWasm, readWithZxing } from '@carnet/api/books/pdf/symbol-readers.ts'
import { isTrainingCode, trainingCode } from '@carnet/api/books/training-code.ts'
import { formatTypedCode, readTypedCode } from '@carnet/api/books/typed-code.ts'
import { voucherText } from '@carnet/api/books/voucher-payload.ts'
import { describe, expect, test } from 'vitest'

const newText = () => voucherText(Uint8Array.from([0x11, 1, ...randomBytes(6), 0, ...randomBytes(71)]))
const pictureOf = (symbol: ReturnType<typeof createSymbol>, pixels: number) => {
  const raster = rasterOf(symbol, pixels)
  return { pixels: raster.pixels, width: raster.side, height: raster.side }
}

describe('the symbol of a voucher', () => {
  test('has 37 modules, whatever it says and whatever the mask', () => {
    for (const mask of masks) expect(createSymbol(newText(), mask)).toMatchObject({ size: 37, mask })
    expect(createSymbol(newText(), 0, 'Q').size).toBe(45)
  })

  test('is drawn as it is: its runs are its dark modules', () => {
    const symbol = createSymbol(newText(), 3)
    const dark = new Set<string>()
    for (const { x, y, length } of darkRuns(symbol)) for (let at = x; at < x + length; at++) dark.add(`${at} ${y}`)
    for (let y = 0; y < symbol.size; y++)
      for (let x = 0; x < symbol.size; x++) expect(dark.has(`${x} ${y}`)).toBe(symbol.isDark(x, y))
  })

  test('is one that every reader reads, near and far', async () => {
    const texts = Array.from({ length: 60 }, newText)
    let missedByFirstMask = 0
    for (const text of texts) {
      const first = createSymbol(text, 0)
      const isRead = [6, 3].every((pixels) => readWithZxing(pictureOf(first, pixels)) === text)
      const found = await findSymbol(text)
      if (!isRead) missedByFirstMask++
      expect(found.mask > 0).toBe(!isRead)
      for (const pixels of [3, 6]) expect(readWithZxing(pictureOf(found, pixels))).toBe(text)
      expect(await readWithWasm(pictureOf(found, 3))).toEqual([text])
    }
    expect(missedByFirstMask).toBeLessThan(20)
  })
})

describe('the number of a cover', () => {
  test('reads the same in words and in the barcode', () => {
    expect(coverNumber(421, 173)).toEqual({ text: '0421-000173', digits: '0421000173' })
    expect(coverNumber(16_777_215, 999_999)).toEqual({ text: '16777215-999999', digits: '16777215999999' })
    expect(coverNumber(12345, 1).digits).toHaveLength(12)
    expect(() => coverNumber(1, 1_000_000)).toThrow(RangeError)
  })

  test('is a Code 128 of set C: start, pairs, check and stop', () => {
    const { bars, width } = code128Bars('0421000173')
    expect(width).toBe(11 * 7 + 13)
    expect(bars).toHaveLength(3 * 7 + 4)
    expect(bars.slice(0, 3)).toEqual([
      { x: 0, width: 2 },
      { x: 3, width: 1 },
      { x: 6, width: 3 },
    ])
    expect(() => code128Bars('123')).toThrow(RangeError)
  })
})

test('a training code is known as such when it is typed, and no drawn code is', () => {
  for (const number of [1, 2, 10, 255])
    expect(isTrainingCode(readTypedCode(formatTypedCode(trainingCode(number))).code!)).toBe(true)
  expect(isTrainingCode(trainingCode(256))).toBe(false)
  expect(new Set([1, 2, 3].map((number) => formatTypedCode(trainingCode(number)).slice(0, 4))).size).toBe(3)
  for (let tries = 0; tries < 1000; tries++) {
    const code = Uint8Array.from(randomBytes(8))
    code[0]! &= 15
    expect(isTrainingCode(code)).toBe(false)
  }
})
