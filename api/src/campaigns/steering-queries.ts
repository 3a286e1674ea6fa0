import { campaignDecisions, campaignTargets, contextNotes, type Database, fundings, type Transaction } from '@carnet/db'
import { asc, desc, eq } from 'drizzle-orm'

type Reader = Database | Transaction
export type ContextNote = typeof contextNotes.$inferSelect
export type Target = typeof campaignTargets.$inferSelect
export type Decision = typeof campaignDecisions.$inferSelect
export type Funding = typeof fundings.$inferSelect

/** The newest first. */
export const listContextNotes = (db: Reader, campaignId: string): Promise<ContextNote[]> =>
  db
    .select()
    .from(contextNotes)
    .where(eq(contextNotes.campaignId, campaignId))
    .orderBy(desc(contextNotes.writtenOn), asc(contextNotes.id))

export async function insertContextNote(tx: Transaction, note: Omit<ContextNote, 'id'>): Promise<ContextNote> {
  const [inserted] = await tx.insert(contextNotes).values(note).returning()
  return inserted!
}

export const listTargets = (db: Reader, campaignId: string): Promise<Target[]> =>
  db
    .select()
    .from(campaignTargets)
    .where(eq(campaignTargets.campaignId, campaignId))
    .orderBy(asc(campaignTargets.dueOn), asc(campaignTargets.id))

export async function insertTarget(tx: Transaction, target: Omit<Target, 'id'>): Promise<Target> {
  const [inserted] = await tx.insert(campaignTargets).values(target).returning()
  return inserted!
}

/** The newest first. */
export const listDecisions = (db: Reader, campaignId: string): Promise<Decision[]> =>
  db
    .select()
    .from(campaignDecisions)
    .where(eq(campaignDecisions.campaignId, campaignId))
    .orderBy(desc(campaignDecisions.decidedOn), asc(campaignDecisions.id))

export async function insertDecision(tx: Transaction, decision: Omit<Decision, 'id'>): Promise<Decision> {
  const [inserted] = await tx.insert(campaignDecisions).values(decision).returning()
  return inserted!
}

/** Null when money with this reference was recorded before. */
export async function insertFunding(tx: Transaction, funding: Omit<Funding, 'id'>): Promise<Funding | null> {
  const [inserted] = await tx.insert(fundings).values(funding).onConflictDoNothing().returning()
  return inserted ?? null
}

export const listFundings = (db: Reader, campaignId: string): Promise<Funding[]> =>
  db
    .select()
    .from(fundings)
    .where(eq(fundings.campaignId, campaignId))
    .orderBy(asc(fundings.receivedOn), asc(fundings.reference))

export async function findFunding(tx: Transaction, reference: string): Promise<Funding | undefined> {
  const [found] = await tx.select().from(fundings).where(eq(fundings.reference, reference))
  return found
}
