import { AppError } from '@carnet/api/shared/errors.ts'
import fc from 'fast-check'
import { clearMoney, openRoomyShelves } from './money-clearing.ts'
import { createMoneyLife, type LifeEvent, lifeKinds } from './money-life.ts'
import { givenMoneyCampaign, type MoneyWorld } from './money-world.ts'

const event: fc.Arbitrary<LifeEvent> = fc.record({
  kind: fc.constantFrom(...lifeKinds),
  campaign: fc.nat(1),
  organisation: fc.nat(2),
  n: fc.integer({ min: 1, max: 12 }),
})

/** So that a life is about what can go wrong, not about getting there. */
const beginning: LifeEvent[] = [0, 1].flatMap((campaign) =>
  (['fund', 'reserve', 'activate', 'scan', 'freeze'] as const).map((kind, organisation) => ({
    ...{ kind, campaign, organisation: organisation % 2, n: 12 },
  })),
)

/** At its end a campaign that chance left open is closed: what nobody used expires, and goes back or to the other campaign. */
const end: LifeEvent[] = [
  { kind: 'activate', n: 4 } as const,
  { kind: 'close', n: 4 } as const,
  { kind: 'expire', n: 4 } as const,
  { kind: 'refund', n: 1 } as const,
  { kind: 'transfer', n: 3 } as const,
].map((one) => ({ ...one, campaign: 1, organisation: 0 }))

type Lives = { runs: number; eventsPerRun: number; seed: number }
/** How often each kind of event happened: was neither refused nor without an object. And how many transfers of each kind. */
export type Lived = {
  lives: number
  events: number
  refusals: number
  happened: Record<string, number>
  transfers: Record<string, number>
}

/** Lives one after the other in one world; after each event all invariants are checked. Throws at the event that breaks one. */
export async function liveRandomly(
  world: MoneyWorld,
  { runs, eventsPerRun, seed, onLife = async () => {} }: Lives & { onLife?: () => Promise<void> },
): Promise<Lived> {
  const lived: Lived = { lives: 0, events: 0, refusals: 0, happened: {}, transfers: {} }
  const add = (counts: Record<string, number>, key: string, more: number) => {
    counts[key] = (counts[key] ?? 0) + more
  }
  await openRoomyShelves(world)
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: eventsPerRun, maxLength: eventsPerRun }), async (events) => {
      await clearMoney(world)
      const first = await givenMoneyCampaign(world, [333, 333, 334])
      const funderIds = first.parts.map(({ funderId }) => funderId)
      const live = createMoneyLife(world, [first, await givenMoneyCampaign(world, [350, 650, 500], funderIds)])
      for (const one of [...beginning, ...events, ...end]) {
        try {
          if ((await live(one)) !== false) add(lived.happened, one.kind, 1)
        } catch (error) {
          if (!(error instanceof AppError) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
          lived.refusals++
        }
        await world.expectSoundMoney().catch((broken: unknown) => {
          throw new Error(`After ${one.kind}: ${broken}`, { cause: broken })
        })
        lived.events++
      }
      for (const { kind, count } of await world.sql<{ kind: string; count: number }[]>`
        select kind::text, count(*)::int as count from transfers group by 1`)
        add(lived.transfers, kind, count)
      lived.lives++
      await onLife()
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
  return lived
}
