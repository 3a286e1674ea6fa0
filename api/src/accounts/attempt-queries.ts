import { type Database, people, signInAttempts, type Transaction } from '@carnet/db'
import { and, count, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { codeTries } from './attempt.ts'

type Reader = Database | Transaction
type Kind = (typeof signInAttempts.$inferSelect)['kind']
type Asked = { kind: Kind; browserHash: Uint8Array; now: Date }

export async function addAttempt(tx: Transaction, attempt: typeof signInAttempts.$inferInsert): Promise<void> {
  await tx.insert(signInAttempts).values(attempt)
}

const isLive = ({ kind, browserHash, now }: Asked) =>
  and(
    eq(signInAttempts.kind, kind),
    eq(signInAttempts.browserHash, browserHash),
    isNull(signInAttempts.usedAt),
    gt(signInAttempts.expiresAt, now),
  )

/** A browser has one attempt of a kind: a new one ends those before. */
export async function closeAttempts(tx: Transaction, asked: Asked): Promise<void> {
  await tx.update(signInAttempts).set({ usedAt: asked.now }).where(isLive(asked))
}

export async function findAttempt(db: Reader, asked: Asked) {
  const [attempt] = await db.select().from(signInAttempts).where(isLive(asked))
  return attempt
}

/** Takes the attempt for good: of several that ask at once one gets it. */
export async function useAttempt(tx: Transaction, asked: Asked) {
  const [attempt] = await tx.update(signInAttempts).set({ usedAt: asked.now }).where(isLive(asked)).returning()
  return attempt
}

/** Counts the try before it is looked at, and holds the attempt until the transaction ends. */
export async function countTry(tx: Transaction, asked: Asked) {
  const [attempt] = await tx
    .update(signInAttempts)
    .set({ tries: sql`${signInAttempts.tries} + 1` })
    .where(and(isLive(asked), lt(signInAttempts.tries, codeTries)))
    .returning()
  return attempt
}

export async function countCodes(
  db: Reader,
  by: { browserHash: Uint8Array } | { addressHash: Uint8Array },
  since: Date,
): Promise<number> {
  const whose =
    'browserHash' in by
      ? eq(signInAttempts.browserHash, by.browserHash)
      : eq(signInAttempts.addressHash, by.addressHash)
  const [row] = await db
    .select({ codes: count() })
    .from(signInAttempts)
    .where(and(whose, eq(signInAttempts.kind, 'code'), gt(signInAttempts.createdAt, since)))
  return row!.codes
}

export async function removeOldAttempts(tx: Transaction, before: Date): Promise<void> {
  await tx.delete(signInAttempts).where(lt(signInAttempts.createdAt, before))
}

/** Whoever has this address and may still come in; what they may do is asked when they do. */
export async function findPersonByEmail(db: Reader, email: string) {
  const [person] = await db
    .select({ id: people.id, language: people.language })
    .from(people)
    .where(and(eq(people.email, email), eq(people.isActive, true)))
  return person
}
