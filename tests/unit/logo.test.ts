import { deflateSync } from 'node:zlib'
import { mostLogoBytes, writeLogo } from '@carnet/api/funders/logo.ts'
import { readPng } from '@carnet/api/funders/read-png.ts'
import { AppError } from '@carnet/api/shared/errors.ts'
import { describe, expect, test } from 'vitest'
import { chunk, pngOf } from '../helpers/png.ts'

const size = { width: 240, height: 80 }
const refusalOf = (bytes: Uint8Array) => {
  try {
    writeLogo(bytes)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.facts?.field).toBe('logo')
    return error.code
  }
}
const colourAt = (bytes: Uint8Array, x: number, y: number) => {
  const { width, rgb } = readPng(bytes)
  return [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
}

describe('a logo is refused, and what to do is said, when it', () => {
  test.each([
    ['logo_missing', Buffer.alloc(0)],
    ['logo_not_png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['logo_not_png', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['logo_too_heavy', Buffer.concat([pngOf(size), Buffer.alloc(mostLogoBytes)])],
    ['logo_broken', pngOf(size).subarray(0, 30)],
    ['logo_broken', pngOf(size).subarray(0, -30)],
    ['logo_broken', pngOf({ ...size, packed: deflateSync(Buffer.alloc(100)) })],
    ['logo_broken', pngOf({ ...size, packed: Buffer.from('no zlib') })],
    ['logo_too_small', pngOf({ width: 199, height: 199 })],
    ['logo_too_pale', pngOf({ ...size, at: () => [250, 250, 210] })],
  ])('%s', (code, bytes) => {
    expect(refusalOf(bytes)).toBe(code)
  })

  test('says it is larger than any logo: nothing of it is unpacked', () => {
    const huge = (width: number, height: number) =>
      pngOf({ ...size, packed: Buffer.alloc(0) }).map((byte, at) =>
        at >= 16 && at < 24
          ? [width >>> 24, width >>> 16, width >>> 8, width, height >>> 24, height >>> 16, height >>> 8, height][
              at - 16
            ]! & 255
          : byte,
      )
    for (const [width, height] of [
      [4001, 200],
      [65_535, 65_535],
      [4_294_967_295, 1],
      [2001, 2000],
    ] as const)
      expect(refusalOf(huge(width, height))).toBe('logo_too_large')
  })

  test('says another size further on: the one that was looked at is the only one', () => {
    const large = pngOf({ width: 16_000, height: 16_000, packed: Buffer.alloc(0) })
    const second = large.subarray(8, 33)
    expect(second.subarray(4, 8).toString('latin1')).toBe('IHDR')
    expect(refusalOf(pngOf({ ...size, between: [second] }))).toBe('logo_broken')
    expect(refusalOf(pngOf({ ...size, between: [pngOf(size).subarray(8, 33)] }))).toBe('logo_broken')
  })

  test('says that its samples have 255 bits: a bomb would pass for a picture', () => {
    const file = pngOf({ ...size, packed: deflateSync(Buffer.alloc(2_000_000)) })
    file[24] = 255
    expect(() => readPng(file)).toThrow('No picture has such samples')
    expect(refusalOf(file)).toBe('logo_broken')
  })

  test('unpacks to more than its size, in its pixels or beside them', () => {
    const bomb = deflateSync(Buffer.alloc(60_000_000), { level: 9 })
    expect(bomb.length).toBeLessThan(mostLogoBytes)
    expect(refusalOf(pngOf({ ...size, packed: bomb }))).toBe('logo_broken')
    expect(refusalOf(pngOf({ ...size, isInterlaced: true, packed: bomb }))).toBe('logo_broken')
    const profile = chunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), bomb]))
    const text = chunk('zTXt', Buffer.concat([Buffer.from('t\0\0'), bomb]))
    expect(refusalOf(pngOf({ ...size, between: [profile, text] }))).toBeNull()
  })
})

describe('what is kept', () => {
  test('is pixels and nothing else that was in the file', () => {
    const between = [
      chunk('tEXt', Buffer.from('Author\0Camille Nom')),
      chunk('eXIf', Buffer.from('GPS 48.8566')),
      chunk('iTXt', Buffer.from('XML:com.adobe.xmp\0\0\0\0\0<xmp/>')),
    ]
    const { png } = writeLogo(pngOf({ ...size, between }))
    const types = [
      ...Buffer.from(png)
        .toString('latin1')
        .matchAll(/IHDR|IDAT|IEND|tEXt|eXIf|iTXt|iCCP|pHYs|tIME/g),
    ]
    expect(types.map(([type]) => type)).toEqual(['IHDR', 'IDAT', 'IEND'])
    expect(Buffer.from(png).includes('Camille')).toBe(false)
  })

  test('is small enough for paper, in its own proportions', () => {
    const { png, width, height } = writeLogo(pngOf({ width: 1500, height: 375 }))
    expect([width, height]).toEqual([1000, 250])
    expect(colourAt(png, 400, 200)).toEqual([0, 0, 0])
    expect(colourAt(png, 900, 10)).toEqual([255, 255, 255])
  })

  test('looks the same from every kind of file, on white where it was clear', () => {
    const ink = (x: number) => x < size.width / 2
    const files = [
      pngOf({ ...size, at: (x) => (ink(x) ? [20, 40, 60] : [255, 255, 255]) }),
      pngOf({ ...size, kind: 'rgba', at: (x) => (ink(x) ? [20, 40, 60, 255] : [9, 9, 9, 0]) }),
      pngOf({ ...size, kind: 'rgba', depth: 16, at: (x) => (ink(x) ? [5140, 10_280, 15_420, 65_535] : [1, 1, 1, 0]) }),
      pngOf({
        ...{ ...size, kind: 'palette', depth: 1, at: (x) => [ink(x) ? 0 : 1] },
        between: [chunk('PLTE', Buffer.from([20, 40, 60, 9, 9, 9])), chunk('tRNS', Buffer.from([255, 0]))],
      }),
      pngOf({
        ...{ ...size, at: (x) => (ink(x) ? [20, 40, 60] : [9, 9, 9]) },
        between: [chunk('tRNS', Buffer.from([0, 9, 0, 9, 0, 9]))],
      }),
    ]
    for (const file of files) {
      const { png } = writeLogo(file)
      expect([colourAt(png, 10, 10), colourAt(png, 200, 10)]).toEqual([
        [20, 40, 60],
        [255, 255, 255],
      ])
    }
    for (const depth of [1, 2, 4, 8, 16] as const) {
      const { png } = writeLogo(pngOf({ ...size, kind: 'grey', depth, at: (x) => [ink(x) ? 0 : 2 ** depth - 1] }))
      expect([colourAt(png, 119, 79), colourAt(png, 120, 79)]).toEqual([
        [0, 0, 0],
        [255, 255, 255],
      ])
    }
    const half = writeLogo(pngOf({ ...size, kind: 'grey with alpha', at: (x) => (ink(x) ? [0, 128] : [0, 0]) }))
    expect(colourAt(half.png, 10, 10)).toEqual([127, 127, 127])
  })
})
