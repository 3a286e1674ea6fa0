/** The end of validity: the dates of the scheme on the way to a last day, and what each of them asks. */
import type { endingStep } from '@carnet/db'
import { addDays, type Day, daysBetween } from '../shared/days.ts'
import { lastDays, type Terms } from './campaign.ts'

export type EndingStep = (typeof endingStep.enumValues)[number]
export type StepDay = { step: EndingStep; on: Day; offset: number }

/** Vouchers that people hold stay good for at least this long after everybody was told. */
export const noticeDays = 30
/** Fewer started books would point at people. */
export const fewestTold = 11
const stopDays = 15
const lateDays = 7

/** In their order. Without days of grace, the last day is also the last that counts. */
export function endingSteps({ endsOn, usesUntil, uploadsUntil }: { endsOn: Day; usesUntil: Day; uploadsUntil: Day }) {
  const days: [EndingStep, Day][] = [
    ['alert', addDays(endsOn, -noticeDays)],
    ['stop_handouts', addDays(endsOn, -stopDays)],
    ['late_handouts', addDays(endsOn, -lateDays)],
    ['last_day', endsOn],
    ...(usesUntil > endsOn ? ([['grace_ends', usesUntil]] as [EndingStep, Day][]) : []),
    ['settled', addDays(uploadsUntil, 1)],
  ]
  return days.map(([step, on]): StepDay => ({ step, on, offset: daysBetween(endsOn, on) }))
}

/** The dates of a campaign's end. */
export const stepsOf = (terms: Pick<Terms, 'endsOn' | 'graceDays'>): StepDay[] =>
  endingSteps({ endsOn: terms.endsOn, ...lastDays(terms) })

/** From that day on, until the campaign is closed, what the step asks may be done. */
export const hasBegun = (terms: Pick<Terms, 'endsOn' | 'graceDays'>, step: EndingStep, today: Day): boolean =>
  stepsOf(terms).some((due) => due.step === step && due.on <= today)
