import { chooseDecoder } from '@carnet/scanner-pwa/camera/decoders.ts'
import { looksLikeCover, readCover } from '@carnet/scanner-pwa/handing/cover.ts'
import { afterEach, describe, expect, test, vi } from 'vitest'

vi.mock('@carnet/scanner-pwa/camera/fallback.ts', () => ({ createFallbackDecoder: () => ({ name: 'zxing' }) }))
vi.mock('@carnet/scanner-pwa/camera/cover-fallback.ts', () => ({ createCoverDecoder: () => ({ name: 'zxing' }) }))
afterEach(() => vi.unstubAllGlobals())

test.each([
  ['', null],
  ['carnet', null],
  ['3', { campaignNumber: null, cover: 3 }],
  ['000173', { campaignNumber: null, cover: 173 }],
  ['0421000173', { campaignNumber: 421, cover: 173 }],
  ['0421-000173', { campaignNumber: 421, cover: 173 }],
  ['0421-173', { campaignNumber: 421, cover: 173 }],
  ['123456000009', { campaignNumber: 123456, cover: 9 }],
])('the number of a cover, %j', (text, read) => {
  expect(readCover(text)).toEqual(read)
})

test.each([
  ['042100017', false],
  ['0421000173', true],
  ['12345678000009', true],
  ['123456780000091', false],
  ['0421-000173', false],
])('%s is a whole number of a cover: %s', (text, isOne) => {
  expect(looksLikeCover(text)).toBe(isOne)
})

describe('the phone’s own reader', () => {
  const phoneThatReads = (formats: string[]) =>
    vi.stubGlobal(
      'BarcodeDetector',
      class {
        static getSupportedFormats = async () => formats
        private readonly wanted: { formats: string[] }
        constructor(wanted: { formats: string[] }) {
          this.wanted = wanted
        }
        detect = async () => [{ rawValue: this.wanted.formats.join() }]
      },
    )
  const canvas = {} as HTMLCanvasElement

  test('is chosen where it says that it reads such a code, and asked for that alone', async () => {
    phoneThatReads(['qr_code', 'code_128', 'ean_13'])
    for (const [wanted, format] of [
      ['voucher', 'qr_code'],
      ['cover', 'code_128'],
    ] as const) {
      const decoder = await chooseDecoder(null, wanted)
      expect(decoder.name).toBe('native')
      expect(await decoder.read(canvas)).toBe(format)
    }
  })

  test('is passed over where it reads other codes, breaks, or is told not to be used', async () => {
    phoneThatReads(['ean_13'])
    expect((await chooseDecoder('native', 'voucher')).name).toBe('zxing')
    expect((await chooseDecoder('native', 'cover')).name).toBe('zxing')
    vi.stubGlobal('BarcodeDetector', { getSupportedFormats: () => Promise.reject(new Error('no service')) })
    expect((await chooseDecoder('native')).name).toBe('zxing')
    phoneThatReads(['qr_code'])
    expect((await chooseDecoder('zxing')).name).toBe('zxing')
  })
})
