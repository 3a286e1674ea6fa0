import { type Database, deviceProgress, devices, organisations, prescribers, venues } from '@carnet/db'
import { asc, desc, eq, or, sql } from 'drizzle-orm'

export type PhoneRow = Awaited<ReturnType<typeof listPhoneRows>>[number]

/** Phones with whose they are and what they owe: of one organisation or prescriber, or of all. Those that work first. */
export const listPhoneRows = (db: Database, ownerId: string | null) =>
  db
    .select({
      id: devices.id,
      label: devices.label,
      ownerId: sql<string>`coalesce(${devices.organisationId}, ${devices.prescriberId})`,
      owner: sql<string>`coalesce(${organisations.legalName}, ${prescribers.name}, '')`,
      isPrescribers: sql<boolean>`${devices.prescriberId} is not null`,
      venueId: devices.venueId,
      venue: venues.name,
      state: devices.state,
      lastSeenOn: devices.lastSeenOn,
      expiresOn: devices.expiresOn,
      pending: sql<number>`coalesce(${deviceProgress.pending}, 0)`.mapWith(Number),
    })
    .from(devices)
    .leftJoin(organisations, eq(organisations.id, devices.organisationId))
    .leftJoin(prescribers, eq(prescribers.id, devices.prescriberId))
    .leftJoin(venues, eq(venues.id, devices.venueId))
    .leftJoin(deviceProgress, eq(deviceProgress.deviceId, devices.id))
    .where(ownerId === null ? undefined : or(eq(devices.organisationId, ownerId), eq(devices.prescriberId, ownerId)))
    .orderBy(asc(devices.state), desc(deviceProgress.pending), asc(devices.label), asc(devices.id))
    .limit(2000)
