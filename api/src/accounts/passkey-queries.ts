import { type Database, passkeys, people, type Transaction } from '@carnet/db'
import { and, asc, count, eq } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

type Reader = Database | Transaction
export type Passkey = typeof passkeys.$inferSelect

export const listPasskeys = (db: Reader, personId: string): Promise<Passkey[]> =>
  db.select().from(passkeys).where(eq(passkeys.personId, personId)).orderBy(asc(passkeys.createdOn), asc(passkeys.id))

export async function countPasskeys(db: Reader, personId: string): Promise<number> {
  const [row] = await db.select({ keys: count() }).from(passkeys).where(eq(passkeys.personId, personId))
  return row!.keys
}

export async function findPasskey(db: Reader, credentialId: Uint8Array): Promise<Passkey | undefined> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.credentialId, credentialId))
  return row
}

/** False when somebody has this passkey already. */
export async function addPasskey(tx: Transaction, passkey: typeof passkeys.$inferInsert): Promise<boolean> {
  const added = await tx.insert(passkeys).values(passkey).onConflictDoNothing().returning({ id: passkeys.id })
  return added.length > 0
}

/** The counter only goes up: of two answers with one count, the second finds another. */
export async function notePasskeyUsed(tx: Transaction, passkey: Passkey, counter: number, on: Day): Promise<void> {
  const noted = await tx
    .update(passkeys)
    .set({ counter, lastUsedOn: on })
    .where(and(eq(passkeys.id, passkey.id), eq(passkeys.counter, passkey.counter)))
    .returning({ id: passkeys.id })
  if (noted.length === 0) throw new AppError('conflict', 'passkey_changed', 'This passkey was just used elsewhere')
}

/** Both throw `not_found`, also for the passkey of somebody else. */
export async function renamePasskey(tx: Transaction, personId: string, id: string, name: string): Promise<void> {
  const where = and(eq(passkeys.id, id), eq(passkeys.personId, personId))
  const renamed = await tx.update(passkeys).set({ name }).where(where).returning({ id: passkeys.id })
  if (renamed.length === 0) throw new AppError('not_found', 'passkey_not_found', 'You have no such passkey')
}

export async function removePasskey(tx: Transaction, personId: string, id: string): Promise<Passkey> {
  const where = and(eq(passkeys.id, id), eq(passkeys.personId, personId))
  const [removed] = await tx.delete(passkeys).where(where).returning()
  if (!removed) throw new AppError('not_found', 'passkey_not_found', 'You have no such passkey')
  return removed
}

/** Gives how many there were. */
export async function removePasskeysOf(tx: Transaction, personId: string): Promise<number> {
  const removed = await tx.delete(passkeys).where(eq(passkeys.personId, personId)).returning({ id: passkeys.id })
  return removed.length
}

export async function getPerson(db: Reader, id: string) {
  const [person] = await db
    .select({ name: people.name, email: people.email, language: people.language })
    .from(people)
    .where(eq(people.id, id))
  return person!
}

export async function changePerson(
  tx: Transaction,
  id: string,
  change: { name: string; language: 'fr' | 'en' },
): Promise<void> {
  await tx.update(people).set(change).where(eq(people.id, id))
}
