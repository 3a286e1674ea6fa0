import { deviceProgress, devices, memberships, people, type Transaction } from '@carnet/db'
import { and, asc, eq, gt, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

type Owner = { organisationId: string | null; prescriberId: string | null }

/** The phone is now another device of the same owner: its former token ends, and what it owed travels with it. */
export async function endFormerDevice(
  tx: Transaction,
  id: string,
  { organisationId, prescriberId }: Owner,
): Promise<void> {
  const isOfOwner = organisationId
    ? eq(devices.organisationId, organisationId)
    : eq(devices.prescriberId, prescriberId!)
  const ended = await tx
    .update(devices)
    .set({ state: 'revoked' })
    .where(and(eq(devices.id, id), isOfOwner))
    .returning({ id: devices.id })
  if (ended.length > 0) await tx.update(deviceProgress).set({ pending: 0 }).where(eq(deviceProgress.deviceId, id))
}

export type OwingPhone = { deviceId: string; organisationId: string; label: string; pending: number; saidOn: Day }

/** Phones that said that scans were left on them, last heard of on that day or before. */
export async function listOwingPhones(
  tx: Transaction,
  {
    until,
    organisationId,
    except,
    areNew = false,
  }: { until: Day; organisationId?: string; except?: string; areNew?: boolean },
): Promise<OwingPhone[]> {
  const rows = await tx
    .select({
      deviceId: devices.id,
      organisationId: devices.organisationId,
      label: devices.label,
      pending: deviceProgress.pending,
      saidOn: deviceProgress.saidOn,
    })
    .from(deviceProgress)
    .innerJoin(devices, eq(devices.id, deviceProgress.deviceId))
    .where(
      and(
        gt(deviceProgress.pending, 0),
        lte(deviceProgress.saidOn, until),
        organisationId ? eq(devices.organisationId, organisationId) : sql`${devices.organisationId} is not null`,
        except ? ne(devices.id, except) : undefined,
        areNew ? or(isNull(deviceProgress.warnedOn), lt(deviceProgress.warnedOn, deviceProgress.saidOn)) : undefined,
      ),
    )
    .orderBy(asc(devices.label), asc(devices.id))
  return rows.map((row) => ({ ...row, organisationId: row.organisationId! }))
}

export async function noteWarned(tx: Transaction, deviceId: string, today: Day): Promise<void> {
  await tx.update(deviceProgress).set({ warnedOn: today }).where(eq(deviceProgress.deviceId, deviceId))
}

/** Whom a venue's mail goes to. */
export function listManagers(tx: Transaction, organisationId: string) {
  return tx
    .select({ email: people.email, language: people.language })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.role, 'venue_manager'),
        eq(memberships.tenantId, organisationId),
        isNull(memberships.endedOn),
        eq(people.isActive, true),
      ),
    )
    .orderBy(asc(people.email))
}
