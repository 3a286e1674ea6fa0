import type { Transaction } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import type { Locale } from '../shared/messages.ts'
import { checkAddress } from './address.ts'
import type { MailFacts } from './mail.ts'
import { insertMail } from './queries.ts'
import type { TemplateName } from './templates.ts'

export type NewMail = { to: string; language: Locale; template: TemplateName; facts: MailFacts }

/**
 * Keeps a mail in the caller's transaction: it leaves within a minute of the commit, and never when that is rolled back. No secret
 * goes into `facts`. Throws `invalid` `email_not_valid`.
 */
export async function queueMail(tx: Transaction, ctx: Context, mail: NewMail): Promise<void> {
  const { to, language, template, facts } = mail
  await insertMail(tx, {
    recipient: checkAddress(to),
    language,
    template,
    facts,
    nextAttemptAt: ctx.now(),
    createdOn: ctx.today(),
  })
}
