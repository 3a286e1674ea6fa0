import type { qualificationState } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { isPayableSiret } from './siret.ts'

/** Whether a venue may be paid for vouchers, day by day. A decision never changes the days before it: earlier scans stay payable. */
export type QualificationState = (typeof qualificationState.enumValues)[number]

/** What may follow what; `none` is a venue nobody applied for. */
export const qualificationTransitions: Record<QualificationState | 'none', readonly QualificationState[]> = {
  none: ['applied'],
  applied: ['under_review', 'disqualified'],
  under_review: ['qualified', 'disqualified'],
  qualified: ['suspended', 'disqualified', 'qualified'],
  suspended: ['qualified', 'disqualified'],
  disqualified: ['applied'],
}

const stepsBeforeQualified: Partial<Record<QualificationState | 'none', readonly QualificationState[]>> = {
  none: ['applied', 'under_review'],
  applied: ['under_review'],
}

/** One decision may take several steps: who qualifies a venue has reviewed it. Each step is written. */
export const stepsTo = (current: CurrentQualification, next: QualificationState): QualificationState[] => [
  ...((next === 'qualified' && stepsBeforeQualified[current?.state ?? 'none']) || []),
  next,
]

/** What may be decided now. */
export const decisionsFrom = (current: CurrentQualification): QualificationState[] => {
  const next = qualificationTransitions[current?.state ?? 'none'].filter((state) => state !== current?.state)
  return stepsBeforeQualified[current?.state ?? 'none'] ? ['qualified', ...next] : next
}

export type CurrentQualification = { state: QualificationState; validFrom: Day } | undefined

/** Throws `conflict` `qualification_is_…` (not a step from there), `qualification_in_the_past`, `siret_missing`. */
export function checkQualification(
  current: CurrentQualification,
  next: { state: QualificationState; from: Day },
  organisation: { siret: string | null },
): void {
  const state = current?.state ?? 'none'
  if (!qualificationTransitions[state].includes(next.state))
    throw new AppError('conflict', `qualification_is_${state}`, `It cannot become ${next.state} now`)
  if (current && next.from < current.validFrom)
    throw new AppError('conflict', 'qualification_in_the_past', 'A decision cannot start before the one it follows', {
      currentFrom: current.validFrom,
    })
  if (next.state === 'qualified' && !isPayableSiret(organisation.siret ?? ''))
    throw new AppError('conflict', 'siret_missing', 'Only an organisation with a SIRET can be paid')
}
