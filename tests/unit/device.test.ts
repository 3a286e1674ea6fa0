import { isOverLimit, limits, mostGaps, noteSeqs, type Progress } from '@carnet/api/devices/device.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('sequence numbers', () => {
  test('tell which scans a phone still owes', () => {
    const first = noteSeqs(null, [1, 2, 4])
    expect(first).toEqual({ ackedSeq: 4, gaps: [3] })
    expect(noteSeqs(first, [8])).toEqual({ ackedSeq: 8, gaps: [3, 5, 6, 7] })
    expect(noteSeqs(noteSeqs(first, [8]), [5, 3, 7, 6])).toEqual({ ackedSeq: 8, gaps: [] })
  })

  test('of a phone that enrolled again go on: what it sent before is not missed', () => {
    expect(noteSeqs(null, [501, 500])).toEqual({ ackedSeq: 501, gaps: [] })
    expect(noteSeqs(noteSeqs(null, [500]), [499])).toEqual({ ackedSeq: 500, gaps: [] })
  })

  test('that are none change nothing', () => {
    expect(noteSeqs(null, [])).toEqual({ ackedSeq: 0, gaps: [] })
    expect(noteSeqs({ ackedSeq: 7, gaps: [3] }, [])).toEqual({ ackedSeq: 7, gaps: [3] })
  })

  test('that jump leave a bounded list, at once', () => {
    const { ackedSeq, gaps } = noteSeqs({ ackedSeq: 1, gaps: [] }, [2_147_483_647])
    expect(ackedSeq).toBe(2_147_483_647)
    expect(gaps).toHaveLength(mostGaps)
  })

  const batches = fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), { maxLength: 12 })
  const read = (all: readonly (readonly number[])[]) =>
    all.reduce<Progress>((progress, seqs) => noteSeqs(progress, seqs), { ackedSeq: 0, gaps: [] })

  test('are exactly those below the highest that never came, in whatever order they came', () => {
    fc.assert(
      fc.property(batches, (all) => {
        const seen = new Set(all.flat())
        const { ackedSeq, gaps } = read(all)
        const highest = Math.max(0, ...seen)
        const missing = Array.from({ length: highest }, (_, at) => at + 1).filter((seq) => !seen.has(seq))
        expect(ackedSeq).toBe(highest)
        expect([...gaps].sort((a, b) => a - b)).toEqual(missing)
      }),
    )
  })

  test('may come twice, and in one request or in many', () => {
    fc.assert(
      fc.property(batches, (all) => {
        const { ackedSeq, gaps } = read(all)
        const again = read([...all, ...all])
        const atOnce = read([all.flat()])
        const sorted = (progress: Progress) => [...progress.gaps].sort((a, b) => a - b)
        for (const other of [again, atOnce]) {
          expect(other.ackedSeq).toBe(ackedSeq)
          expect(sorted(other)).toEqual([...gaps].sort((a, b) => a - b))
        }
      }),
    )
  })
})

describe('unknown codes', () => {
  const today = '2026-03-10'
  const { unknownCodesPerDeviceAndDay: ofDevice, unknownCodesPerVenueAndDay: ofVenue } = limits
  const isOver = (byDevice: number, atVenue: number, day = today) =>
    isOverLimit({ day, byDevice, byVenue: new Map([['here', atVenue]]) }, 'here', today)

  test.each([
    [ofDevice - 1, ofVenue - 1, false],
    [ofDevice, 0, true],
    [0, ofVenue, true],
    [0, 0, false],
  ])('%i of a phone and %i at its venue: too many is %s', (byDevice, atVenue, verdict) => {
    expect(isOver(byDevice, atVenue)).toBe(verdict)
  })

  test('of yesterday, or of another venue, do not count', () => {
    expect(isOver(ofDevice, ofVenue, '2026-03-09')).toBe(false)
    expect(isOverLimit({ day: today, byDevice: 0, byVenue: new Map([['there', ofVenue]]) }, 'here', today)).toBe(false)
  })
})
