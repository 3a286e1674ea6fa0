/** What holds up the next step of a month. Pure. */
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
  const isLate = today > sealingDays(month).until || (state === 'open' && isMonthOver(row, today))
  return [
    ...(state === 'frozen' && missingStatements > 0 ? (['statements'] as const) : []),
    ...(state === 'frozen' && openReviews > 0 ? (['reviews'] as const) : []),
    ...(!isAbandoned && !hasKey(id) ? (['key'] as const) : []),
    ...(isLate ? (['late'] as const) : []),
  ]
}
