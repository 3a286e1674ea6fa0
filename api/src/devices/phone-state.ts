import { addDays, type Day } from '../shared/days.ts'
import type { PhoneRow } from './phone-list-queries.ts'

/** What a manager should know of a phone, the most urgent first. */
export const phoneStates = ['revoked', 'expired', 'silent', 'owes', 'expiring', 'up_to_date'] as const
export type PhoneState = (typeof phoneStates)[number]

/** A phone that owes something and was silent for this long is called about. */
export const silentDays = 3
const warnDays = 14

type Facts = Pick<PhoneRow, 'state' | 'lastSeenOn' | 'expiresOn' | 'pending'>

/** A link ends 90 days after the last contact: any contact before gives it 90 days more. */
export function phoneStateOf({ state, lastSeenOn, expiresOn, pending }: Facts, today: Day): PhoneState {
  if (state === 'revoked') return 'revoked'
  if (expiresOn < today) return 'expired'
  if (pending > 0) return lastSeenOn <= addDays(today, -silentDays) ? 'silent' : 'owes'
  return expiresOn <= addDays(today, warnDays) ? 'expiring' : 'up_to_date'
}
