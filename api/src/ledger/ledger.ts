import type { Database, Transaction } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type Cents, sumCents } from '../shared/money.ts'
import { type BalanceFilter, insertTransfers, listBalances } from './queries.ts'
import type { NewTransfer } from './transfer.ts'

/** The rules the database holds, as errors a caller may read. What is not here is a bug of ours. */
const refusals: Record<string, readonly [code: string, message: string]> = {
  a_transfer_is_never_changed: ['transfer_changed', 'This was posted before with another content'],
  no_balance_is_negative: ['not_enough_money', 'There is not enough money for this'],
  the_reserve_covers_what_is_owed: ['reserve_exhausted', 'The reserve does not cover what would be owed'],
}

const foreignKeyViolation = '23503'

/**
 * Posts all transfers of a document, or none, on the day of `ctx`. Posting the same again changes nothing.
 * Posts on one paying account go one after the other, until the caller's commit. Gives how many were new.
 * Throws `not_found` `ledger_account_not_found`, `conflict`: `transfer_changed`, `not_enough_money` (facts: what was asked),
 * `reserve_exhausted`.
 */
export async function post(tx: Transaction, ctx: Context, transfers: readonly NewTransfer[]): Promise<number> {
  if (transfers.length === 0) return 0
  try {
    return await insertTransfers(tx, transfers, ctx.today())
  } catch (error) {
    const { code: sqlState, constraint_name: constraint = '' } = causeOf(error)
    if (sqlState === foreignKeyViolation)
      throw new AppError(
        'not_found',
        'ledger_account_not_found',
        'There is no such paying account, funder or organisation',
      )
    const [code, message] = refusals[constraint] ?? []
    if (code === undefined || message === undefined) throw error
    throw new AppError('conflict', code, message, {
      kinds: [...new Set(transfers.map(({ kind }) => kind))],
      askedCents: sumCents(transfers.map(({ amountCents }) => amountCents)),
    })
  }
}

function causeOf(error: unknown): { code?: string; constraint_name?: string } {
  return error instanceof Error ? Object(error.cause) : {}
}

/** The sum of all accounts that fit; accounts that were never used count as 0. */
export async function sumBalances(db: Database | Transaction, filter: BalanceFilter): Promise<Cents> {
  const balances = await listBalances(db, filter)
  return sumCents(balances.map(({ balanceCents }) => balanceCents))
}
