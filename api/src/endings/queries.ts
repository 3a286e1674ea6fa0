import {
  type Database,
  endingSignatures,
  endingSteps,
  funders,
  leftoverDeclarations,
  prescribers,
  type Transaction,
} from '@carnet/db'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Campaign } from '../campaigns/queries.ts'
import { type Day, lastMonthEnd } from '../shared/days.ts'

type Reader = Database | Transaction
type EndingOf = Pick<Campaign, 'id' | 'endsOn'>
export type StepDone = typeof endingSteps.$inferSelect
export type EndingSignature = Pick<typeof endingSignatures.$inferSelect, 'funderId' | 'act' | 'sha256' | 'signedOn'> & {
  funder: string
}
export type Leftover = Pick<typeof leftoverDeclarations.$inferSelect, 'prescriberId' | 'ranges' | 'declaredOn'> & {
  prescriber: string
}

/** False when it was done before, by another run or another process. */
export async function insertStep(tx: Transaction, step: typeof endingSteps.$inferInsert): Promise<boolean> {
  const done = await tx.insert(endingSteps).values(step).onConflictDoNothing().returning({ step: endingSteps.step })
  return done.length > 0
}

/** On the way to this last day. */
export const listSteps = (db: Reader, campaignId: string, endsOn: Day): Promise<StepDone[]> =>
  db
    .select()
    .from(endingSteps)
    .where(and(eq(endingSteps.campaignId, campaignId), eq(endingSteps.endsOn, endsOn)))

export type EndingCounts = { issuedBooks: number; handedOutBooks: number; startedBooks: number }

/** Books issued, handed out in months that were over that evening, and started: when sealing marked one of its vouchers as used. */
export async function countEndingBooks(tx: Transaction, campaignId: string, evening: Day): Promise<EndingCounts> {
  const [row] = await tx.execute<EndingCounts>(sql`
    select coalesce((select sum(x.last_cover - x.first_cover + 1 - x.missing_books) from boxes x
                      where x.campaign_id = ${campaignId} and x.state = 'active'), 0)::int as "issuedBooks",
           coalesce((select sum(h.books) from handouts h where h.campaign_id = ${campaignId} and h.month <= ${lastMonthEnd(evening)}), 0)::int as "handedOutBooks",
           (select count(distinct v.book_id) from vouchers v where v.campaign_id = ${campaignId} and v.is_spent)::int as "startedBooks"`)
  return row!
}

/** What it says last counts, on the way to one last day. */
export async function putLeftover(tx: Transaction, leftover: typeof leftoverDeclarations.$inferInsert): Promise<void> {
  const { ranges, declaredBy, declaredOn } = leftover
  await tx
    .insert(leftoverDeclarations)
    .values(leftover)
    .onConflictDoUpdate({
      target: [leftoverDeclarations.campaignId, leftoverDeclarations.prescriberId, leftoverDeclarations.endsOn],
      set: { ranges, declaredBy, declaredOn },
    })
}

/** Declared on the way to the last day of the campaign as it is now. */
export const listLeftovers = (db: Reader, { id, endsOn }: EndingOf): Promise<Leftover[]> =>
  db
    .select({
      prescriberId: leftoverDeclarations.prescriberId,
      prescriber: prescribers.name,
      ranges: leftoverDeclarations.ranges,
      declaredOn: leftoverDeclarations.declaredOn,
    })
    .from(leftoverDeclarations)
    .innerJoin(prescribers, eq(prescribers.id, leftoverDeclarations.prescriberId))
    .where(and(eq(leftoverDeclarations.campaignId, id), eq(leftoverDeclarations.endsOn, endsOn)))
    .orderBy(asc(prescribers.name), asc(prescribers.id))

/** Who got books of the campaign, in a box or from the stock, or declared some, whether it has declared now or not. */
export async function listHolders(db: Reader, campaignId: string): Promise<{ id: string; name: string }[]> {
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select p.id, p.name from prescribers p where p.id in (
      select b.prescriber_id from boxes b where b.campaign_id = ${campaignId} and b.state in ('delivered', 'active')
      union select m.to_prescriber_id from stock_moves m where m.campaign_id = ${campaignId} and m.received_on is not null
      union select l.prescriber_id from leftover_declarations l where l.campaign_id = ${campaignId})
     order by p.name, p.id`)
  return [...rows]
}

/** False when this funder has signed this very text already. */
export async function insertSignature(
  tx: Transaction,
  signature: typeof endingSignatures.$inferInsert,
): Promise<boolean> {
  const signed = await tx.insert(endingSignatures).values(signature).onConflictDoNothing().returning()
  return signed.length > 0
}

export const listSignatures = (db: Reader, campaignId: string, endsOn: Day): Promise<EndingSignature[]> =>
  db
    .select({
      funderId: endingSignatures.funderId,
      funder: funders.name,
      act: endingSignatures.act,
      sha256: endingSignatures.sha256,
      signedOn: endingSignatures.signedOn,
    })
    .from(endingSignatures)
    .innerJoin(funders, eq(funders.id, endingSignatures.funderId))
    .where(and(eq(endingSignatures.campaignId, campaignId), eq(endingSignatures.endsOn, endsOn)))
    .orderBy(asc(endingSignatures.signedOn), asc(funders.name))
