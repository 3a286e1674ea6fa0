import { test } from 'vitest'
import { liveRandomly } from '../helpers/money-lives.ts'
import { givenMoneyWorld } from '../helpers/money-world.ts'

const isFull = process.env.FAULTS === 'full'
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31)
const livesPerWorld = 20
const worlds = isFull ? 100 : 3

// A world of its own for a few lives: its ledger stays small, and what breaks is quickly found again by its seed.
test.each(Array.from({ length: worlds }, (_, at) => seed + at))(
  `${livesPerWorld} lives of 60 events of money, seed %i`,
  async (worldSeed) => {
    const world = await givenMoneyWorld()
    await liveRandomly(world, { runs: livesPerWorld, eventsPerRun: 60, seed: worldSeed })
  },
  1_800_000,
)
