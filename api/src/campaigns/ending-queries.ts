import { periods, redemptions, statements, type Transaction } from '@carnet/db'
import { and, count, eq, ne, notExists, sql } from 'drizzle-orm'

/** Held shared by every scan: what is changed under it alone, a scan sees wholly or not at all. */
const PERIOD_LOCK = 7201

export async function lockOutScans(tx: Transaction): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', '500ms', true)`)
  await tx.execute(sql`select pg_advisory_xact_lock(${PERIOD_LOCK})`)
}

/** Waiting longer than `lock_timeout` for a lock. Drizzle wraps the error of the driver. */
export function isLockTimeout(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return code === '55P03' || (cause !== undefined && isLockTimeout(cause))
}

/** Accepted scans of a campaign whose organisation has no statement yet for their period: still to be paid from issued. */
export async function countAcceptedNotFrozen(tx: Transaction, campaignId: string): Promise<number> {
  const frozen = tx
    .select({ id: statements.id })
    .from(statements)
    .where(
      and(eq(statements.periodId, redemptions.periodId), eq(statements.organisationId, redemptions.organisationId)),
    )
  const [row] = await tx
    .select({ count: count() })
    .from(redemptions)
    .innerJoin(periods, eq(periods.id, redemptions.periodId))
    .where(
      and(
        eq(redemptions.campaignId, campaignId),
        eq(redemptions.state, 'accepted'),
        ne(periods.state, 'sealed'),
        notExists(frozen),
      ),
    )
  return row!.count
}
