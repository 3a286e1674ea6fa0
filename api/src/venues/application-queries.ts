import {
  communes,
  type Database,
  memberships,
  organisations,
  type Transaction,
  venueApplications,
  venues,
} from '@carnet/db'
import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Application } from './application.ts'

type Reader = Database | Transaction

export async function insertApplication(tx: Transaction, row: typeof venueApplications.$inferInsert): Promise<void> {
  await tx.insert(venueApplications).values(row)
}

/** That of the browser which sent it. */
export async function findFollowed(db: Reader, followHash: Uint8Array): Promise<Application | undefined> {
  const [found] = await db.select().from(venueApplications).where(eq(venueApplications.followHash, followHash))
  return found
}

/** Counts a try before the code is looked at: of many at once no more than five are. */
export async function countCodeTry(tx: Transaction, followHash: Uint8Array, now: Date, mostTries: number) {
  const [tried] = await tx
    .update(venueApplications)
    .set({ codeTries: sql`${venueApplications.codeTries} + 1` })
    .where(
      and(
        eq(venueApplications.followHash, followHash),
        eq(venueApplications.state, 'unconfirmed'),
        lt(venueApplications.codeTries, mostTries),
        sql`${venueApplications.codeExpiresAt} > ${now.toISOString()}`,
      ),
    )
    .returning()
  return tried
}

export async function renewCode(
  tx: Transaction,
  id: string,
  code: { codeHash: Uint8Array; codeExpiresAt: Date },
): Promise<void> {
  await tx
    .update(venueApplications)
    .set({ ...code, codeTries: 0 })
    .where(and(eq(venueApplications.id, id), eq(venueApplications.state, 'unconfirmed')))
}

export async function confirmRow(tx: Transaction, id: string, confirmedOn: Day): Promise<void> {
  await tx
    .update(venueApplications)
    .set({ state: 'waiting', confirmedOn, codeHash: null, codeExpiresAt: null })
    .where(and(eq(venueApplications.id, id), eq(venueApplications.state, 'unconfirmed')))
}

export type ApplicationRow = Awaited<ReturnType<typeof listApplications>>[number]

/** Those whose address answered, the ones that wait first. */
export const listApplications = (db: Reader) =>
  db
    .select({
      id: venueApplications.id,
      state: venueApplications.state,
      venueName: venueApplications.venueName,
      legalName: venueApplications.legalName,
      commune: communes.name,
      postalCode: venueApplications.postalCode,
      confirmedOn: venueApplications.confirmedOn,
      decidedOn: venueApplications.decidedOn,
    })
    .from(venueApplications)
    .innerJoin(communes, eq(communes.code, venueApplications.communeCode))
    .where(ne(venueApplications.state, 'unconfirmed'))
    .orderBy(
      sql`${venueApplications.state} <> 'waiting'`,
      asc(venueApplications.confirmedOn),
      asc(venueApplications.id),
    )
    .limit(2000)

/** An address that never answered is nobody's application yet. */
export async function getApplication(db: Reader, id: string) {
  const [found] = await db
    .select({ application: venueApplications, commune: communes.name })
    .from(venueApplications)
    .innerJoin(communes, eq(communes.code, venueApplications.communeCode))
    .where(and(eq(venueApplications.id, id), ne(venueApplications.state, 'unconfirmed')))
  if (!found) throw new AppError('not_found', 'application_not_found', 'There is no such application')
  return found
}

/** Two coordinators decide one after the other; the second is told. */
export async function lockWaiting(tx: Transaction, id: string): Promise<Application> {
  const { application } = await getApplication(tx, id)
  const [locked] = await tx
    .select()
    .from(venueApplications)
    .where(and(eq(venueApplications.id, application.id), eq(venueApplications.state, 'waiting')))
    .for('update')
  if (!locked) throw new AppError('conflict', 'application_decided', 'Somebody has decided on it already')
  return locked
}

export async function decideRow(
  tx: Transaction,
  id: string,
  decision: Partial<Pick<Application, 'state' | 'decidedOn' | 'decidedBy' | 'reason' | 'organisationId' | 'venueId'>>,
): Promise<void> {
  await tx.update(venueApplications).set(decision).where(eq(venueApplications.id, id))
}

/** What looks like the same place: the SIRET is known, a venue of this name is in the commune, another application waits. */
export async function findLikeness(db: Reader, { id, siret, communeCode, venueName }: Application) {
  const [organisation] = await db
    .select({ id: organisations.id, legalName: organisations.legalName })
    .from(organisations)
    .where(eq(organisations.siret, siret))
  const members = organisation ? await countMembers(db, organisation.id) : 0
  const places = await db
    .select({ id: venues.id, name: venues.name, address: venues.address })
    .from(venues)
    .where(
      and(
        eq(venues.communeCode, communeCode),
        or(
          sql`lower(${venues.name}) = lower(${venueName})`,
          organisation ? eq(venues.organisationId, organisation.id) : undefined,
        ),
      ),
    )
    .limit(10)
  const others = await db
    .select({ id: venueApplications.id, venueName: venueApplications.venueName })
    .from(venueApplications)
    .where(
      and(eq(venueApplications.siret, siret), ne(venueApplications.id, id), eq(venueApplications.state, 'waiting')),
    )
    .limit(10)
  return { organisation, members, places, others }
}

/** Who has access to an organisation: if anybody has, an application gives it to nobody else. */
export async function countMembers(db: Reader, organisationId: string): Promise<number> {
  const rows = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.tenantId, organisationId), isNull(memberships.endedOn)))
  return rows.length
}

export async function forgetApplications(
  tx: Transaction,
  { unconfirmedBefore, decidedBefore }: { unconfirmedBefore: Day; decidedBefore: Day },
): Promise<void> {
  await tx
    .delete(venueApplications)
    .where(and(eq(venueApplications.state, 'unconfirmed'), lt(venueApplications.submittedOn, unconfirmedBefore)))
  await tx
    .update(venueApplications)
    .set({
      state: sql`case ${venueApplications.state} when 'refused' then 'forgotten'::application_state else ${venueApplications.state} end`,
      contactName: null,
      contactEmail: null,
      reason: sql`case ${venueApplications.state} when 'refused' then null else ${venueApplications.reason} end`,
    })
    .where(
      and(
        inArray(venueApplications.state, ['refused', 'accepted']),
        isNotNull(venueApplications.contactEmail),
        lt(venueApplications.decidedOn, decidedBefore),
      ),
    )
}
