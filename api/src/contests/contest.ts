/**
 * A venue contests a refusal, and a coordinator answers once: it stays, with its reason; the cause is mended and the voucher is
 * scanned again; or its value is paid from the reserve, which two people decide. Nobody ever sees where a voucher was used. Pure.
 */
import type { contestAnswer, contests } from '@carnet/db'
import type { RefusalReason } from '../redemptions/scan.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type ContestReason, reasonsAgainst } from './contest-reasons.ts'

export type Contest = typeof contests.$inferSelect
export type ContestState = Contest['state']
export type ContestAnswer = (typeof contestAnswer.enumValues)[number]

/** What a coordinator may answer; that a payment was refused is said by whoever refused it. */
export const givenAnswers = [
  'rule_applies',
  'used_before',
  'not_recognised',
  'platform_was_up',
] as const satisfies readonly ContestAnswer[]
export type Decision = { state: 'upheld'; answer: (typeof givenAnswers)[number] } | { state: 'scan_again' }

/** Throws `conflict` `contest_reason_not_allowed`. */
export function checkReason(refusal: RefusalReason, reason: ContestReason): void {
  if (!reasonsAgainst(refusal).includes(reason))
    throw new AppError('conflict', 'contest_reason_not_allowed', 'That says nothing against this refusal', {
      allowed: [...reasonsAgainst(refusal)],
    })
}

/** Throws `conflict` `contest_is_…`: it is answered once. */
export function checkOpen({ state }: Pick<Contest, 'state'>): void {
  if (state !== 'open') throw new AppError('conflict', `contest_is_${state}`, 'It was answered already')
}

/** The reserve stands in for the platform alone. Throws `conflict` `contest_not_payable`. */
export function checkPayable({ reason }: Pick<Contest, 'reason'>): void {
  if (reason !== 'platform_down')
    throw new AppError('conflict', 'contest_not_payable', 'Only what the platform kept from being scanned is paid')
}

/** A day as a phone says it, no further away than its scans are believed. */
export const dayOfContest = (day: Day, today: Day): Day => {
  const [first, last] = [addDays(today, -60), addDays(today, 1)]
  return day < first || day > last ? today : day
}
