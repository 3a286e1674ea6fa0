import {
  books,
  campaignServices,
  campaigns,
  campaignTerritories,
  campaignVenues,
  catalogueServices,
  type Database,
  deviceDays,
  deviceProgress,
  devices,
  enrolmentTokens,
  type Transaction,
  venueServices,
  venues,
  vouchers,
} from '@carnet/db'
import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { tokenDays } from './device.ts'

export type DeviceRow = typeof devices.$inferSelect

export async function addEnrolmentToken(tx: Transaction, token: typeof enrolmentTokens.$inferInsert): Promise<void> {
  await tx.insert(enrolmentTokens).values(token)
}

/** One of two phones that show the same token gets it; the other, and one that comes too late, gets nothing. */
export async function takeEnrolmentToken(tx: Transaction, tokenHash: Uint8Array, now: Date, today: Day) {
  const [taken] = await tx
    .update(enrolmentTokens)
    .set({ usedOn: today })
    .where(
      and(eq(enrolmentTokens.tokenHash, tokenHash), isNull(enrolmentTokens.usedOn), gt(enrolmentTokens.expiresAt, now)),
    )
    .returning()
  return taken
}

export async function addDevice(tx: Transaction, device: typeof devices.$inferInsert): Promise<string> {
  const [added] = await tx.insert(devices).values(device).returning({ id: devices.id })
  return added!.id
}

export async function findDeviceByToken(db: Database, tokenHash: Uint8Array, today: Day) {
  const [device] = await db
    .select()
    .from(devices)
    .where(and(eq(devices.tokenHash, tokenHash), eq(devices.state, 'active')))
  return device && device.expiresOn >= today ? device : undefined
}

export async function getDevice(db: Database | Transaction, id: string): Promise<DeviceRow> {
  const [device] = await db.select().from(devices).where(eq(devices.id, id))
  if (!device) throw new AppError('not_found', 'device_not_found', 'There is no such phone')
  return device
}

export function listDevices(db: Database, organisationId: string | null) {
  return db
    .select({
      id: devices.id,
      organisationId: devices.organisationId,
      venueId: devices.venueId,
      label: devices.label,
      state: devices.state,
      enrolledOn: devices.enrolledOn,
      lastSeenOn: devices.lastSeenOn,
      expiresOn: devices.expiresOn,
      pending: sql<number>`coalesce(${deviceProgress.pending}, 0)`.mapWith(Number),
      gaps: sql<number>`coalesce(cardinality(${deviceProgress.gaps}), 0)`.mapWith(Number),
    })
    .from(devices)
    .leftJoin(deviceProgress, eq(deviceProgress.deviceId, devices.id))
    .where(organisationId === null ? undefined : eq(devices.organisationId, organisationId))
    .orderBy(asc(devices.label), asc(devices.id))
}

export async function revokeDeviceRow(tx: Transaction, id: string): Promise<void> {
  await tx.update(devices).set({ state: 'revoked' }).where(eq(devices.id, id))
}

/** Once a day and phone; never an instant. */
export async function noteDeviceSeen(tx: Transaction, id: string, today: Day): Promise<void> {
  await tx
    .update(devices)
    .set({ lastSeenOn: today, expiresOn: sql`${today}::date + ${tokenDays}::int` })
    .where(and(eq(devices.id, id), lt(devices.lastSeenOn, today)))
}

export async function listVenueIds(db: Database, organisationId: string): Promise<string[]> {
  const rows = await db.select({ id: venues.id }).from(venues).where(eq(venues.organisationId, organisationId))
  return rows.map((row) => row.id)
}

export async function countUnknownCodes(db: Database, deviceId: string, venueIds: readonly string[], today: Day) {
  if (venueIds.length === 0) return { byDevice: 0, byVenue: new Map<string, number>() }
  const rows = await db
    .select({ deviceId: deviceDays.deviceId, venueId: deviceDays.venueId, unknownCodes: deviceDays.unknownCodes })
    .from(deviceDays)
    .where(and(inArray(deviceDays.venueId, [...venueIds]), eq(deviceDays.day, today)))
  const byVenue = new Map<string, number>()
  for (const row of rows) byVenue.set(row.venueId, (byVenue.get(row.venueId) ?? 0) + row.unknownCodes)
  const own = rows.filter((row) => row.deviceId === deviceId)
  return { byDevice: own.reduce((total, row) => total + row.unknownCodes, 0), byVenue }
}

type DayCounts = { unknownCodes?: number; checks?: number; typedChecks?: number }

