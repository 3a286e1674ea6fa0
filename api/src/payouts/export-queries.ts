import { type Database, payingAccounts, paymentBatches, type Transaction } from '@carnet/db'
import { eq, inArray } from 'drizzle-orm'

type Reader = Database | Transaction
export type PayingAccount = typeof payingAccounts.$inferSelect

export const listPayingAccountsOf = (db: Reader, ids: readonly string[]): Promise<PayingAccount[]> =>
  db
    .select()
    .from(payingAccounts)
    .where(inArray(payingAccounts.id, [...ids]))

/** Of the bank file in its usual version, as hex digits; null before the export. */
export async function findFileSha256(db: Reader, batchId: string): Promise<string | null> {
  const [row] = await db
    .select({ fileSha256: paymentBatches.fileSha256 })
    .from(paymentBatches)
    .where(eq(paymentBatches.id, batchId))
  return row?.fileSha256 ? Buffer.from(row.fileSha256).toString('hex') : null
}
