import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { nextAttempt, renderMail } from './mail.ts'
import { isRefusedForGood, type Mailer } from './mailer.ts'
import { claimMails, markSent, putOff, removeOldMails, type WaitingMail } from './queries.ts'
import type { TemplateName } from './templates.ts'

const batchSize = 20
const holdMinutes = 15
const keptDays = 30

export type MailParts = { mailer: Mailer; publicUrl: string }

/** Every half minute: sends what waits. Gives how many were sent. A failure puts one mail off and stops none of the others. */
export async function deliverMails(ctx: Context, parts: MailParts): Promise<number> {
  requireOperatorOr(ctx.actor)
  let sent = 0
  while (true) {
    const now = ctx.now()
    const until = new Date(now.getTime() + holdMinutes * 60_000)
    const claimed = await ctx.transaction((tx) => claimMails(tx, { now, until, limit: batchSize }))
    for (const mail of claimed) if (await deliver(ctx, mail, parts)) sent += 1
    if (claimed.length < batchSize) return sent
  }
}

async function deliver(ctx: Context, mail: WaitingMail, { mailer, publicUrl }: MailParts): Promise<boolean> {
  const { id, recipient, language, facts } = mail
  const template = mail.template as TemplateName
  try {
    await mailer.send({ id, to: recipient, ...renderMail({ template, language, facts }, publicUrl) })
  } catch (error) {
    const next = nextAttempt(mail.attempts, ctx.now(), isRefusedForGood(error))
    await ctx.transaction((tx) => putOff(tx, id, next))
    return false
  }
  await ctx.transaction((tx) => markSent(tx, id, ctx.today()))
  return true
}

/** Every night: who was written to is known for 30 days. */
export async function forgetOldMails(ctx: Context): Promise<void> {
  requireOperatorOr(ctx.actor)
  await ctx.transaction((tx) => removeOldMails(tx, addDays(ctx.today(), -keptDays)))
}
