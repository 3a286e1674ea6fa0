import { type Database, funders, logos, type Transaction } from '@carnet/db'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { WrittenLogo } from './logo.ts'

type Reader = Database | Transaction
export type Logo = typeof logos.$inferSelect
/** Null: who runs the scheme. */
export type LogoOwner = string | null

const currentOf = (owner: LogoOwner) =>
  and(owner === null ? isNull(logos.funderId) : eq(logos.funderId, owner), logos.isCurrent)

export async function findLogo(db: Reader, owner: LogoOwner): Promise<Logo | null> {
  const [logo] = await db.select().from(logos).where(currentOf(owner))
  return logo ?? null
}

export const listLogos = (db: Reader, ids: readonly string[]): Promise<Logo[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(logos)
        .where(inArray(logos.id, [...ids]))

/** Who may have one, by name, with the current one: the scheme first. */
export async function listLogoOwners(db: Reader): Promise<{ id: LogoOwner; name: string | null; logo: Logo | null }[]> {
  const rows = await db
    .select({ id: funders.id, name: funders.name, logo: logos })
    .from(funders)
    .leftJoin(logos, and(eq(logos.funderId, funders.id), logos.isCurrent))
    .orderBy(asc(funders.name))
  return [{ id: null, name: null, logo: await findLogo(db, null) }, ...rows]
}

/** The caller holds the lock of the owner. What was there stays for the runs that show it. */
export async function replaceLogo(
  tx: Transaction,
  owner: LogoOwner,
  next: (WrittenLogo & { addedOn: Day }) | null,
): Promise<boolean> {
  const ended = await tx.update(logos).set({ isCurrent: false }).where(currentOf(owner)).returning({ id: logos.id })
  if (next) await tx.insert(logos).values({ funderId: owner, ...next })
  return ended.length > 0
}
