import { campaignDecisions, campaignTargets, contextNotes, type Database, fundings, type Transaction } from '@carnet/db'
import { asc, desc, eq, sql } from 'drizzle-orm'

type Reader = Database | Transaction
export type ContextNote = Pick<typeof contextNotes.$inferSelect, keyof typeof noteColumns>
export type Target = Pick<typeof campaignTargets.$inferSelect, keyof typeof targetColumns>
export type Decision = Pick<typeof campaignDecisions.$inferSelect, keyof typeof decisionColumns>
export type Funding = Pick<typeof fundings.$inferSelect, keyof typeof fundingColumns>

/** What funders read too: who wrote it and at what minute stays with the audit log. */
const noteColumns = { id: contextNotes.id, body: contextNotes.body, writtenOn: contextNotes.writtenOn }
const targetColumns = {
  id: campaignTargets.id,
  indicator: campaignTargets.indicator,
  target: campaignTargets.target,
  dueOn: campaignTargets.dueOn,
  responsible: campaignTargets.responsible,
}
const decisionColumns = {
  id: campaignDecisions.id,
  body: campaignDecisions.body,
  decidedOn: campaignDecisions.decidedOn,
}
const fundingColumns = {
  id: fundings.id,
  campaignId: fundings.campaignId,
  funderId: fundings.funderId,
  amountCents: fundings.amountCents,
  reference: fundings.reference,
  proof: fundings.proof,
  receivedOn: fundings.receivedOn,
}

/** The newest first. */
export const listContextNotes = (db: Reader, campaignId: string): Promise<ContextNote[]> =>
  db
    .select(noteColumns)
    .from(contextNotes)
    .where(eq(contextNotes.campaignId, campaignId))
    .orderBy(desc(contextNotes.writtenOn), asc(contextNotes.id))

export async function insertContextNote(tx: Transaction, note: typeof contextNotes.$inferInsert): Promise<ContextNote> {
  const [inserted] = await tx.insert(contextNotes).values(note).returning(noteColumns)
  return inserted!
}

export const listTargets = (db: Reader, campaignId: string): Promise<Target[]> =>
  db
    .select(targetColumns)
    .from(campaignTargets)
    .where(eq(campaignTargets.campaignId, campaignId))
    .orderBy(asc(campaignTargets.dueOn), asc(campaignTargets.id))

export async function insertTarget(tx: Transaction, target: typeof campaignTargets.$inferInsert): Promise<Target> {
  const [inserted] = await tx.insert(campaignTargets).values(target).returning(targetColumns)
  return inserted!
}

/** The newest first. */
export const listDecisions = (db: Reader, campaignId: string): Promise<Decision[]> =>
  db
    .select(decisionColumns)
    .from(campaignDecisions)
    .where(eq(campaignDecisions.campaignId, campaignId))
    .orderBy(desc(campaignDecisions.decidedOn), asc(campaignDecisions.id))

export async function insertDecision(
  tx: Transaction,
  decision: typeof campaignDecisions.$inferInsert,
): Promise<Decision> {
  const [inserted] = await tx.insert(campaignDecisions).values(decision).returning(decisionColumns)
  return inserted!
}

/** What was asked for and this money answers: the call whose reference it carries, or else the oldest that is not paid whole. */
export async function findCallToPay(
  tx: Transaction,
  { campaignId, funderId, text }: { campaignId: string; funderId: string; text: string },
): Promise<string | null> {
  const [call] = await tx.execute<{ id: string }>(sql`
    select c.id from funding_calls c
     where c.campaign_id = ${campaignId} and c.funder_id = ${funderId}
       and (position(c.reference in upper(${text})) > 0
            or c.amount_cents > (select coalesce(sum(f.amount_cents), 0) from fundings f where f.funding_call_id = c.id))
     order by position(c.reference in upper(${text})) > 0 desc, c.called_on, c.reference limit 1`)
  return call?.id ?? null
}

/** Null when money with this reference was recorded before. */
export async function insertFunding(tx: Transaction, funding: typeof fundings.$inferInsert): Promise<Funding | null> {
  const [inserted] = await tx.insert(fundings).values(funding).onConflictDoNothing().returning(fundingColumns)
  return inserted ?? null
}

export const listFundings = (db: Reader, campaignId: string): Promise<Funding[]> =>
  db
    .select(fundingColumns)
    .from(fundings)
    .where(eq(fundings.campaignId, campaignId))
    .orderBy(asc(fundings.receivedOn), asc(fundings.reference))

export async function findFunding(tx: Transaction, reference: string): Promise<Funding | undefined> {
  const [found] = await tx.select(fundingColumns).from(fundings).where(eq(fundings.reference, reference))
  return found
}
