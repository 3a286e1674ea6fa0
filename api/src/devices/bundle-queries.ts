import {
  bankAccounts,
  campaignServices,
  campaigns,
  campaignTerritories,
  campaignVenues,
  catalogueServices,
  communes,
  type Database,
  departments,
  venueQualifications,
  venueServices,
  venues,
} from '@carnet/db'
import { and, asc, eq, exists, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { isOffered, withReplacements } from '../catalogue/catalogue-version.ts'
import type { Phone } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'

/** The venues of a phone: where each lies, whether it is qualified today and can be paid, and what it offers of the catalogue version given. */
export async function listVenueOffers(db: Database, phone: Phone, versionId: string | null, today: Day) {
  const places = await listVenuePlaces(db, phone, today)
  const listed = versionId === null ? [] : await listVersionServices(db, versionId)
  const services = listed
    .filter(({ retiredOn }) => isOffered(retiredOn, today))
    .map(({ code, theme, title }) => ({ code, theme, title }))
  const chosen = await listChosenServices(
    db,
    places.map(({ id }) => id),
  )
  return places.map(({ id, name, isQualified, hasBankAccount, offersAllServices, ...place }) => ({
    id,
    name,
    isQualified,
    hasBankAccount,
    territories: [
      { kind: 'commune' as const, code: place.commune },
      { kind: 'commune' as const, code: place.parent },
      { kind: 'epci' as const, code: place.epci },
      { kind: 'department' as const, code: place.department },
      { kind: 'region' as const, code: place.region },
    ].flatMap(({ kind, code }) => (code === null ? [] : [{ kind, code }])),
    services: offersAllServices
      ? services
      : services.filter(isChosen(withReplacements(chosen.get(id) ?? [], listed, today))),
  }))
}

function listVenuePlaces(db: Database, { organisationId, venueId }: Phone, today: Day) {
  const qualified = db
    .select({ id: venueQualifications.id })
    .from(venueQualifications)
    .where(
      and(
        eq(venueQualifications.venueId, venues.id),
        eq(venueQualifications.state, 'qualified'),
        lte(venueQualifications.validFrom, today),
        or(isNull(venueQualifications.validUntil), gt(venueQualifications.validUntil, today)),
      ),
    )
  // One that takes the place of a verified account is verified before that one ends.
  const account = db
    .select({ id: bankAccounts.id })
    .from(bankAccounts)
    .where(and(eq(bankAccounts.organisationId, venues.organisationId), eq(bankAccounts.state, 'verified')))
  return db
    .select({
      id: venues.id,
      name: venues.name,
      offersAllServices: venues.offersAllServices,
      isQualified: exists(qualified).mapWith(Boolean),
      hasBankAccount: exists(account).mapWith(Boolean),
      commune: communes.code,
      parent: communes.parentCode,
      epci: communes.epciCode,
      department: departments.code,
      region: departments.regionCode,
    })
    .from(venues)
    .innerJoin(communes, eq(communes.code, venues.communeCode))
    .innerJoin(departments, eq(departments.code, communes.departmentCode))
    .where(and(eq(venues.organisationId, organisationId), venueId === null ? undefined : eq(venues.id, venueId)))
    .orderBy(asc(venues.name), asc(venues.id))
}

const isChosen =
  (codes: ReadonlySet<string>) =>
  ({ code }: { code: string }) =>
    codes.has(code)

function listVersionServices(db: Database, versionId: string) {
  return db
    .select({
      code: catalogueServices.code,
      theme: catalogueServices.themeCode,
      title: catalogueServices.title,
      retiredOn: catalogueServices.retiredOn,
      replacedBy: catalogueServices.replacedBy,
    })
    .from(catalogueServices)
    .where(eq(catalogueServices.versionId, versionId))
    .orderBy(asc(catalogueServices.code))
}

async function listChosenServices(db: Database, venueIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await db
    .select()
    .from(venueServices)
    .where(inArray(venueServices.venueId, [...venueIds]))
  const byVenue = new Map<string, Set<string>>()
  for (const { venueId, serviceCode } of rows)
    byVenue.set(venueId, (byVenue.get(venueId) ?? new Set()).add(serviceCode))
  return byVenue
}

/** The rules of every campaign of which a voucher may still come: the phone applies them offline, the server always. */
export async function listScanRules(db: Database, versionId: string | null, today: Day) {
  const catalogue = versionId === null ? [] : await listVersionServices(db, versionId)
  const rows = await db
    .select({
      id: campaigns.id,
      number: campaigns.number,
      name: campaigns.name,
      state: campaigns.state,
      startsOn: campaigns.startsOn,
      endsOn: campaigns.endsOn,
      graceDays: campaigns.graceDays,
      faceValueCents: campaigns.faceValueCents,
      paysAllServices: campaigns.paysAllServices,
      acceptsAllVenues: campaigns.acceptsAllVenues,
      hasTerritory: campaigns.hasTerritory,
    })
    .from(campaigns)
    .where(inArray(campaigns.state, ['agreed', 'open', 'ending', 'uploads_closed']))
    .orderBy(asc(campaigns.number))
  const ids = rows.map(({ id }) => id)
  const { services, venues, territories } = await listTerms(db, ids)
  const of = <Row extends { campaignId: string }>(list: readonly Row[], id: string) =>
    list.filter(({ campaignId }) => campaignId === id)
  return rows.map(({ paysAllServices, acceptsAllVenues, hasTerritory, ...campaign }) => ({
    ...campaign,
    /** Null: all. */
    services: paysAllServices
      ? null
      : [
          ...withReplacements(
            of(services, campaign.id).map(({ serviceCode }) => serviceCode),
            catalogue,
            today,
          ),
        ].sort(),
    venues: acceptsAllVenues ? null : of(venues, campaign.id).map(({ venueId }) => venueId),
    territories: hasTerritory ? of(territories, campaign.id).map(({ kind, code }) => ({ kind, code })) : null,
  }))
}

async function listTerms(db: Database, campaignIds: string[]) {
  const services = await db
    .select()
    .from(campaignServices)
    .where(inArray(campaignServices.campaignId, campaignIds))
    .orderBy(asc(campaignServices.serviceCode))
  const venues = await db
    .select()
    .from(campaignVenues)
    .where(inArray(campaignVenues.campaignId, campaignIds))
    .orderBy(asc(campaignVenues.venueId))
  const territories = await db
    .select()
    .from(campaignTerritories)
    .where(inArray(campaignTerritories.campaignId, campaignIds))
    .orderBy(asc(campaignTerritories.kind), asc(campaignTerritories.code))
  return { services, venues, territories }
}
