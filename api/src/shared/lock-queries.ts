import type { Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import { locks } from './locks.ts'

type Lock = keyof typeof locks

/** Waits for the lock and holds it until the transaction ends; with an id, only what has the same id waits. */
export async function takeLock(tx: Transaction, lock: Lock, id?: string): Promise<void> {
  const number = locks[lock]
  if (id === undefined) await tx.execute(sql`select pg_advisory_xact_lock(${number}::bigint)`)
  else await tx.execute(sql`select pg_advisory_xact_lock(${number}::int, hashtext(${id}))`)
}

/** False when another transaction, of this or another process, holds it. */
export async function tryLock(tx: Transaction, lock: Lock): Promise<boolean> {
  const [row] = await tx.execute<{ is_mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(${locks[lock]}::bigint) as is_mine`,
  )
  return row!.is_mine
}

/** Half a second: those who scan must not queue for long behind who waits for them to end. */
export async function lockOutScans(tx: Transaction): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', '500ms', true)`)
  await takeLock(tx, 'periods')
}

/** Waiting longer than `lock_timeout` for a lock. Drizzle wraps the error of the driver. */
export function isLockTimeout(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return code === '55P03' || (cause !== undefined && isLockTimeout(cause))
}
