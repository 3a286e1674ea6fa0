import { periods, redemptions, statements, type Transaction } from '@carnet/db'
import { and, count, eq, ne, notExists } from 'drizzle-orm'

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
