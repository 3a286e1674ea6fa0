import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '@carnet/api/shared/context.ts'
import type { Sql } from 'postgres'

/**
 * What the server counted of writes to vouchers. A connection tells it when it ends: all others of this database are ended, and
 * whoever held them makes new ones.
 */
export async function countWritesOfVouchers(sql: Sql): Promise<number> {
  const others = () => sql`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
  while ((await others()).length > 0) await sleep(20)
  await reconnect(() => sql`select`)
  const [row] = await sql<{ n: number }[]>`
    select (n_tup_upd + n_tup_del)::int as n from pg_stat_force_next_flush(), pg_stat_user_tables where relname = 'vouchers'`
  return row!.n
}

export const reconnectOperator = ({ transaction }: Context) => reconnect(() => transaction(async () => {}))

/** Uses every connection of a pool until all that were ended are replaced. */
async function reconnect(use: () => PromiseLike<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const used = await Promise.allSettled(Array.from({ length: 10 }, use))
    if (used.every(({ status }) => status === 'fulfilled')) return
    if (attempt === 50) throw new Error('the database does not come back')
    await sleep(50)
  }
}
