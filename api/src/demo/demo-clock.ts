import type { Day } from '../shared/days.ts'

export type DemoClock = ReturnType<typeof createDemoClock>

/** The clock of the world being made: it is set day by day, and every use case reads it. */
export function createDemoClock(first: Day) {
  let instant = new Date(`${first}T09:00:00Z`)
  return {
    now: (): Date => instant,
    set(day: Day): void {
      instant = new Date(`${day}T09:00:00Z`)
    },
  }
}

/** mulberry32: the same world each time it is made. */
export function createDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
