import { type Database, invitations, memberships, people, type Transaction } from '@carnet/db'
import { and, asc, count, desc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Role } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { isReferredTo } from '../shared/error-log.ts'
import { AppError } from '../shared/errors.ts'
import type { Locale } from '../shared/messages.ts'
import type { Invitation, Tenant } from './invitation.ts'

type Reader = Database | Transaction

/**
 * Whose id it is. A membership names a funder, an organisation or a prescriber by its id alone; this is where the three are
 * looked up as one.
 */
export async function findTenant(db: Reader, id: string): Promise<Tenant | undefined> {
  const [tenant] = await db.execute<Tenant>(sql`
    select id, 'organisation' as kind, legal_name as name from organisations where id = ${id}
    union all select id, 'funder', name from funders where id = ${id}
    union all select id, 'prescriber', name from prescribers where id = ${id}`)
  return tenant
}

const ofTenant = (table: typeof memberships | typeof invitations, tenantId: string | null) =>
  tenantId === null ? isNull(table.tenantId) : eq(table.tenantId, tenantId)
const isActive = (today: Day) =>
  and(
    eq(people.isActive, true),
    isNull(memberships.endedOn),
    or(isNull(memberships.validUntil), gte(memberships.validUntil, today)),
  )

const memberColumns = {
  id: memberships.id,
  personId: people.id,
  name: people.name,
  email: people.email,
  role: memberships.role,
  tenantId: memberships.tenantId,
  sinceOn: memberships.sinceOn,
  validUntil: memberships.validUntil,
  endedOn: memberships.endedOn,
}
export type Member = Awaited<ReturnType<typeof listMembers>>[number]

/** Everybody who is or was a member; null: of the coordination. Those who are here first. */
export const listMembers = (db: Reader, tenantId: string | null) =>
  db
    .select(memberColumns)
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(ofTenant(memberships, tenantId))
    .orderBy(sql`${memberships.endedOn} is not null`, asc(people.name), asc(memberships.id))

export async function getMember(db: Reader, id: string): Promise<Member> {
  const [member] = await db
    .select(memberColumns)
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.id, id))
  if (!member) throw new AppError('not_found', 'membership_not_found', 'There is no such membership')
  return member
}

/** Of a tenant, or of one role of the coordination. */
export async function countActive(db: Reader, tenantId: string | null, role: Role, today: Day): Promise<number> {
  const [row] = await db
    .select({ people: count() })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(ofTenant(memberships, tenantId), eq(memberships.role, role), isActive(today)))
  return row!.people
}

export async function isMember(db: Reader, email: string, role: Role, tenantId: string | null, today: Day) {
  const found = await db
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(ofTenant(memberships, tenantId), eq(memberships.role, role), eq(people.email, email), isActive(today)))
  return found.length > 0
}

/** Where those who run the scheme read their mail. */
export const listCoordinators = (db: Reader, today: Day) => listActivePeople(db, 'coordinator', today)

/** Where those of a role read their mail, each once; of these tenants, or of all. */
export const listActivePeople = (
  db: Reader,
  role: Role,
  today: Day,
  tenantIds?: readonly string[],
): Promise<{ email: string; language: Locale }[]> =>
  db
    .selectDistinct({ email: people.email, language: people.language })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.role, role),
        isActive(today),
        tenantIds === undefined ? undefined : inArray(memberships.tenantId, [...tenantIds]),
      ),
    )

/** So that sign-in knows the address. One that is known keeps its name and its language. */
export async function putPerson(
  tx: Transaction,
  person: { name: string; email: string; language: Locale; createdOn: Day },
): Promise<void> {
  await tx.insert(people).values(person).onConflictDoNothing()
}

/** Those that wait or that nobody answered in time; null: of the coordination. */
export const listInvitations = (db: Reader, tenantId: string | null): Promise<Invitation[]> =>
  db
    .select()
    .from(invitations)
    .where(and(ofTenant(invitations, tenantId), eq(invitations.state, 'open')))
    .orderBy(desc(invitations.invitedOn), asc(invitations.name), asc(invitations.id))

export async function getInvitation(db: Reader, id: string): Promise<Invitation> {
  const [invitation] = await db.select().from(invitations).where(eq(invitations.id, id))
  if (!invitation) throw new AppError('not_found', 'invitation_not_found', 'There is no such invitation')
  return invitation
}

/** Null when the same address waits for the same role already. */
export async function insertInvitation(
  tx: Transaction,
  invitation: typeof invitations.$inferInsert,
): Promise<Invitation | null> {
  const [inserted] = await tx.insert(invitations).values(invitation).onConflictDoNothing().returning()
  return inserted ?? null
}

/** The loser of two concurrent decisions changes nothing and gets a conflict. */
export async function moveInvitation(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Invitation, 'state' | 'decidedOn' | 'sentOn' | 'expiresOn'>>,
): Promise<Invitation> {
  const [moved] = await tx
    .update(invitations)
    .set(change)
    .where(and(eq(invitations.id, id), eq(invitations.state, 'open')))
    .returning()
  if (!moved) throw new AppError('conflict', 'invitation_decided', 'This invitation was answered or withdrawn')
  return moved
}

/** All that wait for this address and are not too old, each taken by one sign-in only. */
export const takeInvitations = (tx: Transaction, email: string, today: Day): Promise<Invitation[]> =>
  tx
    .update(invitations)
    .set({ state: 'accepted', decidedOn: today })
    .where(and(eq(invitations.email, email), eq(invitations.state, 'open'), gte(invitations.expiresOn, today)))
    .returning()

export async function getEmail(tx: Transaction, personId: string): Promise<string> {
  const [person] = await tx.select({ email: people.email }).from(people).where(eq(people.id, personId))
  return person!.email
}

/** A membership that ended begins again; one that runs stays as it is. */
export async function beginMembership(
  tx: Transaction,
  {
    personId,
    role,
    tenantId,
    validUntil,
  }: { personId: string; role: Role; tenantId: string | null; validUntil: Day | null },
  today: Day,
): Promise<string> {
  const [begun] = await tx
    .insert(memberships)
    .values({ personId, role, tenantId, validUntil, sinceOn: today })
    .onConflictDoUpdate({
      target: [memberships.personId, memberships.role, memberships.tenantId],
      set: { validUntil, sinceOn: today, endedOn: null, endedBy: null },
    })
    .returning({ id: memberships.id })
  return begun!.id
}

/** Withdrawn or never answered, for so long that nobody asks any more; and who was known by them alone. */
export async function removeOldInvitations(tx: Transaction, before: Day): Promise<void> {
  await tx.delete(invitations).where(lt(invitations.expiresOn, before))
  const known = await tx.execute<{ id: string }>(sql`
    select id from people p where p.created_on < ${before}
       and not exists (select from memberships m where m.person_id = p.id)
       and not exists (select from invitations i where i.email = p.email)
       and not exists (select from audit_log a where a.person_id = p.id)`)
  for (const { id } of known) await removeUnlessNamed(tx, id)
}

/** Whoever signed, proved or entered something stays: their name belongs to it. */
async function removeUnlessNamed(tx: Transaction, personId: string): Promise<void> {
  try {
    await tx.transaction((inner) => inner.delete(people).where(eq(people.id, personId)))
  } catch (error) {
    if (!isReferredTo(error as Error)) throw error
  }
}
