import {
  type Database,
  deviceDays,
  deviceProgress,
  devices,
  enrolmentTokens,
  type Transaction,
  venues,
} from '@carnet/db'
import { and, asc, count, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type Progress, tokenDays } from './device.ts'

type Reader = Database | Transaction
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

export async function removeOldEnrolmentTokens(tx: Transaction, now: Date): Promise<void> {
  await tx.delete(enrolmentTokens).where(lt(enrolmentTokens.expiresAt, now))
}

export async function addDevice(tx: Transaction, device: typeof devices.$inferInsert): Promise<string> {
  const [added] = await tx.insert(devices).values(device).returning({ id: devices.id })
  return added!.id
}

export async function findDeviceByToken(db: Reader, tokenHash: Uint8Array, today: Day): Promise<DeviceRow | undefined> {
  const [device] = await db
    .select()
    .from(devices)
    .where(and(eq(devices.tokenHash, tokenHash), eq(devices.state, 'active')))
  return device && device.expiresOn >= today ? device : undefined
}

export async function getDevice(db: Reader, id: string): Promise<DeviceRow> {
  const [device] = await db.select().from(devices).where(eq(devices.id, id))
  if (!device) throw new AppError('not_found', 'device_not_found', 'There is no such phone')
  return device
}

/** Of one organisation or prescriber, or of all, by label. `unknownCodesToday` near its limit asks for a look. */
export function listDevices(
  db: Database,
  ownerId: string | null,
  today: Day,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  return db
    .select({
      id: devices.id,
      organisationId: devices.organisationId,
      venueId: devices.venueId,
      prescriberId: devices.prescriberId,
      label: devices.label,
      state: devices.state,
      enrolledOn: devices.enrolledOn,
      lastSeenOn: devices.lastSeenOn,
      expiresOn: devices.expiresOn,
      pending: sql<number>`coalesce(${deviceProgress.pending}, 0)`.mapWith(Number),
      gaps: sql<number>`coalesce(cardinality(${deviceProgress.gaps}), 0)`.mapWith(Number),
      unknownCodesToday: sql<number>`coalesce((
        select sum(n.unknown_codes) from device_days n where n.device_id = ${devices.id} and n.day = ${today}), 0)`.mapWith(
        Number,
      ),
    })
    .from(devices)
    .leftJoin(deviceProgress, eq(deviceProgress.deviceId, devices.id))
    .where(
      and(
        ownerId === null ? undefined : or(eq(devices.organisationId, ownerId), eq(devices.prescriberId, ownerId)),
        cursor === undefined
          ? undefined
          : sql`(${devices.label}, ${devices.id}) > (select a.label, a.id from devices a where a.id = ${cursor})`,
      ),
    )
    .orderBy(asc(devices.label), asc(devices.id))
    .limit(limit)
}

/** Linked phones of an organisation or a prescriber. */
export async function countPhones(db: Reader, ownerId: string): Promise<number> {
  const [row] = await db
    .select({ phones: count() })
    .from(devices)
    .where(and(eq(devices.state, 'active'), or(eq(devices.organisationId, ownerId), eq(devices.prescriberId, ownerId))))
  return row!.phones
}

/** False when it was revoked before. */
export async function revokeDeviceRow(tx: Transaction, id: string): Promise<boolean> {
  const revoked = await tx
    .update(devices)
    .set({ state: 'revoked' })
    .where(and(eq(devices.id, id), eq(devices.state, 'active')))
    .returning({ id: devices.id })
  return revoked.length > 0
}

/** Once a day and phone; never an instant. */
export async function noteDeviceSeen(tx: Transaction, id: string, today: Day): Promise<void> {
  await tx
    .update(devices)
    .set({ lastSeenOn: today, expiresOn: sql`${today}::date + ${tokenDays}::int` })
    .where(and(eq(devices.id, id), lt(devices.lastSeenOn, today)))
}

export async function listVenueIds(db: Reader, organisationId: string): Promise<string[]> {
  const rows = await db.select({ id: venues.id }).from(venues).where(eq(venues.organisationId, organisationId))
  return rows.map((row) => row.id)
}

/** Of the day: by this phone, and by all phones at each of these venues. */
export async function countUnknownCodes(db: Reader, deviceId: string, venueIds: readonly string[], today: Day) {
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

export async function addDayCounts(
  tx: Transaction,
  deviceId: string,
  venueId: string,
  today: Day,
  { unknownCodes = 0, checks = 0, typedChecks = 0 }: DayCounts,
): Promise<void> {
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
}

/** Of the day, over all venues of the phone. */
export async function countChecks(tx: Transaction, deviceId: string, today: Day) {
  const [total] = await tx
    .select({
      checks: sql<number>`sum(${deviceDays.checks})`.mapWith(Number),
      typedChecks: sql<number>`sum(${deviceDays.typedChecks})`.mapWith(Number),
    })
    .from(deviceDays)
    .where(and(eq(deviceDays.deviceId, deviceId), eq(deviceDays.day, today)))
  return total!
}

export async function removeOldCounts(tx: Transaction, before: Day): Promise<void> {
  await tx.delete(deviceDays).where(lt(deviceDays.day, before))
}

/**
 * The rows of these phones, made first for those of `first` that have none: two processes must never both begin a row, or
 * one would write over the other.
 */
export async function lockProgress(
  tx: Transaction,
  deviceIds: readonly string[],
  first: readonly { deviceId: string; ackedSeq: number }[],
  today: Day,
) {
  const sorted = first.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1))
  if (sorted.length > 0)
    await tx
      .insert(deviceProgress)
      .values(sorted.map((row) => ({ ...row, gaps: [], pending: 0, saidOn: today })))
      .onConflictDoNothing()
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

export async function changeProgress(
  tx: Transaction,
  deviceId: string,
  { ackedSeq, gaps, pending, saidOn }: Progress & { pending: number; saidOn: Day },
): Promise<void> {
  await tx
    .update(deviceProgress)
    .set({ ackedSeq, gaps: [...gaps], pending, saidOn })
    .where(eq(deviceProgress.deviceId, deviceId))
}
