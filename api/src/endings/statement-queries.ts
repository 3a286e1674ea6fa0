import { type Database, funders, jointStatements, payingAccounts, type Transaction } from '@carnet/db'
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Campaign } from '../campaigns/queries.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { JointStatement, Side } from './joint-statement.ts'

type Reader = Database | Transaction
export type StatementView = JointStatement & { funder: string }

/**
 * Campaigns that are closed, had money, and have no statement yet, or of which something came since: vouchers expired, a payment
 * was corrected, or what expired can be credited on an invoice that came late.
 */
export async function listUnstated(tx: Transaction): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select c.id from campaigns c where c.state = 'closed' and exists (
      select from campaign_funders f
        cross join lateral (
          select coalesce(sum(t.voucher_count) filter (where a.kind = 'expired'), 0) as expired,
                 coalesce(sum(t.amount_cents) filter (where a.kind = 'expired'), 0) as cents,
                 coalesce(sum(t.amount_cents) filter (where t.kind = 'correction_after_sealing'), 0) as corrected
            from ledger_accounts a join transfers t on t.credit_id = a.id
           where a.campaign_id = c.id and a.funder_id = f.funder_id having count(*) > 0) now
        left join lateral (
          select (s.content::jsonb -> 'vouchers' ->> 'expired')::bigint as expired, (s.content::jsonb -> 'cents' ->> 'corrected')::bigint as corrected
            from joint_statements s where s.campaign_id = c.id and s.funder_id = f.funder_id order by s.number desc limit 1) last on true
       where f.campaign_id = c.id and (
         (last.expired, last.corrected) is distinct from (now.expired, now.corrected)
         or now.cents > (select coalesce(sum(n.amount_cents), 0) from invoices n
                          where n.campaign_id = c.id and n.funder_id = f.funder_id and n.is_for_expiry)
            and exists (select from invoices i where i.campaign_id = c.id and i.funder_id = f.funder_id and i.kind = 'invoice'
                          and i.amount_cents - i.fee_cents > (select coalesce(sum(n.amount_cents), 0) from invoices n where n.credited_id = i.id))))
     order by c.number`)
  return rows.map(({ id }) => id)
}

export type FunderFacts = {
  activated: number
  revoked: number
  expired: number
  receivedCents: number
  movedInCents: number
  movedOutCents: number
  refundedCents: number
  correctedCents: number
  expiredCents: number
  availableCents: number
}

/** What the ledger says of one funder's part in a campaign. */
export async function readFunderFacts(
  tx: Transaction,
  { campaignId, funderId }: { campaignId: string; funderId: string },
): Promise<FunderFacts> {
  const [row] = await tx.execute<FunderFacts>(sql`
    with own as (select id, kind, balance_cents from ledger_accounts where campaign_id = ${campaignId} and funder_id = ${funderId}),
    moved as (
      select t.kind, t.amount_cents as cents, t.voucher_count as vouchers, d.kind as debit, c.kind as credit
        from transfers t left join own d on d.id = t.debit_id left join own c on c.id = t.credit_id
       where d.id is not null or c.id is not null)
    select coalesce(sum(vouchers) filter (where kind = 'box_activated'), 0)::int as activated,
           coalesce(sum(vouchers) filter (where kind = 'box_revoked'), 0)::int as revoked,
           coalesce(sum(vouchers) filter (where credit = 'expired'), 0)::int as expired,
           coalesce(sum(cents) filter (where kind in ('funding_received', 'suspense_matched')), 0)::float8 as "receivedCents",
           coalesce(sum(cents) filter (where kind in ('available_moved', 'expired_moved') and credit = 'available'), 0)::float8 as "movedInCents",
           coalesce(sum(cents) filter (where kind in ('available_moved', 'expired_moved') and debit is not null), 0)::float8 as "movedOutCents",
           coalesce(sum(cents) filter (where kind in ('available_refunded', 'expired_refunded')), 0)::float8 as "refundedCents",
           coalesce(sum(cents) filter (where kind = 'correction_after_sealing'), 0)::float8 as "correctedCents",
           coalesce(sum(cents) filter (where credit = 'expired'), 0)::float8 as "expiredCents",
           coalesce((select sum(balance_cents) from own where kind = 'available'), 0)::float8 as "availableCents"
      from moved`)
  return row!
}

export async function getHolderName(tx: Transaction, { payingAccountId }: Campaign): Promise<string> {
  const [row] = await tx
    .select({ name: payingAccounts.holderName })
    .from(payingAccounts)
    .where(eq(payingAccounts.id, payingAccountId))
  return row!.name
}

export async function findLastStatement(
  tx: Transaction,
  { campaignId, funderId }: { campaignId: string; funderId: string },
): Promise<JointStatement | undefined> {
  const of = and(eq(jointStatements.campaignId, campaignId), eq(jointStatements.funderId, funderId))
  const [last] = await tx.select().from(jointStatements).where(of).orderBy(desc(jointStatements.number)).limit(1)
  return last
}

export async function insertStatement(
  tx: Transaction,
  values: typeof jointStatements.$inferInsert,
): Promise<JointStatement> {
  const [statement] = await tx.insert(jointStatements).values(values).returning()
  return statement!
}

const withFunder = (db: Reader) =>
  db
    .select({ statement: jointStatements, funder: funders.name })
    .from(jointStatements)
    .innerJoin(funders, eq(funders.id, jointStatements.funderId))

/** Of all funders when `funderId` is null; by funder, then as they were made. */
export async function listStatements(
  db: Reader,
  campaignId: string,
  funderId: string | null,
): Promise<StatementView[]> {
  const own = funderId === null ? undefined : eq(jointStatements.funderId, funderId)
  const rows = await withFunder(db)
    .where(and(eq(jointStatements.campaignId, campaignId), own))
    .orderBy(asc(funders.name), asc(jointStatements.number))
  return rows.map(({ statement, funder }) => ({ ...statement, funder }))
}

/** Throws `not_found` `joint_statement_not_found`, also for another funder's. */
export async function getStatement(db: Reader, id: string, funderId: string | null): Promise<StatementView> {
  const own = funderId === null ? undefined : eq(jointStatements.funderId, funderId)
  const [row] = await withFunder(db).where(and(eq(jointStatements.id, id), own))
  if (!row) throw new AppError('not_found', 'joint_statement_not_found', 'There is no such joint statement')
  return { ...row.statement, funder: row.funder }
}

/** False when somebody signed for this side meanwhile. */
export async function writeSignature(
  tx: Transaction,
  { id, side, personId, on }: { id: string; side: Side; personId: string; on: Day },
): Promise<boolean> {
  const signed =
    side === 'funder'
      ? { signerId: personId, funderSignedOn: on }
      : { coordinatorId: personId, coordinatorSignedOn: on }
  const unsigned = isNull(side === 'funder' ? jointStatements.signerId : jointStatements.coordinatorId)
  const written = await tx
    .update(jointStatements)
    .set(signed)
    .where(and(eq(jointStatements.id, id), unsigned))
    .returning()
  return written.length > 0
}

/** The names of who signed, as the paper tells them. */
export async function readSignerNames(
  db: Reader,
  { coordinatorId, signerId }: Pick<JointStatement, 'coordinatorId' | 'signerId'>,
): Promise<{ coordination: string | null; funder: string | null }> {
  const ids = [coordinatorId, signerId].filter((id) => id !== null)
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select id, name from people where id = any (${sql.param(ids)}::uuid[])`)
  const nameOf = (id: string | null) => [...rows].find((row) => row.id === id)?.name ?? null
  return { coordination: nameOf(coordinatorId), funder: nameOf(signerId) }
}
