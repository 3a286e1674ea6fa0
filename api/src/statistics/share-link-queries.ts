import { type Database, funders, shareLinks, type Transaction } from '@carnet/db'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

export type ShareLink = Pick<
  typeof shareLinks.$inferSelect,
  'id' | 'funderId' | 'label' | 'createdOn' | 'expiresOn' | 'revokedOn'
> & { funder: string }

const columns = {
  id: shareLinks.id,
  funderId: shareLinks.funderId,
  funder: funders.name,
  label: shareLinks.label,
  createdOn: shareLinks.createdOn,
  expiresOn: shareLinks.expiresOn,
  revokedOn: shareLinks.revokedOn,
}

/** Newest first; of one funder, or of all. */
export const listShareLinks = (db: Database | Transaction, funderId: string | null): Promise<ShareLink[]> =>
  db
    .select(columns)
    .from(shareLinks)
    .innerJoin(funders, eq(funders.id, shareLinks.funderId))
    .where(funderId === null ? undefined : eq(shareLinks.funderId, funderId))
    .orderBy(desc(shareLinks.createdOn), shareLinks.id)

export type OpenLink = Omit<ShareLink, 'revokedOn'> & { campaignIds: string[] }

/** The link that opens with this secret today, and the campaigns that it tells of. */
export async function findOpenLink(
  db: Database | Transaction,
  { tokenHash, today }: { tokenHash: Uint8Array; today: Day },
): Promise<OpenLink | undefined> {
  const [link] = await db.execute<OpenLink>(sql`
    select id, funder_id as "funderId", funder, label, created_on::text as "createdOn", expires_on::text as "expiresOn",
           to_json(campaign_ids) as "campaignIds"
      from open_share_link(decode(${Buffer.from(tokenHash).toString('hex')}, 'hex'), ${today}::date)`)
  return link
}

export async function insertShareLink(tx: Transaction, link: typeof shareLinks.$inferInsert): Promise<string> {
  const [row] = await tx.insert(shareLinks).values(link).returning({ id: shareLinks.id })
  return row!.id
}

/** False when there is no such link of this funder that is not revoked yet. */
export async function markRevoked(
  tx: Transaction,
  { id, funderId, revokedOn }: { id: string; funderId: string; revokedOn: Day },
): Promise<boolean> {
  const rows = await tx
    .update(shareLinks)
    .set({ revokedOn })
    .where(and(eq(shareLinks.id, id), eq(shareLinks.funderId, funderId), isNull(shareLinks.revokedOn)))
    .returning({ id: shareLinks.id })
  return rows.length === 1
}
