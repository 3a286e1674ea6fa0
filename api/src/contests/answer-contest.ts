import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { type Contest, checkOpen, type Decision } from './contest.ts'
import { getContest, moveContest } from './queries.ts'

/**
 * Answers a contest: the refusal stays, for a reason of the list, or its cause was mended and the voucher is scanned again. A
 * payment is proposed by treasury/pay-contest.ts. Throws `forbidden`, `not_found`, `conflict`: `contest_is_…`, `contest_changed`.
 */
export async function answerContest(ctx: Context, id: string, decision: Decision): Promise<Contest> {
  const { personId } = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const contest = await getContest(tx, id)
    checkOpen(contest)
    const answered = await moveContest(tx, contest, { ...decision, decidedBy: personId, decidedOn: ctx.today() })
    await recordAudit(tx, ctx, 'contest_answered', {
      contestId: id,
      organisationId: contest.organisationId,
      ...decision,
    })
    return answered
  })
}
