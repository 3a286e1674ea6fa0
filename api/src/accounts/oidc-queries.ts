import { type Database, oidcIdentities, people, type Transaction } from '@carnet/db'
import { and, eq } from 'drizzle-orm'

type Reader = Database | Transaction

/** The person, while active. */
export async function findIdentity(db: Reader, issuer: string, subject: string): Promise<string | undefined> {
  const [row] = await db
    .select({ personId: oidcIdentities.personId })
    .from(oidcIdentities)
    .innerJoin(people, and(eq(people.id, oidcIdentities.personId), eq(people.isActive, true)))
    .where(and(eq(oidcIdentities.issuer, issuer), eq(oidcIdentities.subject, subject)))
  return row?.personId
}

export async function addIdentity(tx: Transaction, identity: typeof oidcIdentities.$inferInsert): Promise<void> {
  await tx.insert(oidcIdentities).values(identity).onConflictDoNothing()
}
