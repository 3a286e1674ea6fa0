import { accountHolders, type Database, payingAccounts, type Transaction } from '@carnet/db'
import { eq } from 'drizzle-orm'
import { AppError } from '../shared/errors.ts'

export type AccountHolder = typeof accountHolders.$inferSelect & { name: string }

/** Throws `not_found` `account_holder_not_found` when nobody described the holder of that account. */
export async function getHolder(db: Database | Transaction, payingAccountId: string): Promise<AccountHolder> {
  const [row] = await db
    .select({ holder: accountHolders, name: payingAccounts.holderName })
    .from(accountHolders)
    .innerJoin(payingAccounts, eq(payingAccounts.id, accountHolders.payingAccountId))
    .where(eq(accountHolders.payingAccountId, payingAccountId))
  if (!row) throw new AppError('not_found', 'account_holder_not_found', 'Nobody described the holder of that account')
  return { ...row.holder, name: row.name }
}

/** False when there is no such account. */
export async function putHolder(tx: Transaction, values: typeof accountHolders.$inferInsert): Promise<boolean> {
  const [account] = await tx
    .select({ id: payingAccounts.id })
    .from(payingAccounts)
    .where(eq(payingAccounts.id, values.payingAccountId))
  if (!account) return false
  await tx
    .insert(accountHolders)
    .values(values)
    .onConflictDoUpdate({ target: accountHolders.payingAccountId, set: values })
  return true
}

export type DescribedAccount = { id: string; name: string; holder: AccountHolder | null }

/** Every paying account with who invoices for it, if somebody said so. */
export async function listHolders(db: Database): Promise<DescribedAccount[]> {
  const rows = await db
    .select({ account: payingAccounts, holder: accountHolders })
    .from(payingAccounts)
    .leftJoin(accountHolders, eq(accountHolders.payingAccountId, payingAccounts.id))
    .orderBy(payingAccounts.name)
  return rows.map(({ account: { id, name, holderName }, holder }) => ({
    ...{ id, name },
    holder: holder && { ...holder, name: holderName },
  }))
}
