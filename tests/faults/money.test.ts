import { test } from 'vitest'
import type { Lived } from '../helpers/money-lives.ts'
import { expectEveryKind, proveMoney } from '../helpers/money-proof.ts'
import { givenMoneyWorld } from '../helpers/money-world.ts'

const isFull = process.env.FAULTS === 'full'
const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31)
const [rounds, livesPerWorld] = isFull ? [20, 50] : [2, 20]
const worldsAtOnce = 2
const lives = rounds * worldsAtOnce * livesPerWorld
const since = performance.now()
const all: Lived = { lives: 0, events: 0, refusals: 0, happened: {}, transfers: {} }

function add(lived: Lived): void {
  for (const what of ['lives', 'events', 'refusals'] as const) all[what] += lived[what]
  for (const what of ['happened', 'transfers'] as const)
    for (const [kind, count] of Object.entries(lived[what])) all[what][kind] = (all[what][kind] ?? 0) + count
}

function told(): string {
  const minutes = (performance.now() - since) / 60_000
  const rest = (minutes / all.lives) * (lives - all.lives)
  return `${all.lives} of ${lives} lives, ${all.events} events and as many checks of everything, ${all.refusals} refusals, ${minutes.toFixed(1)} min, ${rest.toFixed(1)} to go`
}

test.each(Array.from({ length: rounds }, (_, at) => seed + at * worldsAtOnce))(
  `${worldsAtOnce} worlds at once, ${livesPerWorld} lives of 60 events of money in each, seeds from %i`,
  async (firstSeed) => {
    const worlds = [await givenMoneyWorld(), await givenMoneyWorld()]
    const lived = worlds.map((world, at) => proveMoney(world, { runs: livesPerWorld, seed: firstSeed + at }))
    for (const one of await Promise.all(lived)) add(one)
    console.info(told())
  },
  3_600_000,
)

test('in all these lives everything that can happen happened', () => {
  console.info(all)
  expectEveryKind(all)
})
