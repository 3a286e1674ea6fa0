import {
  books,
  boxes,
  campaigns,
  communes,
  type Database,
  devices,
  enrolmentTokens,
  epcis,
  funders,
  installation,
  memberships,
  organisations,
  people,
  prescribers,
  printRuns,
  type Transaction,
  venueQualifications,
  venues,
  vouchers,
} from '@carnet/db'
import { and, asc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Person } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'

/** As after one click: the world is made by people in front of it. */
const oneClick = { id: 'demo', method: 'demo', authenticatedAt: new Date('9999-12-31') } as const

/** The members by e-mail, as actors. */
export async function listActors(db: Database): Promise<Map<string, Person>> {
  const rows = await db
    .select({
      email: people.email,
      name: people.name,
      personId: people.id,
      membershipId: memberships.id,
      role: memberships.role,
      tenantId: memberships.tenantId,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
  return new Map(rows.map(({ email, ...row }) => [email, { kind: 'person', scopes: ['*'], ...row, session: oneClick }]))
}

export async function isSeeded(db: Database): Promise<boolean> {
  const [row] = await db.select({ seededOn: installation.seededOn }).from(installation)
  return row?.seededOn != null
}

export async function markSeeded(tx: Transaction, today: Day): Promise<void> {
  await tx.update(installation).set({ seededOn: today })
}

export function listPayableVenues(db: Database) {
  return db
    .select({
      id: venues.id,
      name: venues.name,
      organisationId: venues.organisationId,
      organisation: organisations.legalName,
    })
    .from(venues)
    .innerJoin(organisations, eq(organisations.id, venues.organisationId))
    .where(isNotNull(organisations.siret))
    .orderBy(asc(venues.name), asc(venues.id))
}

export function listQualifiedVenues(db: Database) {
  return db
    .select({ id: venues.id, name: venues.name, organisationId: venues.organisationId })
    .from(venues)
    .innerJoin(venueQualifications, eq(venueQualifications.venueId, venues.id))
    .where(and(eq(venueQualifications.state, 'qualified'), isNull(venueQualifications.validUntil)))
    .orderBy(asc(venues.name), asc(venues.id))
}

export const listDemoCampaigns = (db: Database) =>
  db
    .select({
      id: campaigns.id,
      name: campaigns.name,
      number: campaigns.number,
      state: campaigns.state,
      endsOn: campaigns.endsOn,
      graceDays: campaigns.graceDays,
    })
    .from(campaigns)
    .orderBy(asc(campaigns.number))

export const listGeneratedRuns = (db: Database) =>
  db.select().from(printRuns).where(isNotNull(printRuns.artefactSha256)).orderBy(asc(printRuns.id))

/** Which vouchers of a run can be used, by code MAC: only the demo asks, to offer some to try. */
export async function listVoucherFacts(tx: Transaction, printRunId: string) {
  const rows = await tx
    .select({ codeMac: vouchers.codeMac, isSpent: vouchers.isSpent, isBlocked: books.isBlocked, boxState: boxes.state })
    .from(vouchers)
    .innerJoin(books, eq(books.id, vouchers.bookId))
    .innerJoin(boxes, eq(boxes.id, books.boxId))
    .where(eq(boxes.printRunId, printRunId))
  return new Map(rows.map(({ codeMac, ...facts }) => [codeMac, facts]))
}

export async function listAcceptedTags(tx: Transaction, periodId: number): Promise<Set<string>> {
  const rows = await tx.execute<{ tag: string }>(
    sql`select replace(tag::text, '-', '') as tag from redemptions where period_id = ${periodId} and state = 'accepted'`,
  )
  return new Set(rows.map(({ tag }) => tag))
}

export async function putDemoDevice(
  tx: Transaction,
  device: typeof devices.$inferInsert & { expiresOn: Day; lastSeenOn: Day },
): Promise<void> {
  const { expiresOn, lastSeenOn } = device
  await tx
    .insert(devices)
    .values(device)
    .onConflictDoUpdate({ target: devices.tokenHash, set: { expiresOn, lastSeenOn } })
}

export async function putDemoEnrolments(
  tx: Transaction,
  tokens: (typeof enrolmentTokens.$inferInsert)[],
  now: Date,
): Promise<void> {
  await tx.delete(enrolmentTokens).where(and(isNull(enrolmentTokens.usedOn), lt(enrolmentTokens.expiresAt, now)))
  if (tokens.length > 0) await tx.insert(enrolmentTokens).values(tokens)
}

export async function listTenants(
  db: Database,
): Promise<{ funders: Map<string, string>; prescribers: Map<string, string> }> {
  const paying = await db.select({ id: funders.id, name: funders.name }).from(funders)
  const handingOut = await db.select({ id: prescribers.id, name: prescribers.name }).from(prescribers)
  const idsByName = (rows: readonly { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [name, id]))
  return { funders: idsByName(paying), prescribers: idsByName(handingOut) }
}

export type DemoCommune = Awaited<ReturnType<typeof listDemoCommunes>>[number]
export const listDemoCommunes = (db: Database, departmentCode: string) =>
  db
    .select({
      code: communes.code,
      name: communes.name,
      population: communes.population,
      epciCode: communes.epciCode,
      epci: epcis.name,
    })
    .from(communes)
    .leftJoin(epcis, eq(epcis.code, communes.epciCode))
    .where(and(eq(communes.departmentCode, departmentCode), isNull(communes.parentCode)))
    .orderBy(asc(communes.code))
