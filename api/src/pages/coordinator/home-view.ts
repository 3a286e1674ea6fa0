/**
 * What waits for somebody, as a list by deadline. Pure. Nothing leaves it by age: what has no deadline stands after what has
 * one, the oldest first.
 */

import { addDays, type Day, daysBetween } from '../../shared/days.ts'
import type { CampaignStock } from '../../statistics/scheme-queries.ts'
import type { WaitingGroup, WaitingKind } from '../../statistics/waiting-queries.ts'
import { hrefOfWaiting } from './waiting-href.ts'
import { venueQueuePath } from './waiting-venues.ts'

export type SubjectKind = WaitingKind | 'to_pay' | 'unpayable' | 'ending'
export type Subject = {
  kind: SubjectKind
  count: number
  size: number
  cents: number
  since: Day | null
  due: Day | null
  name: string
  href: string
}

export type WaitingFacts = {
  groups: readonly WaitingGroup[]
  /** Payable, and in no batch. */
  payable: { count: number; cents: number }
  unpayable: { count: number; cents: number }
  stocks: readonly (Pick<CampaignStock, 'id' | 'name' | 'endsOn'> & { activeInStock: number })[]
  today: Day
  nextPayoutOn: Day
}

const endingAlertDays = 30

export function subjectsOf({ groups, payable, unpayable, stocks, today, nextPayoutOn }: WaitingFacts): Subject[] {
  const subjects: Subject[] = groups.map((group) => ({ ...group, cents: group.cents ?? 0, href: hrefOf(group) }))
  const isDrafted = groups.some(({ kind }) => kind === 'batch_draft')
  const money = { since: null, name: '', href: '/coordination/remises' }
  if (payable.count > 0 && !isDrafted)
    subjects.push({ ...money, kind: 'to_pay', count: 1, size: payable.count, cents: payable.cents, due: nextPayoutOn })
  if (unpayable.count > 0)
    subjects.push({
      ...money,
      kind: 'unpayable',
      count: unpayable.count,
      size: unpayable.count,
      cents: unpayable.cents,
      due: null,
    })
  for (const { id, name, activeInStock, endsOn } of stocks)
    if (today >= addDays(endsOn, -endingAlertDays) && today <= endsOn)
      subjects.push({
        ...{
          kind: 'ending',
          count: 1,
          size: activeInStock,
          cents: 0,
          since: null,
          due: endsOn,
          name,
        },
        href: `/financeur/campagnes/${id}#ending`,
      })
  return subjects.sort(byDeadline)
}

/** One thing alone is opened at once. */
const hrefOf = (group: WaitingGroup): string =>
  (group.count === 1 ? hrefOfWaiting(group) : null) ?? lists[group.kind] ?? `/coordination/attente/${group.kind}`

const lists: Partial<Record<WaitingKind, string>> = {
  batch_draft: '/coordination/remises',
  batch_frozen: '/coordination/remises',
  application: '/coordination/candidatures?etat=waiting',
  contest: '/coordination/contestations',
  qualification: venueQueuePath,
  book_request: '/colis#demandes',
}

const late = '9999-12-31'
function byDeadline(a: Subject, b: Subject): number {
  const key = ({ due, since, kind }: Subject) => [due ?? late, since ?? late, kind].join()
  return key(a) < key(b) ? -1 : 1
}

/** How many days late; 0 when there is time, or no deadline. */
export const daysLate = (due: Day | null, today: Day): number =>
  due === null ? 0 : Math.max(0, daysBetween(due, today))
