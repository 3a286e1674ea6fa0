import type { Result } from '@carnet/scanner-pwa/queue/outbox.ts'
import type { NewScan } from '@carnet/scanner-pwa/queue/scan.ts'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { closeEnvelope } from '../../helpers/phone.ts'
import { newScan } from '../../helpers/phone-queue.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVouchers, worldToday } from '../../helpers/scan-world.ts'
import { type Fate, fates, liveTogether, type TestServer } from '../../helpers/two-phones.ts'

const numRuns = Number(process.env.INTERLEAVINGS_SERVER ?? 60)
let world: ScanApp
beforeAll(async () => {
  world = await givenScanApp({ venues: 2 })
})

/** A scan of the real form: what the phone keeps is closed to the real server. */
async function scanOf(venueId: string, qr: string): Promise<NewScan> {
  const scan = newScan({ venueId, mark: qr })
  const content = { code: qr, service: 'A01', day: worldToday }
  const { key, ...rest } = await closeEnvelope(world.keyring.queuePublicKey, scan.scanId, content)
  return { ...scan, envelope: { key: { ...key, kty: 'EC', crv: 'P-256' }, ...rest } }
}

const server = (): TestServer => ({
  answer: (phone, scans) =>
    world.phones[phone]!.scans(
      scans.map(({ scanId, venueId, envelope, seq }) => ({ scanId, venueId, envelope, seq })),
    ) as Promise<Result[]>,
})

test(`the real server, two phones and one voucher, ${numRuns} interleavings: exactly one accepted`, async () => {
  const { id: campaignId, boxId } = await world.givenCampaign()
  const vouchers = await insertVouchers(world.sql, world.keyring, { campaignId, boxId, count: numRuns, firstCover: 11 })
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.infiniteStream(fc.constantFrom<Fate>(...fates.filter((fate) => fate !== 'restore'))),
      async (scheduler, stream) => {
        const { qr } = vouchers[run++]!
        const before = (await world.countRows()).redemptions!
        const scans = await Promise.all(world.venues.slice(0, 2).map(async ({ id }) => [await scanOf(id, qr)]))
        let count = 0
        const fateOf = () => (count++ < 10 ? stream.next().value : 'ok')
        const states = (await liveTogether(scheduler, server(), scans, fateOf)).flat().map(({ state }) => state)
        expect(states.sort()).toEqual(['accepted', 'refused'])
        expect((await world.countRows()).redemptions).toBe(before + 1)
      },
    ),
    { numRuns, endOnFailure: true },
  )
}, 600_000)
