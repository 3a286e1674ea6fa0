import { type Database, ledgerAccounts, type Transaction, transfers } from '@carnet/db'
import { and, countDistinct, eq, inArray, like, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { Cents } from '../shared/money.ts'
import type { AccountKind, NewTransfer } from './transfer.ts'

type Reader = Database | Transaction

/** Held until commit: nobody else posts on these paying accounts between what is read now and what is posted next. */
export async function lockPayingAccounts(tx: Transaction, payingAccountIds: readonly string[]): Promise<void> {
  await tx.execute(sql`select lock_paying_accounts(${sql.param([...payingAccountIds])}::text[]::uuid[])`)
}

/** The database checks directions, pools and balances, and says which rule was broken by the constraint's name. */
export async function insertTransfers(tx: Transaction, posted: readonly NewTransfer[], on: Day): Promise<number> {
  const [row] = await tx.execute<{ added: number }>(
    sql`select post_transfers(${JSON.stringify(posted)}::text::jsonb, ${on}) as added`,
  )
  return row!.added
}

export type BalanceFilter = {
  kinds: readonly AccountKind[]
  payingAccountId?: string
  campaignId?: string
  funderId?: string
  organisationId?: string
}
export type Balance = {
  kind: AccountKind
  payingAccountId: string
  campaignId: string | null
  funderId: string | null
  organisationId: string | null
  balanceCents: Cents
}

/** Accounts that were never used are not there: their balance is 0. */
export async function listBalances(db: Reader, filter: BalanceFilter): Promise<Balance[]> {
  const { payingAccountId, campaignId, funderId, organisationId } = filter
  const conditions: (SQL | undefined)[] = [
    inArray(ledgerAccounts.kind, [...filter.kinds]),
    payingAccountId === undefined ? undefined : eq(ledgerAccounts.payingAccountId, payingAccountId),
    campaignId === undefined ? undefined : eq(ledgerAccounts.campaignId, campaignId),
    funderId === undefined ? undefined : eq(ledgerAccounts.funderId, funderId),
    organisationId === undefined ? undefined : eq(ledgerAccounts.organisationId, organisationId),
  ]
  return db
    .select({
      kind: ledgerAccounts.kind,
      payingAccountId: ledgerAccounts.payingAccountId,
      campaignId: ledgerAccounts.campaignId,
      funderId: ledgerAccounts.funderId,
      organisationId: ledgerAccounts.organisationId,
      balanceCents: ledgerAccounts.balanceCents,
    })
    .from(ledgerAccounts)
    .where(and(...conditions))
}

/** How many documents whose reference begins like this were posted. */
export async function countDocuments(db: Reader, prefix: string): Promise<number> {
  const [row] = await db
    .select({ count: countDistinct(transfers.documentRef) })
    .from(transfers)
    .where(like(transfers.documentRef, `${prefix}%`))
  return row!.count
}
