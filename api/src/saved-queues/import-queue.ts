import { randomBytes } from 'node:crypto'
import { recordAudit } from '../accounts/audit.ts'
import { hashToken } from '../accounts/tokens.ts'
import { tokenDays } from '../devices/device.ts'
import type { KnownDevice } from '../devices/device-directory.ts'
import { addDevice, countUnknownCodes, listVenueIds, revokeDeviceRow } from '../devices/queries.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { getOrganisation } from '../venues/queries.ts'
import { redeemScans, type ScanResult } from './redeem-scans.ts'
import { reverseScan } from './reverse-scan.ts'
import type { ScanDesk } from './scan-desk.ts'
import { isClosed, mostScans } from './scan-request.ts'

/** What a phone that can no longer send saved (scanner-pwa/src/queue/rescue.ts). Its scans are closed to this server. */
export type SavedQueue = { scans: readonly unknown[]; reversals: readonly { scanId: string; venueId: string }[] }
export type QueueImport = { accepted: number; refused: number; retry: number; reversals: number; results: ScanResult[] }

/**
 * Takes the saved queue of a phone of this organisation: each scan gets the outcome that it would have had, once, whoever sends it
 * first. It counts as a phone of its own, revoked at the end. Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export async function importQueue(
  ctx: Context,
  desk: ScanDesk,
  organisationId: string,
  { scans, reversals }: SavedQueue,
): Promise<QueueImport> {
  const person = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  requireOwn(person, (await getOrganisation(ctx.db, organisationId)).id, 'organisation')
  const device = await addFileAsDevice(ctx, organisationId)

  const undone = await undo(ctx, desk, device, reversals)
  const results: ScanResult[] = []
  for (let at = 0; at < scans.length; at += mostScans) {
    // A code in clear comes from a phone that signs, and never from a file.
    const items = scans.slice(at, at + mostScans).map((item) => (isClosed(item) ? item : null))
    results.push(...(await redeemScans(ctx, desk, device, items)))
  }

  const count = (outcome: ScanResult['outcome']) => results.filter((result) => result.outcome === outcome).length
  const counts = { accepted: count('accepted'), refused: count('refused'), retry: count('retry'), reversals: undone }
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

/** Before the scans, so that what was undone on the phone is never accepted. Too late, it stays what it is. */
async function undo(ctx: Context, desk: ScanDesk, device: KnownDevice, reversals: SavedQueue['reversals']) {
  let undone = 0
  for (const { scanId, venueId } of reversals) {
    if (!device.venueIds.has(venueId)) continue
    try {
      await reverseScan(desk, ctx.keyring, device.actor, scanId, venueId)
      undone += 1
    } catch (error) {
      if (!(error instanceof AppError && ['conflict', 'not_found'].includes(error.kind))) throw error
    }
  }
  return undone
}
