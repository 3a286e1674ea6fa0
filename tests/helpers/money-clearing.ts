import type { Sql } from 'postgres'
import type { MoneyWorld } from './money-world.ts'

/** One table for the uses of all months: a month that ends makes none, so that no statement has to be planned again. */
export const roomyShelves = {
  prepare: async () => {},
  drop: async (sql: Sql, id: number) => {
    await sql`delete from redemptions where period_id = ${id}`
    await sql`update periods set state = 'sealed', sealed_on = '2026-03-10' where id = ${id}`
  },
}

export const openRoomyShelves = ({ sql }: MoneyWorld) =>
  sql`create table if not exists redemptions_of_lives partition of redemptions default`

const written = [
  ...['transfers', 'ledger_accounts', 'redemptions', 'sealed_campaigns', 'boxes', 'print_runs'],
  ...['statements', 'statement_lines', 'statement_adjustments', 'payouts', 'payout_lines', 'payment_batches'],
  ...['bank_files', 'bank_lines', 'bank_balances', 'receipts', 'fundings', 'money_orders'],
  ...['campaigns', 'campaign_funders', 'funders'],
]

/**
 * Nothing of the money of former lives is left: what breaks is found again by the events of its own life alone, and the
 * invariants, which read all there is, stay quick.
 */
export const clearMoney = ({ sql }: MoneyWorld) =>
  sql.unsafe(
    [
      'set session_replication_role = replica',
      ...written.map((table) => `delete from ${table}`),
      'reset session_replication_role',
    ].join('; '),
  )
