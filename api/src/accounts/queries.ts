import { apiTokens, type Database, demoSignIns, memberships, people, type Transaction } from '@carnet/db'
import { and, asc, eq, gte, inArray, isNull, lt, or } from 'drizzle-orm'
import type { Role } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

type Reader = Database | Transaction

export type MembershipRow = {
  personId: string
  membershipId: string
  role: Role
  name: string
  tenantId: string | null
}

export const membershipColumns = {
  personId: people.id,
  membershipId: memberships.id,
  role: memberships.role,
  name: people.name,
  tenantId: memberships.tenantId,
}

export const isCurrent = (today: Day) =>
  and(
    eq(people.isActive, true),
    isNull(memberships.endedOn),
    or(isNull(memberships.validUntil), gte(memberships.validUntil, today)),
  )

export async function findApiToken(db: Reader, tokenHash: Uint8Array, today: Day) {
  const [row] = await db
    .select({
      ...membershipColumns,
      tokenId: apiTokens.id,
      scopes: apiTokens.scopes,
      expiresOn: apiTokens.expiresOn,
      lastUsedOn: apiTokens.lastUsedOn,
    })
    .from(apiTokens)
    .innerJoin(memberships, eq(memberships.id, apiTokens.membershipId))
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isCurrent(today)))
  return row
}

/** One write a day for each token, whatever the number of requests. */
export async function noteTokenUsed(db: Reader, tokenId: string, today: Day): Promise<void> {
  await db.update(apiTokens).set({ lastUsedOn: today }).where(eq(apiTokens.id, tokenId))
}

export type NewMember = {
  name: string
  email: string
  role: Role
  tenantId: string | null
  validUntil: Day | null
}

/** The membership of a person, made where it is missing; one that is there gets the new end. */
export async function putMember(tx: Transaction, member: NewMember, today: Day): Promise<string> {
  const { name, email, role, tenantId, validUntil } = member
  await tx.insert(people).values({ name, email, createdOn: today }).onConflictDoNothing()
  const [person] = await tx.select({ id: people.id }).from(people).where(eq(people.email, email))
  const [membership] = await tx
    .insert(memberships)
    .values({ personId: person!.id, role, tenantId, validUntil })
    .onConflictDoUpdate({ target: [memberships.personId, memberships.role, memberships.tenantId], set: { validUntil } })
    .returning({ id: memberships.id })
  return membership!.id
}

type NewToken = typeof apiTokens.$inferInsert

export async function addApiToken(tx: Transaction, token: NewToken): Promise<string> {
  const [row] = await tx.insert(apiTokens).values(token).returning({ id: apiTokens.id })
  return row!.id
}

/** The same token again lives on until its new end. */
export async function putDemoToken(tx: Transaction, token: NewToken): Promise<void> {
  const { expiresOn } = token
  await tx.insert(apiTokens).values(token).onConflictDoUpdate({ target: apiTokens.tokenHash, set: { expiresOn } })
}

export async function listApiTokens(db: Reader, membershipId: string) {
  return db
    .select({
      id: apiTokens.id,
      label: apiTokens.label,
      scopes: apiTokens.scopes,
      createdOn: apiTokens.createdOn,
      expiresOn: apiTokens.expiresOn,
      lastUsedOn: apiTokens.lastUsedOn,
    })
    .from(apiTokens)
    .where(eq(apiTokens.membershipId, membershipId))
    .orderBy(asc(apiTokens.createdOn), asc(apiTokens.label), asc(apiTokens.id))
}

/** Throws `not_found`, also for the token of another person. */
export async function removeApiToken(tx: Transaction, membershipId: string, id: string): Promise<void> {
  const removed = await tx
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, id), eq(apiTokens.membershipId, membershipId)))
    .returning({ id: apiTokens.id })
  if (removed.length === 0) throw new AppError('not_found', 'api_token_not_found', 'You have no such API token')
}

/** In all roles of a person. Gives how many. */
export async function removeApiTokensOf(tx: Transaction, personId: string): Promise<number> {
  const own = tx.select({ id: memberships.id }).from(memberships).where(eq(memberships.personId, personId))
  const removed = await tx.delete(apiTokens).where(inArray(apiTokens.membershipId, own)).returning({ id: apiTokens.id })
  return removed.length
}

export async function removeOldApiTokens(tx: Transaction, before: Day): Promise<void> {
  await tx.delete(apiTokens).where(lt(apiTokens.expiresOn, before))
}

export async function addDemoSignIn(tx: Transaction, tokenHash: Uint8Array, membershipId: string): Promise<void> {
  await tx.insert(demoSignIns).values({ tokenHash, membershipId }).onConflictDoNothing()
}

export async function findDemoSignIn(db: Reader, tokenHash: Uint8Array) {
  const [row] = await db
    .select({ membershipId: demoSignIns.membershipId, personId: memberships.personId })
    .from(demoSignIns)
    .innerJoin(memberships, eq(memberships.id, demoSignIns.membershipId))
    .where(eq(demoSignIns.tokenHash, tokenHash))
  return row
}
