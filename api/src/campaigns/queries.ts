import {
  campaignFunders,
  campaignServices,
  campaigns,
  campaignTerritories,
  campaignVenues,
  type Database,
  payingAccounts,
  type Transaction,
} from '@carnet/db'
import { and, asc, eq, gt, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { contains } from '../shared/list-queries.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { type Area, type CampaignEvent, type Part, stateAfter, type Terms } from './campaign.ts'

type Reader = Database | Transaction
export type Campaign = typeof campaigns.$inferSelect
export type CampaignFunder = Part & { signedOn: Day | null }
export type PayingAccount = typeof payingAccounts.$inferSelect

const notFound = () => new AppError('not_found', 'campaign_not_found', 'There is no such campaign')

export async function getCampaign(db: Reader, id: string): Promise<Campaign> {
  const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, id))
  if (!campaign) throw notFound()
  return campaign
}

/** Others who change it wait; nobody who only points to it does. */
export async function lockCampaign(tx: Transaction, id: string): Promise<Campaign> {
  const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, id)).for('no key update')
  if (!campaign) throw notFound()
  return campaign
}

/** Each funder's part of one voucher. */
export async function listParts(tx: Reader, campaignId: string): Promise<CampaignFunder[]> {
  return tx
    .select({
      funderId: campaignFunders.funderId,
      partCents: campaignFunders.partCents,
      signedOn: campaignFunders.signedOn,
    })
    .from(campaignFunders)
    .where(eq(campaignFunders.campaignId, campaignId))
    .orderBy(asc(campaignFunders.funderId))
}

export type CampaignFilter = {
  onlyFunderId: string | null
  q?: string | undefined
  after?: string | undefined
  limit: number
}

/** By name; `after` is the last name of the page before. */
export async function listCampaigns(
  db: Reader,
  { onlyFunderId, q, after, limit }: CampaignFilter,
): Promise<Campaign[]> {
  const own = db
    .select({ id: campaignFunders.campaignId })
    .from(campaignFunders)
    .where(eq(campaignFunders.funderId, onlyFunderId ?? ''))
  return db
    .select()
    .from(campaigns)
    .where(
      and(
        onlyFunderId === null ? undefined : inArray(campaigns.id, own),
        q ? contains(campaigns.name, q) : undefined,
        after === undefined ? undefined : gt(campaigns.name, after),
      ),
    )
    .orderBy(asc(campaigns.name))
    .limit(limit)
}

/** Those that the calendar may move. */
export async function listEndingCampaigns(db: Reader): Promise<Campaign[]> {
  return db
    .select()
    .from(campaigns)
    .where(inArray(campaigns.state, ['open', 'ending', 'uploads_closed']))
    .orderBy(asc(campaigns.number))
}

export type CampaignLists = { services: string[] | null; venues: string[] | null; territory: Area[] | null }

export async function readLists(db: Reader, campaign: Campaign): Promise<CampaignLists> {
  const of = campaign.id
  const services = await db.select().from(campaignServices).where(eq(campaignServices.campaignId, of))
  const venues = await db.select().from(campaignVenues).where(eq(campaignVenues.campaignId, of))
  const territory = await db.select().from(campaignTerritories).where(eq(campaignTerritories.campaignId, of))
  return {
    services: campaign.paysAllServices ? null : services.map(({ serviceCode }) => serviceCode).sort(),
    venues: campaign.acceptsAllVenues ? null : venues.map(({ venueId }) => venueId).sort(),
    territory: campaign.hasTerritory ? territory.map(({ kind, code }) => ({ kind, code })) : null,
  }
}

const columnsOf = (terms: Terms) => ({
  name: terms.name,
  payingAccountId: terms.payingAccountId,
  faceValueCents: terms.faceValueCents,
  bookSize: terms.bookSize,
  budgetedBooks: terms.budgetedBooks,
  startsOn: terms.startsOn,
  endsOn: terms.endsOn,
  graceDays: terms.graceDays,
  paysAllServices: terms.services === null,
  acceptsAllVenues: terms.venues === null,
  hasTerritory: terms.territory !== null,
  targetPublic: terms.targetPublic,
  objectives: terms.objectives,
})

