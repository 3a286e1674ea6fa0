import { test } from 'vitest'
import { liveRandomly } from '../helpers/money-lives.ts'
import { givenMoneyWorld } from '../helpers/money-world.ts'

const isFull = process.env.FAULTS === 'full'
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31)
const livesPerWorld = 20
const [rounds, worldsAtOnce] = isFull ? [50, 2] : [2, 2]
const lives = rounds * worldsAtOnce * livesPerWorld
const lived = { lives: 0, events: 0, refusals: 0, since: performance.now() }

const told = () => {
  const minutes = (performance.now() - lived.since) / 60_000
  const rest = (minutes / lived.lives) * (lives - lived.lives)
  return `${lived.lives} of ${lives} lives, ${lived.events} events and as many checks of everything, ${lived.refusals} refusals, ${minutes.toFixed(1)} min, ${rest.toFixed(1)} to go`
}

/** A world of its own for a few lives: its ledger stays small, and what breaks is quickly found again by its seed. */
test.each(Array.from({ length: rounds }, (_, at) => seed + at * worldsAtOnce))(
  `${worldsAtOnce} worlds at once of ${livesPerWorld} lives of 60 events of money, seeds from %i`,
  async (firstSeed) => {
    const worlds = []
    for (let at = 0; at < worldsAtOnce; at++) worlds.push(await givenMoneyWorld())
    const outcomes = await Promise.all(
      worlds.map((world, at) =>
        liveRandomly(world, {
          ...{ runs: livesPerWorld, eventsPerRun: 60, seed: firstSeed + at },
          onLife: ({ events }) => {
            lived.lives += 1
            lived.events += events
          },
        }),
      ),
    )
    lived.refusals += outcomes.reduce((sum, { refusals }) => sum + refusals, 0)
    console.info(told())
  },
  1_800_000,
)
