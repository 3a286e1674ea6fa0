import type { KnownDevice } from '../devices/device-directory.ts'
import type { Context } from '../shared/context.ts'
import { callFindScan } from './queries.ts'
import { type ScanResult, venueOf } from './redeem-scans.ts'
import { addRetold } from './retold-queries.ts'
import type { ScanDesk } from './scan-desk.ts'
import { scanIdToldAgain, venueIdOf } from './scan-request.ts'

type Lost = { scanId: string; venueId: string }

/** Of scans that a phone tells again: those that no backup brought back. Others cost nothing here. */
export async function findLost(ctx: Context, desk: ScanDesk, device: KnownDevice, items: readonly unknown[]) {
  const { organisationId } = device.actor
  const lost: Lost[] = []
  for (const item of items) {
    const scanId = scanIdToldAgain(item)
    const venueId = venueOf(device, { venueId: venueIdOf(item) })
    if (!scanId || !venueId) continue
    const answerMac = ctx.keyring.answerMac(scanId)
    const story = await desk.askUnderPeriods(
      (live) => callFindScan(desk.client, live, scanId, answerMac, organisationId),
      ({ outcome }) => outcome === 'retry',
    )
    if (story?.outcome === 'unknown') lost.push({ scanId, venueId })
  }
  return lost
}

/**
 * Counts, by venue and day of arrival, what became of scans that a restore had lost. In a transaction of its own, after their
 * answers, and without any scan's number. Two first copies at once may count twice: it is a measure of a restore, not money.
 */
export async function noteRetold(ctx: Context, lost: readonly Lost[], results: readonly ScanResult[]): Promise<void> {
  const outcomes = new Map(results.filter(({ training }) => !training).map(({ scanId, outcome }) => [scanId, outcome]))
  const counts = new Map<string, { accepted: number; refused: number }>()
  for (const { scanId, venueId } of lost) {
    const outcome = outcomes.get(scanId)
    if (outcome !== 'accepted' && outcome !== 'refused') continue
    const count = counts.get(venueId) ?? { accepted: 0, refused: 0 }
    counts.set(venueId, { ...count, [outcome]: count[outcome] + 1 })
  }
  if (counts.size === 0) return
  await ctx.transaction(async (tx) => {
    for (const [venueId, count] of [...counts].sort()) await addRetold(tx, { venueId, day: ctx.today(), ...count })
  })
}
