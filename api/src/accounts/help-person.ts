import type { Transaction } from '@carnet/db'
import { queueMail } from '../mail/queue-mail.ts'
import { atGate, type Context, type Person, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { recordAudit } from './audit.ts'
import { getMember, listCoordinators, type Member } from './invitation-queries.ts'
import { countPasskeys, getPerson, removePasskeysOf } from './passkey-queries.ts'
import { requireFreshProof } from './proof.ts'
import { removeApiTokensOf } from './queries.ts'
import { listSessions, removeSessionsOf } from './session-queries.ts'

/*
 * What a coordinator does for somebody who lost a phone or a key. Neither act lets the coordinator in anywhere: a new passkey
 * is made by whoever reads the mail of the address, so a reset takes two people.
 */

/** Throws `forbidden` (`not_for_oneself`: one’s own account has a page of its own), `not_found`. */
async function requireOther(ctx: Context, membershipId: string): Promise<{ person: Person; member: Member }> {
  const person = requireRole(ctx.actor, 'coordinator')
  const member = await getMember(ctx.db, membershipId)
  if (member.personId === person.personId)
    throw new AppError('forbidden', 'not_for_oneself', 'Another coordinator does this for you')
  return { person, member }
}

/** How the account of a member stands, in all its roles. Throws as `requireOther`. */
export async function readAccountOf(ctx: Context, membershipId: string) {
  const { member } = await requireOther(ctx, membershipId)
  const { db } = atGate(ctx)
  const keys = await countPasskeys(db, member.personId)
  const { length: sessions } = await listSessions(db, member.personId, ctx.now())
  return { member, keys, sessions }
}

/**
 * Takes all passkeys of a person away and ends their sessions and API tokens, which whoever found the key may have made; the next
 * sign-in by code makes a new one. The person and all coordinators are told. Throws as `requireOther`, `forbidden`
 * `fresh_proof_needed`, `conflict` `no_passkeys`.
 */
export async function resetPasskeys(ctx: Context, membershipId: string): Promise<Member> {
  const { person, member } = await requireOther(ctx, membershipId)
  requireFreshProof(ctx)
  const { personId } = member
  const gate = atGate(ctx)
  await gate.transaction(async (tx) => {
    await takeLock(tx, 'passkeys', personId)
    const count = await removePasskeysOf(tx, personId)
    if (count === 0) throw new AppError('conflict', 'no_passkeys', 'This person has no passkey')
    await removeSessionsOf(tx, personId)
    const tokens = await removeApiTokensOf(tx, personId)
    await tell(tx, gate, { member, template: 'passkeys_reset', by: person.name })
    await tellCoordinators(tx, gate, member, person.name)
    await recordAudit(tx, ctx, 'passkeys_reset', { personId, membershipId, count, tokens })
  })
  return member
}

/** Ends every session of a person, in all roles. The person is told. Throws as `requireOther`. */
export async function endSessionsOf(ctx: Context, membershipId: string): Promise<Member> {
  const { person, member } = await requireOther(ctx, membershipId)
  const { personId } = member
  const gate = atGate(ctx)
  await gate.transaction(async (tx) => {
    await takeLock(tx, 'passkeys', personId)
    const count = await removeSessionsOf(tx, personId)
    await tell(tx, gate, { member, template: 'sessions_ended', by: person.name })
    await recordAudit(tx, ctx, 'sessions_ended', { personId, membershipId, count })
  })
  return member
}

type Told = { member: Member; template: 'passkeys_reset' | 'sessions_ended'; by: string }

async function tell(tx: Transaction, ctx: Context, { member, template, by }: Told): Promise<void> {
  const { email, language } = await getPerson(tx, member.personId)
  await queueMail(tx, ctx, { to: email, language, template, facts: { by } })
}

/** Nobody is let in anew by one coordinator unseen. */
async function tellCoordinators(tx: Transaction, ctx: Context, { name, email }: Member, by: string): Promise<void> {
  for (const { email: to, language } of await listCoordinators(tx, ctx.today()))
    if (to !== email)
      await queueMail(tx, ctx, { to, language, template: 'passkeys_reset_told', facts: { name, email, by } })
}
