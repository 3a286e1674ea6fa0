import type { Database, Transaction } from '@carnet/db'
import type { Context } from './context.ts'

/** The same context inside a transaction that has begun: use cases called with it are kept together, or none of them is. */
export const within = (ctx: Context, tx: Transaction): Context => ({
  ...ctx,
  db: tx as unknown as Database,
  transaction: (run) => run(tx),
})
