import type { Context } from '../shared/context.ts'
import { findCentre } from '../territories/commune-centres.ts'
import { kilometresBetween, type Point } from '../territories/distance.ts'
import { findLikeNames } from '../territories/like-names.ts'
import { listNeighbourCodes, listPlaces, listPlacesOfLength, type PlaceRow } from '../territories/place-queries.ts'
import { countOpenVenues, listOpenVenues, type OpenVenueRow } from './finder-queries.ts'
import { isOpenInTheEvening, isOpenOn, readOpeningHours, type Week } from './opening-hours.ts'

export const radii = [20, 50, 100] as const
export type Radius = (typeof radii)[number]
export type OpenWhen = 'today' | 'evening' | 'saturday'
export type FinderQuery = {
  place: string
  kind?: string | undefined
  when?: OpenWhen | undefined
  radius: Radius
  /** Codes of a service and of those that it replaces: one of them must be offered. */
  services?: readonly string[] | undefined
}

export type FoundVenue = OpenVenueRow & {
  point: (Point & { isApproximate: boolean }) | undefined
  kilometres: number | undefined
  week: Week | null
}
export type FoundPlace = PlaceRow & { centre: (Point & { isApproximate: boolean }) | undefined }
export type Found = {
  place: FoundPlace
  /** Other communes that the words could mean. */
  others: PlaceRow[]
  /** Nearest first, within the radius. */
  venues: FoundVenue[]
  /** The other venues of the département, for the map. */
  around: FoundVenue[]
}

const kilometresPerDegree = 110
const monday = (day: Date) => (day.getUTCDay() + 6) % 7

/** `Crest (26400)`, `26400 Crest`, `crest`, `26400`, `26 400`. */
export function readPlace(text: string): { postcode: string | undefined; name: string } {
  const postcode = /\b\d{2}\s?\d{3}\b/.exec(text)?.[0].replace(/\s/, '')
  const name = text
    .replace(/\d+/g, ' ')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]+/g, ' ')
    .replace(/\bste\b/g, 'sainte')
    .replace(/\bst\b/g, 'saint')
    .trim()
  return { postcode, name }
}

/**
 * Venues near a commune, for anybody: who asks for what is kept nowhere. Undefined when no commune is meant by these words.
 */
export async function findVenues(ctx: Context, query: FinderQuery): Promise<Found | undefined> {
  const asked = readPlace(query.place)
  if (asked.postcode === undefined && asked.name.length < 2) return undefined
  const [first, ...others] = await listPlaces(ctx.db, asked)
  if (!first) return undefined
  const place = { ...first, centre: await centreOf(ctx, first) }
  const from = place.centre ?? { latitude: 0, longitude: 0 }
  const degrees = query.radius / kilometresPerDegree
  const rows = await listOpenVenues(ctx.db, ctx.today(), { departmentCode: first.departmentCode, ...from, degrees })
  const all = await Promise.all(rows.map((row) => locate(ctx, row, place)))
  const nearby = all
    .filter(({ kilometres }) => kilometres !== undefined && kilometres <= query.radius)
    .filter((venue) => isWanted(venue, query, monday(new Date(`${ctx.today()}T00:00:00Z`))))
    .sort((a, b) => a.kilometres! - b.kilometres! || a.name.localeCompare(b.name, 'fr'))
  const isExact = others.every(({ name }) => name !== first.name)
  return {
    place,
    others: asked.postcode === undefined && isExact && readPlace(first.name).name === asked.name ? [] : others,
    venues: nearby,
    around: all.filter((venue) => venue.departmentCode === first.departmentCode && !nearby.includes(venue)),
  }
}

const mostLike = 5

/** Communes near a venue that somebody may have meant who wrote a name that there is not. */
export async function listLikePlaces(
  ctx: Context,
  text: string,
  departmentCodes: readonly string[],
): Promise<PlaceRow[]> {
  const { name } = readPlace(text)
  if (name.length < 4 || departmentCodes.length === 0) return []
  return findLikeNames(name, await listPlacesOfLength(ctx.db, { name, departmentCodes })).slice(0, mostLike)
}

/** The communes that have a venue, by département: what the page shows before anything is asked. */
export const listVenueCommunes = (ctx: Context) => countOpenVenues(ctx.db, ctx.today())

async function centreOf(ctx: Context, { code, epciCode }: { code: string; epciCode: string | null }) {
  const own = findCentre(code, [])
  if (own || epciCode === null) return own
  return findCentre(code, await listNeighbourCodes(ctx.db, epciCode))
}

async function locate(ctx: Context, row: OpenVenueRow, place: FoundPlace): Promise<FoundVenue> {
  const own =
    row.latitude === null || row.longitude === null ? undefined : { latitude: row.latitude, longitude: row.longitude }
  const point = own
    ? { ...own, isApproximate: false }
    : await centreOf(ctx, { code: row.communeCode, epciCode: row.epciCode })
  const week = row.openingHours === null ? null : readOpeningHours(row.openingHours)
  const kilometres = point && place.centre ? kilometresBetween(point, place.centre) : undefined
  return { ...row, point: own ? point : point && { ...point, isApproximate: true }, kilometres, week }
}

/** A venue whose hours nobody knows is left out when hours are asked for: nobody should travel for nothing. */
function isWanted(venue: FoundVenue, { kind, when, services }: FinderQuery, today: number): boolean {
  const { kinds, week } = venue
  if (services && !venue.offersAllServices && !services.some((code) => venue.services.includes(code))) return false
  if (kind !== undefined && !kinds.split('|').includes(kind)) return false
  if (when === undefined) return true
  if (week === null) return false
  if (when === 'evening') return isOpenInTheEvening(week)
  return isOpenOn(week, when === 'saturday' ? 5 : today)
}
