import { amendmentSignatures, amendments, type Database, funders, type Transaction } from '@carnet/db'
import { and, asc, desc, eq } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

type Reader = Database | Transaction
export type Amendment = typeof amendments.$inferSelect
export type AmendmentSignature = { funderId: string; funder: string; signedOn: Day }
export type AmendmentView = Amendment & { signatures: AmendmentSignature[] }

const notFound = () => new AppError('not_found', 'amendment_not_found', 'There is no such amendment')

/** Null when another one of the campaign waits for signatures. */
export async function insertAmendment(
  tx: Transaction,
  values: typeof amendments.$inferInsert,
): Promise<Amendment | null> {
  const [amendment] = await tx.insert(amendments).values(values).onConflictDoNothing().returning()
  return amendment ?? null
}

export async function getAmendment(db: Reader, id: string): Promise<Amendment> {
  const [amendment] = await db.select().from(amendments).where(eq(amendments.id, id))
  if (!amendment) throw notFound()
  return amendment
}

/** Throws `conflict` `amendment_is_agreed`, `amendment_is_withdrawn`: it is decided once. */
export async function decideAmendment(
  tx: Transaction,
  id: string,
  { state, decidedOn }: { state: 'agreed' | 'withdrawn'; decidedOn: Day },
): Promise<Amendment> {
  const [decided] = await tx
    .update(amendments)
    .set({ state, decidedOn })
    .where(and(eq(amendments.id, id), eq(amendments.state, 'proposed')))
    .returning()
  if (decided) return decided
  throw alreadyDecided(await getAmendment(tx, id))
}

export const alreadyDecided = ({ state }: Amendment) =>
  new AppError('conflict', `amendment_is_${state}`, 'It was decided already')

/** False when this funder has signed already. */
export async function insertAmendmentSignature(
  tx: Transaction,
  signature: typeof amendmentSignatures.$inferInsert,
): Promise<boolean> {
  const signed = await tx.insert(amendmentSignatures).values(signature).onConflictDoNothing().returning()
  return signed.length > 0
}

export const listSignatures = (db: Reader, amendmentId: string): Promise<AmendmentSignature[]> =>
  db
    .select({
      funderId: amendmentSignatures.funderId,
      funder: funders.name,
      signedOn: amendmentSignatures.signedOn,
    })
    .from(amendmentSignatures)
    .innerJoin(funders, eq(funders.id, amendmentSignatures.funderId))
    .where(eq(amendmentSignatures.amendmentId, amendmentId))
    .orderBy(asc(funders.name))

/** The newest first. */
export async function listAmendments(db: Reader, campaignId: string): Promise<AmendmentView[]> {
  const rows = await db
    .select()
    .from(amendments)
    .where(eq(amendments.campaignId, campaignId))
    .orderBy(desc(amendments.proposedOn), asc(amendments.state), asc(amendments.id))
  return Promise.all(rows.map(async (row) => ({ ...row, signatures: await listSignatures(db, row.id) })))
}
