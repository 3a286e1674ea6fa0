import { findSymbol } from '@carnet/api/books/pdf/find-symbol.ts'
import { voucherText } from '@carnet/api/books/voucher-payload.ts'
import { attempts, type Grey, greyOf, prepareFrame } from '@carnet/scanner-pwa/camera/attempts.ts'
import { wasmOptions } from '@carnet/scanner-pwa/camera/wasm-options.ts'
import { expect, test } from 'vitest'
import { frameWith } from '../helpers/camera-frame.ts'
import { type Damage, damagedPicture } from '../helpers/damaged-picture.ts'
import { openWasmReader } from '../helpers/wasm-reader.ts'

const flat = (width: number, height: number, value: number): Grey => ({
  pixels: new Uint8ClampedArray(width * height).fill(value),
  width,
  height,
})

test('each attempt looks at the frame, or at its middle in another way', () => {
  const frame = flat(1280, 720, 90)
  expect(prepareFrame(frame, 'as_it_is')).toBe(frame)
  for (const attempt of ['enlarged', 'sharpened', 'smoothed'] as const) {
    const side = attempt === 'enlarged' ? 960 : 480
    const { pixels, ...size } = prepareFrame(frame, attempt)
    expect(size).toEqual({ width: side, height: side })
    expect(pixels.every((value) => value === 90)).toBe(true)
  }
  expect(prepareFrame(flat(30, 20, 7), 'enlarged')).toEqual(flat(60, 40, 7))
  expect(
    greyOf({ data: new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255]), width: 2, height: 1 }).pixels,
  ).toEqual(new Uint8ClampedArray([255, 0]))
})

test.each<Damage>(['grainy', 'blurred'])(
  'within the attempts more %s vouchers are read than by the first',
  async (damage) => {
    const read = await openWasmReader()
    const bytes = Buffer.alloc(80, 0x5a)
    bytes.set([0x11, 1])
    const text = voucherText(bytes)
    const symbol = await findSymbol(text, 'M')
    const found = { first: 0, all: 0 }
    for (let seed = 1; seed <= 6; seed++) {
      const frame = frameWith(damagedPicture(symbol, { damage, seed, sideMm: 24, pixelsPerMm: 6 }), seed)
      const texts: (string | null)[] = []
      for (const attempt of attempts) texts.push(await read(prepareFrame(frame, attempt), wasmOptions))
      found.first += Number(texts[0] === text)
      found.all += Number(texts.includes(text))
    }
    expect(found.all).toBeGreaterThan(found.first)
  },
  60_000,
)