/** Two campaigns made at once get two numbers. Throws `conflict` `campaign_known` when the name is taken. */
export async function insertCampaign(tx: Transaction, terms: Terms): Promise<Campaign> {
  await takeLock(tx, 'campaignNumbers')
  const [campaign] = await tx
    .insert(campaigns)
    .values({ ...columnsOf(terms), number: sql`(select coalesce(max(number), 0) + 1 from ${campaigns})` })
    .onConflictDoNothing({ target: campaigns.name })
    .returning()
  if (!campaign) throw campaignKnown()
  await replaceLists(tx, campaign.id, terms)
  return campaign
}

const campaignKnown = () => new AppError('conflict', 'campaign_known', 'A campaign of this name is there already')

/** All terms of a draft; nobody has signed these. */
export async function replaceTerms(tx: Transaction, id: string, terms: Terms): Promise<Campaign> {
  const [namesake] = await tx.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.name, terms.name))
  if (namesake && namesake.id !== id) throw campaignKnown()
  const [campaign] = await tx.update(campaigns).set(columnsOf(terms)).where(eq(campaigns.id, id)).returning()
  await replaceLists(tx, id, terms)
  return campaign!
}

async function replaceLists(tx: Transaction, campaignId: string, terms: Terms): Promise<void> {
  await tx.delete(campaignFunders).where(
    and(
      eq(campaignFunders.campaignId, campaignId),
      notInArray(
        campaignFunders.funderId,
        terms.funders.map(({ funderId }) => funderId),
      ),
    ),
  )
  const unsigned = { signedBy: null, signedOn: null }
  for (const { funderId, partCents } of terms.funders)
    await tx
      .insert(campaignFunders)
      .values({ campaignId, funderId, partCents, ...unsigned })
      .onConflictDoUpdate({
        target: [campaignFunders.campaignId, campaignFunders.funderId],
        set: { partCents, ...unsigned },
      })
  await tx.delete(campaignServices).where(eq(campaignServices.campaignId, campaignId))
  await tx.delete(campaignVenues).where(eq(campaignVenues.campaignId, campaignId))
  await tx.delete(campaignTerritories).where(eq(campaignTerritories.campaignId, campaignId))
  for (const serviceCode of new Set(terms.services))
    await tx.insert(campaignServices).values({ campaignId, serviceCode })
  for (const venueId of new Set(terms.venues)) await tx.insert(campaignVenues).values({ campaignId, venueId })
  for (const { kind, code } of terms.territory ?? [])
    await tx.insert(campaignTerritories).values({ campaignId, kind, code }).onConflictDoNothing()
}

/** Of terms that are fixed, what an amendment may change. */
export async function amendCampaign(
  tx: Transaction,
  id: string,
  amended: Partial<Pick<Campaign, 'endsOn' | 'budgetedBooks'>>,
): Promise<Campaign> {
  const [campaign] = await tx.update(campaigns).set(amended).where(eq(campaigns.id, id)).returning()
  return campaign!
}

/** False when this funder has signed already. */
export async function insertSignature(
  tx: Transaction,
  signature: { campaignId: string; funderId: string; signedBy: string; signedOn: Day },
): Promise<boolean> {
  const { campaignId, funderId, signedBy, signedOn } = signature
  const signed = await tx
    .update(campaignFunders)
    .set({ signedBy, signedOn })
    .where(
      and(
        eq(campaignFunders.campaignId, campaignId),
        eq(campaignFunders.funderId, funderId),
        isNull(campaignFunders.signedOn),
      ),
    )
    .returning()
  return signed.length > 0
}

/** The loser of two concurrent moves updates nothing and gets a conflict. */
export async function moveCampaign(
  tx: Transaction,
  campaign: Pick<Campaign, 'id' | 'state'>,
  event: CampaignEvent,
  also: Partial<Pick<Campaign, 'openedOn' | 'uploadsClosedOn' | 'closedOn'>> = {},
): Promise<Campaign> {
  const [moved] = await tx
    .update(campaigns)
    .set({ ...also, state: stateAfter(campaign.state, event) })
    .where(and(eq(campaigns.id, campaign.id), eq(campaigns.state, campaign.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'campaign_changed', 'This campaign has just changed')
  return moved
}

export const listPayingAccounts = (db: Reader): Promise<PayingAccount[]> =>
  db.select().from(payingAccounts).orderBy(asc(payingAccounts.name))

/** Null when the name or the IBAN is there already. */
export async function insertPayingAccount(
  tx: Transaction,
  account: Omit<PayingAccount, 'id'>,
): Promise<PayingAccount | null> {
  const [inserted] = await tx.insert(payingAccounts).values(account).onConflictDoNothing().returning()
  return inserted ?? null
}
