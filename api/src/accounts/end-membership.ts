import type { Transaction } from '@carnet/db'
import { queueMail } from '../mail/queue-mail.ts'
import { type Context, type Person, requirePerson } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { recordAudit } from './audit.ts'
import { countActive, findTenant, getMember, listCoordinators, type Member } from './invitation-queries.ts'
import { closeMembership, wasToldToday } from './leaving-queries.ts'

/**
 * Ends a membership now: its sessions, its API tokens and its sign-in links are gone with it; phones belong to the
 * organisation and stay. People end their own or a colleague's, a coordinator anybody's. Ending twice changes nothing.
 * Throws `forbidden`, `not_found`, `conflict` (`last_member`: then the coordinators are told; `last_coordinator`).
 */
export async function endMembership(ctx: Context, membershipId: string): Promise<Member> {
  const person = requirePerson(ctx.actor)
  try {
    return await ctx.transaction(async (tx) => {
      const member = await getMember(tx, membershipId)
      requireColleague(person, member)
      const { role, tenantId } = member
      await takeLock(tx, 'people', tenantId ?? 'coordination')
      if (member.endedOn === null) await checkOthers(tx, ctx, person, member)
      if (await closeMembership(tx, membershipId, { endedOn: ctx.today(), endedBy: person.personId }))
        await recordAudit(tx, ctx, 'membership_ended', { membershipId, role, tenantId })
      return { ...member, endedOn: member.endedOn ?? ctx.today() }
    })
  } catch (error) {
    if (error instanceof AppError && error.code === 'last_member') await tellCoordinators(ctx, membershipId)
    throw error
  }
}

/** A member whose access the person who asks may end. Throws as `endMembership`. */
export async function readColleague(ctx: Context, membershipId: string): Promise<Member> {
  const person = requirePerson(ctx.actor)
  const member = await getMember(ctx.db, membershipId)
  requireColleague(person, member)
  return member
}

function requireColleague(person: Person, { id, tenantId }: Member): void {
  if (person.role === 'coordinator' || person.membershipId === id) return
  if (person.tenantId === null)
    throw new AppError('forbidden', 'role_not_allowed', 'Only a coordinator may end this membership')
  if (person.tenantId !== tenantId)
    throw new AppError('not_found', 'membership_not_found', 'There is no such membership')
}

async function checkOthers(tx: Transaction, ctx: Context, person: Person, { role, tenantId }: Member): Promise<void> {
  const isForCoordination = tenantId !== null && person.role === 'coordinator'
  if (isForCoordination || (tenantId === null && role !== 'coordinator')) return
  if ((await countActive(tx, tenantId, role, ctx.today())) > 1) return
  if (tenantId === null)
    throw new AppError('conflict', 'last_coordinator', 'Invite another coordinator first, and wait for their sign-in')
  throw new AppError('conflict', 'last_member', 'Invite a colleague first: the coordinators have been told')
}

/** In a transaction of its own, since the other was refused; once a day, however often somebody tries. */
async function tellCoordinators(ctx: Context, membershipId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    await takeLock(tx, 'people', membershipId)
    if (await wasToldToday(tx, membershipId, ctx.today())) return
    const { name, tenantId } = await getMember(tx, membershipId)
    const tenant = (await findTenant(tx, tenantId!))?.name ?? ''
    for (const { email, language } of await listCoordinators(tx, ctx.today()))
      await queueMail(tx, ctx, { to: email, language, template: 'last_member', facts: { name, tenant, membershipId } })
  })
}
