import { randomBytes } from 'node:crypto'
import { recordAudit } from '../accounts/audit.ts'
import { hashToken } from '../accounts/tokens.ts'
import { type ContestAsked, contestRefusal } from '../contests/contest-refusal.ts'
import { tokenDays } from '../devices/device.ts'
import type { KnownDevice } from '../devices/device-directory.ts'
import { addDevice, countUnknownCodes, listVenueIds, revokeDeviceRow } from '../devices/queries.ts'
import { correctScan } from '../redemptions/correct-scan.ts'
import { redeemScans, type ScanResult } from '../redemptions/redeem-scans.ts'
import { reverseScan } from '../redemptions/reverse-scan.ts'
import type { ScanDesk } from '../redemptions/scan-desk.ts'
import { isClosed, mostScans } from '../redemptions/scan-request.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { getOrganisation } from '../venues/queries.ts'

/** What a phone that can no longer send saved (scanner-pwa/src/queue/rescue.ts). Its scans are closed to this server. */
export type SavedQueue = {
  scans: readonly unknown[]
  reversals: readonly { scanId: string; venueId: string }[]
  corrections: readonly { scanId: string; service: string }[]
  contests: readonly ({ scanId: string } & ContestAsked)[]
}
type Counts = Record<ScanResult['outcome'] | 'reversals' | 'corrections' | 'contests', number>
export type QueueImport = Counts & { results: ScanResult[] }
const nothing = { accepted: 0, refused: 0, retry: 0, reversals: 0, corrections: 0, contests: 0, results: [] }

/**
 * Takes the saved queue of a phone of this organisation: each scan gets the outcome that it would have had, once, whoever sends it
 * first; what was undone, corrected or contested there is told as the phone would have told it. The file counts as a phone of its
 * own, revoked at the end; one with nothing in it leaves nothing behind. Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export async function importQueue(
  ctx: Context,
  desk: ScanDesk,
  organisationId: string,
  { scans, reversals, corrections, contests }: SavedQueue,
): Promise<QueueImport> {
  const person = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  requireOwn(person, (await getOrganisation(ctx.db, organisationId)).id, 'organisation')
  if (scans.length + reversals.length + corrections.length + contests.length === 0) return nothing
  const device = await addFileAsDevice(ctx, organisationId)

  // Before the scans, so that what was undone on the phone is never accepted.
  const undone = await countDone(
    reversals.filter(({ venueId }) => device.venueIds.has(venueId)),
    ({ scanId, venueId }) => reverseScan(desk, ctx.keyring, device.actor, scanId, venueId),
  )
  const results: ScanResult[] = []
  for (let at = 0; at < scans.length; at += mostScans) {
    // A code in clear comes from a phone that signs, and never from a file.
    const items = scans.slice(at, at + mostScans).map((item) => (isClosed(item) ? item : null))
    results.push(...(await redeemScans(ctx, desk, device, items)))
  }

  const corrected = await countDone(corrections, async ({ scanId, service }) => {
    const { outcome } = await correctScan(desk, ctx.keyring, device.actor, scanId, service)
    return outcome === 'accepted'
  })
  const contested = await countDone(contests, ({ scanId, ...asked }) =>
    contestRefusal(ctx, desk, device, scanId, asked),
  )

  const count = (outcome: ScanResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  const counts = {
    accepted: count('accepted'),
    refused: count('refused'),
    retry: count('retry'),
    reversals: undone,
    corrections: corrected,
    contests: contested,
  }
  await ctx.transaction(async (tx) => {
    await revokeDeviceRow(tx, device.actor.deviceId)
    await recordAudit(tx, ctx, 'queue_imported', { organisationId, ...counts })
  })
  return { ...counts, results }
}

async function addFileAsDevice(ctx: Context, organisationId: string): Promise<KnownDevice> {
  const today = ctx.today()
  const deviceId = await ctx.transaction((tx) =>
    addDevice(tx, {
      organisationId,
      label: `Fichier ${today}`,
      // Nobody ever holds this token.
      tokenHash: hashToken(randomBytes(32).toString('base64url')),
      enrolledOn: today,
      lastSeenOn: today,
      expiresOn: addDays(today, tokenDays),
    }),
  )
  const venueIds = await listVenueIds(ctx.db, organisationId)
  return {
    actor: { kind: 'device', deviceId, organisationId, venueId: null },
    venueIds: new Set(venueIds),
    requestKey: null,
    unknownCodes: { day: today, ...(await countUnknownCodes(ctx.db, deviceId, venueIds, today)) },
    until: 0,
  }
}

/** How many were done. What comes too late, or was never known, stays what it is. */
async function countDone<Item>(items: readonly Item[], tell: (item: Item) => Promise<unknown>): Promise<number> {
  let done = 0
  for (const item of items) {
    try {
      if ((await tell(item)) !== false) done += 1
    } catch (error) {
      if (!(error instanceof AppError && ['conflict', 'not_found'].includes(error.kind))) throw error
    }
  }
  return done
}
