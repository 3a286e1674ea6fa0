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
import { isClosed, mostScans, scanIdOf } from '../redemptions/scan-request.ts'
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
const nothingYet = (): QueueImport => ({
  accepted: 0,
  refused: 0,
  retry: 0,
  reversals: 0,
  corrections: 0,
  contests: 0,
  results: [],
})

/**
 * Takes the saved queue of a phone of this organisation: each scan gets the outcome that it would have had, once, whoever sends it
 * first; what was undone, corrected or contested there is told as the phone would have told it. The file counts as a phone of its
 * own, revoked at the end; one with nothing in it leaves nothing behind. Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export async function importQueue(
  ctx: Context,
  desk: ScanDesk,
  organisationId: string,
  saved: SavedQueue,
): Promise<QueueImport> {
  const person = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  requireOwn(person, (await getOrganisation(ctx.db, organisationId)).id, 'organisation')
  const done = nothingYet()
  if (saved.scans.length + saved.reversals.length + saved.corrections.length + saved.contests.length === 0) return done
  const device = await addFileAsDevice(ctx, organisationId)
  try {
    await tellAll(ctx, desk, device, saved, done)
  } finally {
    // Also when it stopped half-way: what was accepted is accepted, and the file given again goes on from there.
    const { results: _, ...counts } = done
    await ctx.transaction(async (tx) => {
      await revokeDeviceRow(tx, device.actor.deviceId)
      await recordAudit(tx, ctx, 'queue_imported', { organisationId, ...counts })
    })
  }
  return done
}

async function tellAll(
  ctx: Context,
  desk: ScanDesk,
  device: KnownDevice,
  { scans, reversals, corrections, contests }: SavedQueue,
  done: QueueImport,
): Promise<void> {
  const { actor, venueIds } = device
  // Before the scans, so that what was undone on the phone is never accepted. An unknown scan is withdrawn at the venue that the
  // file names, so that must be one of this organisation; corrections and contests name none.
  const undone = await tellEach(
    reversals.filter(({ venueId }) => venueIds.has(venueId)),
    ({ scanId, venueId }) => reverseScan(desk, ctx.keyring, actor, scanId, venueId),
  )
  done.reversals = undone.count
  const held = new Set(undone.untold.map(({ scanId }) => scanId))
  for (let at = 0; at < scans.length; at += mostScans) {
    // A code in clear comes from a phone that signs, and never from a file.
    const items = scans.slice(at, at + mostScans).map((item) => (isClosed(item) ? item : null))
    const told = items.filter((item) => !held.has(scanIdOf(item)))
    const results = (await redeemScans(ctx, desk, device, told)).values()
    for (const item of items) {
      const scanId = scanIdOf(item)
      const result: ScanResult = held.has(scanId) ? { scanId, outcome: 'retry' } : results.next().value!
      done.results.push(result)
      done[result.outcome] += 1
    }
  }

  const corrected = await tellEach(corrections, async ({ scanId, service }) => {
    const { outcome } = await correctScan(desk, ctx.keyring, actor, scanId, service)
    return outcome === 'accepted'
  })
  done.corrections = corrected.count
  const contested = await tellEach(contests, ({ scanId, ...asked }) => contestRefusal(ctx, desk, device, scanId, asked))
  done.contests = contested.count
  done.retry += undone.untold.length + corrected.untold.length + contested.untold.length
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

/** How many were done, and which must be told again. What comes too late, or was never known, stays what it is. */
async function tellEach<Item>(items: readonly Item[], tell: (item: Item) => Promise<unknown>) {
  let count = 0
  const untold: Item[] = []
  for (const item of items) {
    try {
      if ((await tell(item)) !== false) count += 1
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.kind === 'unavailable') untold.push(item)
      else if (!['conflict', 'not_found'].includes(error.kind)) throw error
    }
  }
  return { count, untold }
}
