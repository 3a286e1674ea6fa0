/**
 * A box of ten books or more goes from the printer to a prescriber. It is worth nothing until both sides acknowledged it, a
 * sample of its vouchers scanned well and its funders' money was set aside; then all of it is active at once.
 */
import type { boxState } from '@carnet/db'
import { AppError } from '../shared/errors.ts'

export type BoxState = (typeof boxState.enumValues)[number]
/** Books are known by the number on their cover, both ends included. */
export type CoverRange = { firstCover: number; lastCover: number }
export type BoxEvent = 'dispatch' | 'deliver' | 'activate' | 'revoke'

export const transitions: Record<BoxState, Partial<Record<BoxEvent, BoxState>>> = {
  printed: { dispatch: 'dispatched', revoke: 'revoked' },
  dispatched: { deliver: 'delivered', revoke: 'revoked' },
  delivered: { activate: 'active', revoke: 'revoked' },
  active: { revoke: 'revoked' },
  revoked: {},
}

export function stateAfter(state: BoxState, event: BoxEvent): BoxState {
  const next = transitions[state][event]
  if (!next) throw new AppError('conflict', `box_is_${state}`, `Cannot ${event} it now`)
  return next
}

type Dates = { dispatchedOn: string | null; deliveredOn: string | null; activatedOn: string | null }

/** What a box was before a revocation that turned out to be too late. */
export function stateBeforeRevocation({ dispatchedOn, deliveredOn, activatedOn }: Dates): BoxState {
  if (activatedOn) return 'active'
  if (deliveredOn) return 'delivered'
  return dispatchedOn ? 'dispatched' : 'printed'
}

/**
 * The sample: one voucher from the first third of the box, then one from the middle, then one from the last. Three thirds are
 * three books, so three different vouchers, and the count alone says which third is next: no code is remembered.
 */
export const sampleSize = 3

export const bookCountOf = ({ firstCover, lastCover }: CoverRange): number => lastCover - firstCover + 1

/** Books that are worth money with an active box. */
export const valuedBooksOf = (box: CoverRange & { missingBooks: number }): number => bookCountOf(box) - box.missingBooks

/** In which third of the books that arrived a cover lies: 0, 1 or 2; null for one that did not arrive. */
export function thirdOf(arrived: readonly CoverRange[], coverNumber: number): number | null {
  const all = arrived.reduce((sum, range) => sum + bookCountOf(range), 0)
  let before = 0
  for (const range of arrived) {
    if (coverNumber >= range.firstCover && coverNumber <= range.lastCover)
      return Math.floor(((before + coverNumber - range.firstCover) * sampleSize) / all)
    before += bookCountOf(range)
  }
  return null
}

/** Between which covers that arrived one voucher is to be scanned next; null when the sample is complete. */
export function nextSample(arrived: readonly CoverRange[], goodSamples: number): CoverRange | null {
  if (goodSamples >= sampleSize) return null
  const all = arrived.reduce((sum, range) => sum + bookCountOf(range), 0)
  const start = (third: number) => Math.ceil((third * all) / sampleSize)
  return {
    firstCover: coverAt(arrived, start(goodSamples)),
    lastCover: coverAt(arrived, start(goodSamples + 1) - 1),
  }
}

function coverAt(arrived: readonly CoverRange[], place: number): number {
  let before = 0
  for (const range of arrived) {
    if (place < before + bookCountOf(range)) return range.firstCover + place - before
    before += bookCountOf(range)
  }
  return arrived.at(-1)!.lastCover
}

/** Throws `forbidden` `same_person`: who sent a box cannot say that it arrived. */
export function checkReceiver(box: { dispatchedBy: string | null }, personId: string): void {
  if (box.dispatchedBy === personId)
    throw new AppError('forbidden', 'same_person', 'Someone else than the sender must acknowledge it')
}

/** Throws `conflict` `sample_incomplete`, `box_is_…`. */
export function checkActivation(box: { state: BoxState; goodSamples: number }, arrived: readonly CoverRange[]): void {
  stateAfter(box.state, 'activate')
  const next = nextSample(arrived, box.goodSamples)
  if (next)
    throw new AppError('conflict', 'sample_incomplete', 'Three vouchers of the box must scan well first', {
      goodSamples: box.goodSamples,
      ...next,
    })
}
