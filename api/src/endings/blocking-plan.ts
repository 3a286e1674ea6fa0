/** Which books are blocked when a campaign ends: covers that prescribers declared as left, and no other. Pure. */
import { createHash } from 'node:crypto'
import type { CoverRange } from '../books/box.ts'
import { booksIn, joined } from '../books/cover-ranges.ts'
import type { Day } from '../shared/days.ts'

export type BlockingPlan = { ranges: CoverRange[]; books: number; sha256: string }

type Declared = { prescriberId: string; ranges: readonly CoverRange[] }

/** What is approved is this hash: another declaration is another list. */
export function planOf(campaign: { id: string; endsOn: Day }, declared: readonly Declared[]): BlockingPlan {
  const ranges = joined(declared.flatMap((one) => one.ranges))
  const said = declared
    .map(({ prescriberId, ranges: own }) => [prescriberId, joined(own).map((one) => [one.firstCover, one.lastCover])])
    .sort()
  return { ranges, books: booksIn(ranges), sha256: hashOf(['blocking', campaign.id, campaign.endsOn, said]) }
}

/** What a funder takes upon itself for books that are handed out in the last week. */
export const lateHandoutsHash = (campaign: { id: string; endsOn: Day }): string =>
  hashOf(['late_handouts', campaign.id, campaign.endsOn])

const hashOf = (text: unknown): string => createHash('sha256').update(JSON.stringify(text)).digest('hex')
