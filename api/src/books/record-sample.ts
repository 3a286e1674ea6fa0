import type { Transaction } from '@carnet/db'
import { type CoverRange, nextSample, thirdOf } from './box.ts'
import { arrivedOf } from './delivery.ts'
import { listGaps } from './gap-queries.ts'
import { countSample, getBox } from './queries.ts'
import { findBoxOf } from './voucher-queries.ts'

export type SampleAnswer = {
  boxId: string
  /** False: this voucher is not the one that was due. */
  isCounted: boolean
  goodSamples: number
  /** From which covers of the box one voucher is due now; null when the sample is complete. */
  next: CoverRange | null
}

/**
 * A voucher whose code was read and found is a good sample of its box, when it is from the third that is due of what arrived.
 * The vouchers of a sample are different because their books are; only the count is written. Null for an unknown
 * voucher, and for one of a box that waits for no sample: not here yet, active, or stopped.
 */
export async function recordSample(tx: Transaction, codeMac: string): Promise<SampleAnswer | null> {
  const found = await findBoxOf(tx, codeMac)
  if (found?.box.state !== 'delivered') return null
  const { id: boxId } = found.box
  const arrived = arrivedOf(found.box, await listGaps(tx, [boxId]))
  const third = thirdOf(arrived, found.coverNumber)
  const isCounted = third !== null && (await countSample(tx, boxId, third))
  const { goodSamples } = await getBox(tx, boxId)
  return { boxId, isCounted, goodSamples, next: nextSample(arrived, goodSamples) }
}
