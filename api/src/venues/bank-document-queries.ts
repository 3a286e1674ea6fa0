import { bankAccountDocuments, type Database, type Transaction } from '@carnet/db'
import { eq, sql } from 'drizzle-orm'
import { AppError } from '../shared/errors.ts'

export type BankDocument = typeof bankAccountDocuments.$inferSelect

/** A document is never replaced: what was verified stays readable. Throws `conflict` `document_exists`. */
export async function insertDocument(
  tx: Transaction,
  document: typeof bankAccountDocuments.$inferInsert,
): Promise<void> {
  const added = await tx.insert(bankAccountDocuments).values(document).onConflictDoNothing().returning({
    id: bankAccountDocuments.bankAccountId,
  })
  if (added.length === 0)
    throw new AppError('conflict', 'document_exists', 'This account has its document: give the account again')
}

export async function getDocument(db: Database | Transaction, bankAccountId: string): Promise<BankDocument> {
  const [document] = await db
    .select()
    .from(bankAccountDocuments)
    .where(eq(bankAccountDocuments.bankAccountId, bankAccountId))
  if (!document) throw new AppError('not_found', 'document_not_found', 'This account has no document')
  return document
}

/** Accounts of these that have a document. */
export async function listDocumented(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: bankAccountDocuments.bankAccountId })
    .from(bankAccountDocuments)
    .where(
      sql`${bankAccountDocuments.bankAccountId}::text in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
    )
  return new Set(rows.map(({ id }) => id))
}

export async function copyDocument(tx: Transaction, fromAccountId: string, toAccountId: string): Promise<void> {
  await tx.execute(sql`
    insert into bank_account_documents (bank_account_id, media_type, content, added_by, added_on)
    select ${toAccountId}, media_type, content, added_by, added_on from bank_account_documents where bank_account_id = ${fromAccountId}`)
}
