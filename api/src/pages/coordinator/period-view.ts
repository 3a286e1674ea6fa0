/** What holds up the next step of a month, and its sealing. Pure. */
import { isMonthOver, sealingDays } from '../../periods/period.ts'
import type { Day } from '../../shared/days.ts'
import type { PeriodRow } from '../../statistics/scheme-queries.ts'

export type Blocker = 'statements' | 'reviews' | 'key' | 'late'

export function blockersOf(
  row: PeriodRow,
  { today, hasKey }: { today: Day; hasKey: (id: number) => boolean },
): Blocker[] {
  const { id, month, state, isAbandoned, missingStatements, openReviews } = row
  if (state === 'sealed') return []
  const isLate = today >= sealingDays(month).until || (state === 'open' && isMonthOver(row, today))
  return [
    ...(state === 'frozen' && missingStatements > 0 ? (['statements'] as const) : []),
    ...(state === 'frozen' && openReviews > 0 ? (['reviews'] as const) : []),
    ...(!isAbandoned && !hasKey(id) ? (['key'] as const) : []),
    ...(isLate ? (['late'] as const) : []),
  ]
}

type SealingBlocker = Exclude<Blocker, 'late'> | 'not_over' | 'not_frozen' | 'older' | 'too_early'

/** What must still happen before a month may be sealed; nothing: the next night does it. */
export function sealingBlockersOf(
  row: PeriodRow,
  { today, hasKey, rows }: { today: Day; hasKey: (id: number) => boolean; rows: readonly PeriodRow[] },
): SealingBlocker[] {
  const { id, month, state } = row
  const holds = blockersOf(row, { today, hasKey }).filter((blocker) => blocker !== 'late')
  const isOlderLeft = rows.some((other) => other.id < id && other.state !== 'sealed')
  return [
    ...(state === 'open' ? (['not_over'] as const) : []),
    ...(state === 'closed' ? (['not_frozen'] as const) : []),
    ...holds,
    ...(isOlderLeft ? (['older'] as const) : []),
    ...(state !== 'sealing' && today < sealingDays(month).from ? (['too_early'] as const) : []),
  ]
}
