import type { Area } from '../campaigns/campaign.ts'
import type { CampaignLists } from '../campaigns/queries.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { findTerritory } from '../territories/queries.ts'
import { type Found, type FoundVenue, findVenues, radii } from '../venues/find-venues.ts'

type NearVenues = { place: string; venues: FoundVenue[] }
type Lists = Pick<CampaignLists, 'venues' | 'territory'>

/**
 * The nearest places where the vouchers of a campaign can be used, looked for further away until there are some. Throws `invalid`
 * `place_unknown`.
 */
export async function findNearVenues(ctx: Context, place: string, lists: Lists, most: number): Promise<NearVenues> {
  let found: Found | undefined
  let venues: FoundVenue[] = []
  for (const radius of radii) {
    found = await findVenues(ctx, { place, radius })
    if (!found) throw new AppError('invalid', 'place_unknown', 'place: a commune or a postcode', { field: 'place' })
    venues = []
    for (const venue of found.venues) if (await accepts(ctx, venue, lists)) venues.push(venue)
    if (venues.length >= most) break
  }
  return { place: found!.place.name, venues: venues.slice(0, most) }
}

/** As a phone is told: on the campaign's list, if it has one, and within its territory. */
async function accepts(ctx: Context, venue: FoundVenue, { venues, territory }: Lists): Promise<boolean> {
  if (venues && !venues.includes(venue.id)) return false
  if (!territory) return true
  const needsRegion = territory.some(({ kind }) => kind === 'region')
  const region = needsRegion ? (await findTerritory(ctx.db, venue.communeCode))?.region.code : undefined
  const codes: Record<Area['kind'], string | null | undefined> = {
    ...{ commune: venue.communeCode, epci: venue.epciCode, department: venue.departmentCode, region },
  }
  return territory.some(({ kind, code }) => codes[kind] === code)
}
