import type { KnownDevice } from '../devices/device-directory.ts'
import { callFindScan } from '../redemptions/queries.ts'
import type { ScanDesk } from '../redemptions/scan-desk.ts'
import { askDatabase, whyNot } from '../redemptions/scan-story.ts'
import type { Context } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type Contest, checkReason, dayOfContest } from './contest.ts'
import type { ContestReason } from './contest-reasons.ts'
import { addContest, contestNotFound, findContest } from './queries.ts'

export type ContestAsked = { reason: ContestReason; service: string; day: Day }

/**
 * Contests the refusal of a scan of this phone's organisation, once: asked again it is the same contest. The refusal is the one that
 * the server knows, never the phone's word. Throws `not_found`, `unavailable`, `conflict`: `scan_was_accepted`, `scan_was_reversed`,
 * `period_sealed`, `contest_reason_not_allowed`, `contest_changed`.
 */
export async function contestRefusal(
  ctx: Context,
  desk: ScanDesk,
  device: KnownDevice,
  scanId: string,
  asked: ContestAsked,
): Promise<Contest> {
  const { organisationId, venueId: boundTo } = device.actor
  const answerMac = ctx.keyring.answerMac(scanId)
  const known = await findContest(ctx.db, answerMac)
  if (known) return sameContest(known, asked)
  const story = await askDatabase(desk, (live) => callFindScan(desk.client, live, scanId, answerMac, organisationId))
  const { outcome, reason: refusal, venueId } = story
  if (outcome === 'accepted')
    throw new AppError('conflict', 'scan_was_accepted', 'This scan was accepted: there is nothing to contest')
  if (outcome !== 'refused' || !refusal || (boundTo && venueId && venueId !== boundTo)) throw whyNot('scan_not_found')
  if (!venueId) throw whyNot('period_sealed')
  checkReason(refusal, asked.reason)
  const day = dayOfContest(asked.day, ctx.today())
  const { reason, service: serviceCode } = asked
  const contest = { answerMac, organisationId, venueId, serviceCode, day, refusal, reason, askedOn: ctx.today() }
  const added = await ctx.transaction((tx) => addContest(tx, contest))
  return added ?? sameContest(await findContest(ctx.db, answerMac), asked)
}

function sameContest(known: Contest | undefined, { reason }: ContestAsked): Contest {
  if (!known) throw contestNotFound()
  if (known.reason !== reason)
    throw new AppError('conflict', 'contest_changed', 'This refusal was contested for another reason')
  return known
}
