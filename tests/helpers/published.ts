import type { App } from '@carnet/api/app.ts'
import { tellCell } from '@carnet/api/statistics/disclosure.ts'
import { rangeOf } from '@carnet/api/statistics/read-releases.ts'
import { factsOf, type ReleaseTable } from '@carnet/api/statistics/release.ts'
import { type Cell, keyOf, type Published } from './release-attack.ts'

/** Every cell of every release, as anybody downloads it: its key and its value. */
export async function readEveryCell(app: App): Promise<Map<string, number | null>> {
  const read = async (path: string) => (await app.request(`/api/v1/releases${path}`)).json()
  const cells = new Map<string, number | null>()
  for (const release of (await read('')).items)
    for (const { table } of release.tables)
      for (let cursor = ''; ; ) {
        const page = await read(`/${release.id}/tables/${table}?limit=500${cursor}`)
        for (const { place, subject, span, value } of page.items) cells.set(keyOf(table, place, subject, span), value)
        if (page.nextCursor === null) break
        cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
      }
  return cells
}

const threshold = 11
const hidden = { least: 0, most: threshold - 1 }

/**
 * What the values mean to an attacker who knows the method. More than the truth, unless told otherwise: it also knows which of the
 * silent territories are silent for their venues' sake, so the others are below the threshold. In truth one word stands for both.
 */
export const meaningOf = (
  values: ReadonlyMap<string, number | null>,
  cells: readonly Cell[],
  { knowsWhySilent = true } = {},
): Published[] =>
  cells.flatMap(({ key, table, count }) => {
    const value = values.get(key)
    if (value === undefined) throw new Error(`${key} was not published`)
    if (value === null) {
      const isTold = knowsWhySilent || !factsOf(table as ReleaseTable).isTerritory
      return isTold && count < threshold ? [{ key, ...hidden }] : []
    }
    const [least, most] = rangeOf(value, threshold)
    return [{ key, least, most }]
  })

/** A way to publish a count: what is shown, and what an attacker who knows the method takes from it. */
export type Method = (count: number, draw: number) => { shown: number | null; least: number; most: number }

const dice = () => Math.floor(Math.random() * 2 ** 32)
export const publish = (cells: readonly Cell[], method: Method): Published[] =>
  cells.map(({ key, count }) => ({ key, ...method(count, dice()) }))

export const realMethod: Method = (count, draw) => {
  const { value } = tellCell({ count, draw, threshold })
  if (value === null) return { shown: null, ...hidden }
  const [least, most] = rangeOf(value, threshold)
  return { shown: value, least, most }
}

/** Methods that others use, each of which gives people away. */
export const weakMethods: Record<string, Method> = {
  'raw counts': (count) => ({ shown: count, least: count, most: count }),
  'a threshold, and zero shown': (count) =>
    count > 0 && count < threshold
      ? { shown: null, least: 1, most: threshold - 1 }
      : { shown: count, least: count, most: count },
  'always the nearest multiple of five': (count) => {
    if (count < threshold) return { shown: null, ...hidden }
    const nearest = Math.round(count / 5) * 5
    return { shown: nearest, least: Math.max(threshold, nearest - 2), most: nearest + 2 }
  },
}

const fifths = [0, 1, 2, 3, 4].map((fifth) => Math.floor(((fifth + 0.5) / 5) * 2 ** 32))

/**
 * How often somebody who knows all uses but one is certain from a published count whether that one is in it: over the counts
 * 11 to 60 and every draw, half of the time with the one and half without.
 */
export function certaintyOf(method: Method): number {
  let [certain, cases] = [0, 0]
  for (let count = threshold; count <= 60; count++)
    for (const draw of fifths)
      for (const [real, other] of [
        [count, count + 1],
        [count + 1, count],
      ] as const) {
        const { shown } = method(real, draw)
        cases += 1
        if (!fifths.some((otherDraw) => method(other, otherDraw).shown === shown)) certain += 1
      }
  return certain / cases
}
