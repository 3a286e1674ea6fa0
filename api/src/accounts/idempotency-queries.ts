import { type Database, idempotentAnswers, type Transaction } from '@carnet/db'
import { and, eq, lt } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

type Reader = Database | Transaction

export type KeptRequest = { membershipId: string; key: string; requestHash: Uint8Array; createdOn: Day }
export type KeptAnswer = { status: number; contentType: string | null; body: string }

/** False when this key is there already: of two requests at once, one is first. */
export async function keepRequest(db: Reader, request: KeptRequest): Promise<boolean> {
  const kept = await db
    .insert(idempotentAnswers)
    .values(request)
    .onConflictDoNothing()
    .returning({ key: idempotentAnswers.key })
  return kept.length > 0
}

export async function findKeptAnswer(db: Reader, { membershipId, key }: KeptRequest) {
  const [row] = await db.select().from(idempotentAnswers).where(isThis(membershipId, key))
  return row
}

export async function keepAnswer(db: Reader, { membershipId, key }: KeptRequest, answer: KeptAnswer): Promise<void> {
  await db.update(idempotentAnswers).set(answer).where(isThis(membershipId, key))
}

export async function forgetRequest(db: Reader, { membershipId, key }: KeptRequest): Promise<void> {
  await db.delete(idempotentAnswers).where(isThis(membershipId, key))
}

export async function removeOldAnswers(tx: Transaction, before: Day): Promise<void> {
  await tx.delete(idempotentAnswers).where(lt(idempotentAnswers.createdOn, before))
}

const isThis = (membershipId: string, key: string) =>
  and(eq(idempotentAnswers.membershipId, membershipId), eq(idempotentAnswers.key, key))