/** Adds to the day's counts and says what they are now, over all venues of the phone. */
export async function addDayCounts(tx: Transaction, deviceId: string, venueId: string, today: Day, counts: DayCounts) {
  const { unknownCodes = 0, checks = 0, typedChecks = 0 } = counts
  await tx
    .insert(deviceDays)
    .values({ deviceId, venueId, day: today, unknownCodes, checks, typedChecks })
    .onConflictDoUpdate({
      target: [deviceDays.deviceId, deviceDays.venueId, deviceDays.day],
      set: {
        unknownCodes: sql`${deviceDays.unknownCodes} + ${unknownCodes}`,
        checks: sql`${deviceDays.checks} + ${checks}`,
        typedChecks: sql`${deviceDays.typedChecks} + ${typedChecks}`,
      },
    })
  const [total] = await tx
    .select({
      checks: sql<number>`sum(${deviceDays.checks})`.mapWith(Number),
      typedChecks: sql<number>`sum(${deviceDays.typedChecks})`.mapWith(Number),
    })
    .from(deviceDays)
    .where(and(eq(deviceDays.deviceId, deviceId), eq(deviceDays.day, today)))
  return total!
}

export async function lockProgress(tx: Transaction, deviceIds: readonly string[]) {
  return tx
    .select()
    .from(deviceProgress)
    .where(inArray(deviceProgress.deviceId, [...deviceIds]))
    .orderBy(asc(deviceProgress.deviceId))
    .for('update')
}

export async function findProgress(db: Database, deviceId: string) {
  const [progress] = await db.select().from(deviceProgress).where(eq(deviceProgress.deviceId, deviceId))
  return progress
}

export async function putProgress(tx: Transaction, row: typeof deviceProgress.$inferInsert): Promise<void> {
  const { ackedSeq, gaps, pending, saidOn } = row
  await tx
    .insert(deviceProgress)
    .values(row)
    .onConflictDoUpdate({ target: deviceProgress.deviceId, set: { ackedSeq, gaps, pending, saidOn } })
}

/** The venues of a phone with the services each offers, in the catalogue version given. */
export async function listVenueOffers(db: Database, organisationId: string, venueId: string | null, versionId: string) {
  const places = await db
    .select({ id: venues.id, name: venues.name, offersAllServices: venues.offersAllServices })
    .from(venues)
    .where(and(eq(venues.organisationId, organisationId), venueId === null ? undefined : eq(venues.id, venueId)))
    .orderBy(asc(venues.name))
  const services = await db
    .select({ code: catalogueServices.code, theme: catalogueServices.themeCode, title: catalogueServices.title })
    .from(catalogueServices)
    .where(and(eq(catalogueServices.versionId, versionId), isNull(catalogueServices.retiredOn)))
    .orderBy(asc(catalogueServices.code))
  const ids = places.map((place) => place.id)
  const chosen = ids.length
    ? await db
        .select()
        .from(venueServices)
        .where(inArray(venueServices.venueId, ids))
        .orderBy(desc(venueServices.venueId))
    : []
  return places.map(({ id, name, offersAllServices }) => ({
    id,
    name,
    services: offersAllServices
      ? services
      : services.filter((service) => chosen.some((row) => row.venueId === id && row.serviceCode === service.code)),
  }))
}

/** The rules of every campaign a voucher of which may still come: the phone applies them offline, the server always. */
export async function listScanRules(db: Database) {
  const rows = await db
    .select({
      id: campaigns.id,
      number: campaigns.number,
      name: campaigns.name,
      state: campaigns.state,
      startsOn: campaigns.startsOn,
      endsOn: campaigns.endsOn,
      graceDays: campaigns.graceDays,
      paysAllServices: campaigns.paysAllServices,
      acceptsAllVenues: campaigns.acceptsAllVenues,
      hasTerritory: campaigns.hasTerritory,
    })
    .from(campaigns)
    .where(inArray(campaigns.state, ['agreed', 'open', 'ending', 'uploads_closed']))
    .orderBy(asc(campaigns.number))
  const services = await db.select().from(campaignServices).orderBy(asc(campaignServices.serviceCode))
  const places = await db.select().from(campaignVenues).orderBy(asc(campaignVenues.venueId))
  const territories = await db.select().from(campaignTerritories).orderBy(asc(campaignTerritories.code))
  const of = <Row extends { campaignId: string }>(list: readonly Row[], id: string) =>
    list.filter((row) => row.campaignId === id)
  return rows.map(({ paysAllServices, acceptsAllVenues, hasTerritory, ...campaign }) => ({
    ...campaign,
    services: paysAllServices ? null : of(services, campaign.id).map((row) => row.serviceCode),
    venues: acceptsAllVenues ? null : of(places, campaign.id).map((row) => row.venueId),
    territories: hasTerritory ? of(territories, campaign.id).map(({ kind, code }) => ({ kind, code })) : null,
  }))
}

/** The sealed block hashes of books that are stopped, of campaigns that are not over. */
export async function listBlockedVouchers(db: Database): Promise<Uint8Array[]> {
  const rows = await db
    .select({ blockHash: vouchers.blockHash })
    .from(vouchers)
    .innerJoin(books, eq(books.id, vouchers.bookId))
    .innerJoin(campaigns, eq(campaigns.id, vouchers.campaignId))
    .where(and(eq(books.isBlocked, true), inArray(campaigns.state, ['open', 'ending', 'uploads_closed'])))
  return rows.map((row) => row.blockHash)
}
