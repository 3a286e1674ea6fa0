import {
  bookCountOf,
  checkActivation,
  checkReceiver,
  nextSample,
  sampleSize,
  stateAfter,
  stateBeforeRevocation,
  thirdOf,
  transitions,
} from '@carnet/api/books/box.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const refusal = (code: string) => expect.objectContaining({ code })
const box = fc
  .record({ firstCover: fc.integer({ min: 1, max: 9000 }), books: fc.integer({ min: 10, max: 500 }) })
  .map(({ firstCover, books }) => ({ firstCover, lastCover: firstCover + books - 1 }))

describe('the life of a box', () => {
  test('is sent, acknowledged, then active; each step once', () => {
    expect((['dispatch', 'deliver', 'activate'] as const).reduce(stateAfter, 'printed' as const)).toBe('active')
    for (const [state, events] of Object.entries(transitions))
      for (const event of ['dispatch', 'deliver', 'activate', 'revoke'] as const)
        if (!events[event]) expect(() => stateAfter(state as 'active', event)).toThrow(refusal(`box_is_${state}`))
  })

  test('a revocation that came too late leaves it where it was', () => {
    const dates = { dispatchedOn: null, deliveredOn: null, activatedOn: null }
    expect(stateBeforeRevocation(dates)).toBe('printed')
    expect(stateBeforeRevocation({ ...dates, dispatchedOn: 'd' })).toBe('dispatched')
    expect(stateBeforeRevocation({ ...dates, dispatchedOn: 'd', deliveredOn: 'd' })).toBe('delivered')
    expect(stateBeforeRevocation({ dispatchedOn: 'd', deliveredOn: 'd', activatedOn: 'd' })).toBe('active')
  })

  test('who sent it cannot say that it arrived', () => {
    expect(() => checkReceiver({ dispatchedBy: 'me' }, 'me')).toThrow(refusal('same_person'))
    checkReceiver({ dispatchedBy: 'me' }, 'you')
  })
})

describe('a sample', () => {
  test('is of three books: each cover lies in one third, and the thirds are asked for one after the other', () => {
    fc.assert(
      fc.property(box, (range) => {
        const asked = [0, 1, 2].map((goodSamples) => nextSample([range], goodSamples)!)
        expect(nextSample([range], sampleSize)).toBeNull()
        expect([asked[0]!.firstCover, asked[2]!.lastCover]).toEqual([range.firstCover, range.lastCover])
        for (let cover = range.firstCover; cover <= range.lastCover; cover++) {
          const third = thirdOf([range], cover)!
          expect(cover >= asked[third]!.firstCover && cover <= asked[third]!.lastCover).toBe(true)
        }
        const thirds = asked.map(bookCountOf)
        expect(thirds.reduce((sum, books) => sum + books)).toBe(bookCountOf(range))
        expect(Math.max(...thirds) - Math.min(...thirds)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 50 },
    )
  })

  test('is complete before the box is active', () => {
    const [delivered, covers] = [{ state: 'delivered', goodSamples: 2 } as const, [{ firstCover: 1, lastCover: 30 }]]
    expect(() => checkActivation(delivered, covers)).toThrow(refusal('sample_incomplete'))
    expect(() => checkActivation({ ...delivered, state: 'dispatched', goodSamples: 3 }, covers)).toThrow(
      refusal('box_is_dispatched'),
    )
    checkActivation({ ...delivered, goodSamples: 3 }, covers)
  })
})
