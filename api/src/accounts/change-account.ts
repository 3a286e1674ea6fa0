import { queueMail } from '../mail/queue-mail.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import type { Locale } from '../shared/messages.ts'
import { recordAudit } from './audit.ts'
import { changePerson, countPasskeys, getPerson, removePasskey, renamePasskey } from './passkey-queries.ts'
import { requireFreshProof, requireSession } from './proof.ts'
import { listCurrentMemberships } from './session-queries.ts'
import { isStrict } from './session-rules.ts'

/** One's own name and the language of one's mails. The address is who one is here: another one is another invitation. */
export async function changeAccount(ctx: Context, change: { name: string; language: Locale }): Promise<void> {
  const { personId } = requireSession(ctx)
  await ctx.transaction(async (tx) => {
    await changePerson(tx, personId, change)
    await recordAudit(tx, ctx, 'account_changed', { personId, language: change.language })
  })
}

/** Throws `not_found`. */
export async function namePasskey(ctx: Context, id: string, name: string): Promise<void> {
  const { personId } = requireSession(ctx)
  await ctx.transaction((tx) => renamePasskey(tx, personId, id, name))
}

/**
 * A lost phone opens nothing any more. Whoever works with a passkey keeps one. Throws `forbidden` `fresh_proof_needed`, `not_found`,
 * `conflict` `last_passkey`.
 */
export async function dropPasskey(ctx: Context, id: string): Promise<void> {
  const { personId } = requireFreshProof(ctx)
  await ctx.transaction(async (tx) => {
    await takeLock(tx, 'passkeys', personId)
    const roles = await listCurrentMemberships(tx, personId, ctx.today())
    const isNeeded = roles.some(({ role }) => isStrict(role))
    const { name } = await removePasskey(tx, personId, id)
    if (isNeeded && (await countPasskeys(tx, personId)) === 0)
      throw new AppError('conflict', 'last_passkey', 'Add another passkey before you remove the last one')
    const { email, language } = await getPerson(tx, personId)
    await queueMail(tx, ctx, { to: email, language, template: 'passkey_removed', facts: { name } })
    await recordAudit(tx, ctx, 'passkey_removed', { personId, name })
  })
}
