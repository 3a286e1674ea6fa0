import type { Transaction } from '@carnet/db'
import { checkAddress } from '../mail/address.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type Context, type Person, type Role, requireOperatorOr, requireOwn, requireRole } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { formatsOf } from '../shared/formats.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { type Locale, translate } from '../shared/messages.ts'
import { recordAudit } from './audit.ts'
import { checkRole, type Invitation, invitationDays, mostOpenInvitations, type Tenant } from './invitation.ts'
import {
  findTenant,
  getEmail,
  getInvitation,
  insertInvitation,
  isMember,
  listCoordinators,
  listInvitations,
  moveInvitation,
  putPerson,
} from './invitation-queries.ts'
import { requireFreshProof } from './proof.ts'

export type NewInvitation = {
  email: string
  name: string
  /** Null: of the coordination. */
  tenantId: string | null
  role?: Role | undefined
  validUntil?: Day | undefined
  language: Locale
}

const inviters = ['coordinator', 'funder', 'venue_manager', 'prescriber'] as const

/** Who may decide about the people of a tenant: its own members and the coordination. Throws `forbidden`, `not_found`. */
export function requireInviter(ctx: Context, tenantId: string | null): Person {
  const person = requireRole(ctx.actor, ...inviters)
  if (tenantId === null) requireRole(person, 'coordinator')
  else requireOwn(person, tenantId, 'tenant')
  return person
}

/** Throws `not_found`. */
async function getTenant(tx: Transaction, id: string): Promise<Tenant> {
  const tenant = await findTenant(tx, id)
  if (!tenant)
    throw new AppError('not_found', 'tenant_not_found', 'There is no such organisation, funder or prescriber')
  return tenant
}

/**
 * Invites into the own tenant; a coordinator into any and, with a fresh proof, into the coordination. Throws `forbidden`
 * (`role_not_given`, `cannot_invite_oneself`, `session_needed`, `fresh_proof_needed`), `not_found`, `invalid` (see `checkRole`,
 * `checkAddress`), `conflict` (`already_member`, `already_invited`, `invitations_too_many`).
 */
export async function invitePerson(ctx: Context, wanted: NewInvitation): Promise<Invitation> {
  const person = requireInviter(ctx, wanted.tenantId)
  if (wanted.tenantId === null) requireFreshProof(ctx)
  return ctx.transaction(async (tx) => {
    if (checkAddress(wanted.email) === (await getEmail(tx, person.personId)))
      throw new AppError('forbidden', 'cannot_invite_oneself', 'Somebody else must give you another role')
    const invitation = await inviteWithin(tx, ctx, { ...wanted, invitedBy: person.personId })
    await recordAudit(tx, ctx, 'person_invited', auditOf(invitation))
    return invitation
  })
}

/**
 * Typed at the server: the first coordinator of an installation, or one more where the only one is gone. Asked again it sends the
 * mail again. Throws as `invitePerson`.
 */
export async function inviteCoordinator(
  ctx: Context,
  person: Pick<NewInvitation, 'email' | 'name' | 'language'>,
): Promise<Invitation> {
  requireOperatorOr(ctx.actor)
  const [email, today] = [checkAddress(person.email), ctx.today()]
  return ctx.transaction(async (tx) => {
    const waiting = (await listInvitations(tx, null)).find((one) => one.email === email && one.role === 'coordinator')
    const dates = { sentOn: today, expiresOn: addDays(today, invitationDays) }
    const invitation = waiting
      ? await moveInvitation(tx, waiting.id, dates)
      : await inviteWithin(tx, ctx, { ...person, tenantId: null, role: 'coordinator', invitedBy: null })
    if (waiting) await mailInvitation(tx, ctx, invitation, null)
    await recordAudit(tx, ctx, waiting ? 'invitation_resent' : 'person_invited', auditOf(invitation))
    return invitation
  }, 'carnet_app')
}

const auditOf = ({ id, role, tenantId }: Invitation) => ({ invitationId: id, role, tenantId })

