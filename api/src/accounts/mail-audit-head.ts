import { queueMail } from '../mail/queue-mail.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { recordAudit } from './audit.ts'
import { findAuditHead, wasHeadMailed } from './audit-queries.ts'
import { listActivePeople } from './invitation-queries.ts'

/**
 * Once a month every funder receives the hash of the newest line, so that the log's past is known outside. Repeating it does
 * nothing more: the line that tells of it is looked for first.
 */
export async function mailAuditHead(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  const month = ctx.today().slice(0, 7)
  await ctx.transaction(async (tx) => {
    await takeLock(tx, 'auditHeadMail')
    const head = await findAuditHead(tx)
    if (!head || (await wasHeadMailed(tx, month))) return
    const funders = await listActivePeople(tx, 'funder', ctx.today())
    for (const { email, language } of funders)
      await queueMail(tx, ctx, {
        to: email,
        language,
        template: 'audit_head',
        facts: { seq: head.seq, on: head.on, hash: head.hash },
      })
    await recordAudit(tx, ctx, 'audit_head_mailed', { month, seq: head.seq, hash: head.hash, funders: funders.length })
  })
}
