import { AppError } from '@carnet/api/shared/errors.ts'
import fc from 'fast-check'
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
  (['fund', 'reserve', 'activate', 'activate', 'scan', 'freeze', 'scan'] as const).map((kind, organisation) => ({
    ...{ kind, campaign, organisation: organisation % 2, n: 6 },
  })),
)

/**
 * Then what chance alone may miss: a use is undone after its payout was made, and its venue earns again, so that what it owes is
 * taken from that; one payout is booked and comes back, another one is refused.
 */
const debt: LifeEvent[] = (
  [
    ...['prepare', 'reverseFrozen', 'fund', 'activate', 'activate', 'revoke'],
    ...['scan', 'freeze', 'export', 'book', 'giveBack', 'reject'],
  ] as LifeEvent['kind'][]
).map((kind) => ({ kind, campaign: 0, organisation: 0, n: 6 }))

/** At its end a campaign that chance left open is closed: what nobody used expires. */
const end: LifeEvent[] = (['activate', 'close', 'expire'] as const).map((kind) => ({
  ...{ kind, campaign: 1, organisation: 0, n: 4 },
}))

type Lives = { runs: number; eventsPerRun: number; seed: number }

/** Lives one after the other in one world; after each event all invariants are checked. Throws on the first that is broken. */
export async function liveRandomly(
  world: MoneyWorld,
  { runs, eventsPerRun, seed, onLife = () => {} }: Lives & { onLife?: (lived: { events: number }) => void },
): Promise<{ refusals: number; kinds: string[] }> {
  let refusals = 0
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: eventsPerRun, maxLength: eventsPerRun }), async (events) => {
      const first = await givenMoneyCampaign(world, [333, 333, 334])
      const funderIds = first.parts.map(({ funderId }) => funderId)
      const live = createMoneyLife(world, [first, await givenMoneyCampaign(world, [350, 650, 500], funderIds)])
      for (const one of [...beginning, ...debt, ...events, ...end]) {
        try {
          await live(one)
        } catch (error) {
          if (!(error instanceof AppError) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
          refusals++
        }
        await world.expectSoundMoney()
      }
      onLife({ events: beginning.length + debt.length + events.length + end.length })
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
  const seen = await world.sql<{ kind: string }[]>`select distinct kind::text from transfers order by 1`
  return { refusals, kinds: seen.map(({ kind }) => kind) }
}