/** The invitation and its mail, in a transaction whose caller has checked who asks. Throws as `invitePerson`. */
async function inviteWithin(
  tx: Transaction,
  ctx: Context,
  wanted: NewInvitation & { invitedBy: string | null },
): Promise<Invitation> {
  const { name, tenantId, validUntil, language, invitedBy } = wanted
  const [email, today] = [checkAddress(wanted.email), ctx.today()]
  const tenant = tenantId === null ? null : await getTenant(tx, tenantId)
  const role = checkRole(tenant, wanted, today)
  await takeLock(tx, 'people', tenantId ?? 'coordination')
  if (await isMember(tx, email, role, tenantId, today))
    throw new AppError('conflict', 'already_member', 'This address is a member already', { field: 'email' })
  const open = await listInvitations(tx, tenantId)
  if (open.length >= mostOpenInvitations)
    throw new AppError('conflict', 'invitations_too_many', `No more than ${mostOpenInvitations} may wait at once`)
  await putPerson(tx, { name, email, language, createdOn: today })
  const dates = { invitedOn: today, sentOn: today, expiresOn: addDays(today, invitationDays) }
  const row = { email, name, role, tenantId, validUntil: validUntil ?? null, language, invitedBy, ...dates }
  const invitation = await insertInvitation(tx, row)
  if (!invitation)
    throw new AppError('conflict', 'already_invited', 'This address is invited already', { field: 'email' })
  await mailInvitation(tx, ctx, invitation, tenant)
  if (!tenant) await tellCoordinators(tx, ctx, invitation)
  return invitation
}

async function mailInvitation(tx: Transaction, ctx: Context, invitation: Invitation, tenant: Tenant | null) {
  const { email, language, role, expiresOn } = invitation
  const t = translate(language)
  const facts = {
    tenant: tenant?.name ?? t('people.coordination'),
    role: t(`role.${role}`),
    until: formatsOf(language).day(expiresOn),
  }
  await queueMail(tx, ctx, { to: email, language, template: 'invitation', facts })
}

/** Nobody joins those who run the scheme unseen. */
async function tellCoordinators(tx: Transaction, ctx: Context, { name, email, role }: Invitation): Promise<void> {
  const by = ctx.actor.kind === 'person' ? ctx.actor.name : 'Carnet'
  for (const { email: to, language } of await listCoordinators(tx, ctx.today())) {
    const facts = { name, email, role: translate(language)(`role.${role}`), by }
    await queueMail(tx, ctx, { to, language, template: 'scheme_invitation', facts })
  }
}

/**
 * Sends the mail again and gives it fourteen days more, once a day at most. Throws `forbidden`, `not_found`, `conflict`
 * (`invitation_decided`, `already_sent_today`).
 */
export async function resendInvitation(ctx: Context, id: string): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const before = await getOwnInvitation(tx, ctx, id)
    const today = ctx.today()
    if (before.state === 'open' && before.sentOn >= today)
      throw new AppError('conflict', 'already_sent_today', 'This invitation was sent today')
    const sent = await moveInvitation(tx, id, { sentOn: today, expiresOn: addDays(today, invitationDays) })
    await mailInvitation(tx, ctx, sent, sent.tenantId === null ? null : await getTenant(tx, sent.tenantId))
    await recordAudit(tx, ctx, 'invitation_resent', auditOf(sent))
    return sent
  })
}

/** From now on it opens nothing. Throws `forbidden`, `not_found`, `conflict` `invitation_decided`. */
export async function withdrawInvitation(ctx: Context, id: string): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    await getOwnInvitation(tx, ctx, id)
    const withdrawn = await moveInvitation(tx, id, { state: 'withdrawn', decidedOn: ctx.today() })
    await recordAudit(tx, ctx, 'invitation_withdrawn', auditOf(withdrawn))
    return withdrawn
  })
}

/** That of another tenant does not exist, and that of the coordination is the coordinators' alone. */
async function getOwnInvitation(tx: Transaction, ctx: Context, id: string): Promise<Invitation> {
  const person = requireRole(ctx.actor, ...inviters)
  const invitation = await getInvitation(tx, id)
  if (person.tenantId !== null && invitation.tenantId !== person.tenantId)
    throw new AppError('not_found', 'invitation_not_found', 'There is no such invitation')
  return invitation
}
