import type { Database } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { listFactKinds, listFactsOf } from '../territories/fact-queries.ts'
import { districtOf } from '../territories/surroundings.ts'
import { listReleasedVenueUses, type ReleasedVenueUse } from './released-venue-queries.ts'

/** Of the newest released quarter: what was published of venues in a priority district (QPV), and of all. Of all campaigns together. */
export type DistrictUse = {
  span: string
  frozenOn: Day
  venues: number
  venuesInDistricts: number
  told: number
  toldInDistricts: number
  /** Venues of which some count is secret: what they did is in no sum. */
  partlySecret: number
}

const pointOf = ({ latitude, longitude }: ReleasedVenueUse) =>
  latitude === null || longitude === null ? null : { latitude, longitude }

/**
 * How much of what venues of a territory did was done in a priority district. Published cells alone are added up, so that it tells nothing
 * that was not told. Undefined while no district is known, or no quarter is released.
 */
export async function readDistrictUse(
  db: Database,
  { campaignId, on }: { campaignId: string; on: Day },
): Promise<DistrictUse | undefined> {
  if (!(await listFactKinds(db)).includes('qpv')) return undefined
  const uses = await listReleasedVenueUses(db, { campaignId, on })
  const [first] = uses
  if (!first) return undefined
  const facts = await listFactsOf(db, [...new Set(uses.map(({ communeCode }) => communeCode))])
  const within = uses.filter((use) => districtOf(pointOf(use), facts) !== undefined)
  const sum = (of: readonly ReleasedVenueUse[]) => of.reduce((total, { told }) => total + told, 0)
  return {
    span: first.span,
    frozenOn: first.frozenOn,
    venues: uses.length,
    venuesInDistricts: within.length,
    told: sum(uses),
    toldInDistricts: sum(within),
    partlySecret: uses.filter(({ secrets }) => secrets > 0).length,
  }
}
