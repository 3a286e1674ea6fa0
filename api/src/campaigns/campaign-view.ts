import type { Database, Transaction } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { lastDays } from './campaign.ts'
import { type Campaign, type CampaignFunder, type CampaignLists, listParts, readLists } from './queries.ts'

export type CampaignView = Omit<Campaign, 'paysAllServices' | 'acceptsAllVenues' | 'hasTerritory'> &
  CampaignLists & { funders: CampaignFunder[]; usesUntil: Day; uploadsUntil: Day }

/** A campaign with its parts and lists, as funders sign it. */
export async function viewCampaign(db: Database | Transaction, campaign: Campaign): Promise<CampaignView> {
  const { paysAllServices: _services, acceptsAllVenues: _venues, hasTerritory: _territory, ...own } = campaign
  const funders = await listParts(db, campaign.id)
  return { ...own, ...(await readLists(db, campaign)), funders, ...lastDays(campaign) }
}
