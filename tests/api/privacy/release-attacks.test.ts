import { freezeRelease } from '@carnet/api/statistics/freeze-release.ts'
import { describe, expect, test } from 'vitest'
import { certaintyOf, meaningOf, publish, readEveryCell, realMethod, weakMethods } from '../../helpers/published.ts'
import {
  atomsOf,
  attack,
  type Cell,
  campaignTotals,
  cellsOf,
  isHarmful,
  keyOf,
  statementLines,
  whitelist,
} from '../../helpers/release-attack.ts'
import {
  communeOf,
  givenReleaseWorld,
  isQuiet,
  liveMonth,
  months,
  openApp,
  sealOlder,
  serviceCodes,
} from '../../helpers/release-world.ts'
import { startOnBackup, takeBackup } from '../../helpers/sealing.ts'

/** Three months of scans, sealed behind the releases as they are in life; the last release is made twice, on a copy too. */
const world = await givenReleaseWorld()
for (const at of months.keys()) {
  await liveMonth(world, at)
  await sealOlder(world, at)
  if (at < 2) await freezeRelease(world.operator, months[at]!)
}
const copy = startOnBackup({ ...world, people: [], campaigns: [] }, await takeBackup(world))
await freezeRelease(world.operator, months[2])
const values = await readEveryCell(openApp(world))

const atoms = atomsOf(world)
const sorters = whitelist(world)
const cells = Object.entries(sorters).flatMap(([table, sorter]) => cellsOf(atoms, table, sorter))
const isSmall = ({ count }: Cell) => count > 0 && count < 11
const isCrossed = ({ table }: Cell) => /^R[134]/.test(table)
const smallOf = (name: string) => cells.filter((cell) => cell.table.startsWith(name) && isSmall(cell))
const lines = statementLines(atoms)
const published = meaningOf(values, cells)

/** So many of them, spread over the tables. */
const some = (from: readonly Cell[], count: number) => from.filter((_, at) => (at * count) % from.length < count)
/** Places where hardly anybody goes, by month and by year: the accounts of their venues would tell of them. */
const quiet = [...smallOf('R2'), ...smallOf('R5')]
/** A funder of everything who was shown the accounts of the busy venues: all that is left is the quiet ones together. */
const allButQuiet = [...campaignTotals(atoms), ...statementLines(atoms, (venue) => !isQuiet(venue))]

test('what is published is what happened', () => {
  for (const { key, least, most } of published) {
    const { count } = cells.find((cell) => cell.key === key)!
    expect([count >= least, count <= most], `${key}: ${count}`).toEqual([true, true])
  }
  const told = [...values].filter(([, value]) => value !== null).map(([key]) => key.slice(0, 2))
  expect([...new Set(told)].sort()).toEqual(['R1', 'R2', 'R3', 'R4', 'R5'])
  const small = ['R1', 'R2', 'R3', 'R4', 'R5'].map((table) => smallOf(table).length)
  expect(small).toEqual([144, 6, 32, 4, 2])
})

describe('three releases in a row', () => {
  test('add nothing about small counts to what the accounts tell', async () => {
    const targets = [...some(smallOf('R1'), 24), ...some(smallOf('R3'), 22), ...smallOf('R4')]
    const harm = await attack({ cells, exact: lines, published, targets })
    expect(harm).toMatchObject({ tested: 50, exact: 0, near: 0 })
    expect(harm.proven).toBeLessThanOrEqual(0.05 * harm.tested)
  })

  test('nor about single services of a venue, which no table holds', async () => {
    const fine = cellsOf(atoms, 'fine', ({ venue, service }) => [String(venue), service, '2026-Q4']).filter(isSmall)
    const harm = await attack({ cells, exact: lines, published, targets: some(fine, 15) })
    expect(isHarmful(harm, harm.tested)).toBe(false)
  })

  test('nor to a funder, who knows the totals of campaigns alone', async () => {
    const targets = some(cells.filter(isSmall), 20)
    const harm = await attack({ cells, exact: campaignTotals(atoms), published, targets })
    expect(isHarmful(harm, harm.tested)).toBe(false)
  })

  test('nor about places where hardly anybody goes, to a funder, even one who knows all the busy ones', async () => {
    const told = meaningOf(values, cells, { knowsWhySilent: false })
    for (const exact of [campaignTotals(atoms), allButQuiet]) {
      const harm = await attack({ cells, exact, published: told, targets: quiet })
      expect(harm).toMatchObject({ tested: quiet.length, exact: 0, near: 0, proven: 0 })
    }
  })

  test('nor to who knows everybody but one', () => {
    expect(certaintyOf(realMethod)).toBeLessThanOrEqual(0.05)
  })
})

describe('the same attacks succeed on', () => {
  test.each(['raw counts', 'a threshold, and zero shown'])('%s', async (name) => {
    const targets = some(cells.filter(isCrossed).filter(isSmall), 20)
    const weak = publish(cells, weakMethods[name]!)
    const harm = await attack({ cells, exact: lines, published: weak, targets }, { stopsAtHarm: true })
    expect(isHarmful(harm, targets.length)).toBe(true)
  })

  test.each(['R2', 'R5'])('the quiet places of %s alone, by raw counts or with zero shown', async (table) => {
    const targets = quiet.filter((cell) => cell.table.startsWith(table))
    for (const name of ['raw counts', 'a threshold, and zero shown']) {
      const weak = publish(cells, weakMethods[name]!).filter(({ key }) => key.startsWith(table))
      const harm = await attack({ cells, exact: allButQuiet, published: weak, targets }, { stopsAtHarm: true })
      expect(isHarmful(harm, targets.length), name).toBe(true)
    }
  })

  test('the quiet places, had a silent territory told which of its two reasons it has', async () => {
    const harm = await attack({ cells, exact: allButQuiet, published, targets: quiet }, { stopsAtHarm: true })
    expect(isHarmful(harm, quiet.length)).toBe(true)
  })

  test.each(Object.entries(weakMethods))('%s, knowing everybody but one', (_, method) => {
    expect(certaintyOf(method)).toBeGreaterThan(0.05)
  })

  test('one more table, rounded like the others: venues by theme, each month', async () => {
    const more = cellsOf(atoms, 'R6', ({ venue, theme, month }) => [String(venue), theme, String(month)])
    const all = [...published, ...publish(more, realMethod)]
    const targets = some(more.filter(isSmall), 60)
    const harm = await attack(
      { cells: [...cells, ...more], exact: lines, published: all, targets },
      { stopsAtHarm: true },
    )
    expect(isHarmful(harm, targets.length)).toBe(true)
  })
})

test('one use less changes its own cells alone, and of a quiet place none', async () => {
  const { sql, venues, campaigns } = world
  const [busy, lonely] = [venues.filter((_, at) => !isQuiet(at)), venues.filter((_, at) => isQuiet(at))]
  const own: string[][] = []
  for (const some of [busy, lonely]) {
    const [row] = await sql`
      select venue_id, service_code, tag from redemptions where period_id = 3 and state = 'accepted'
         and campaign_id = ${campaigns[0]!.id} and venue_id in ${sql(some.map(({ id }) => id))} limit 1`
    await copy.sql`update redemptions set state = 'reversed' where period_id = 3 and tag = ${row!.tag}`
    const atom = {
      ...{ campaign: 0, month: 2, count: 1, venue: venues.findIndex(({ id }) => id === row!.venue_id) },
      ...{ service: row!.service_code, theme: row!.service_code[0] },
    }
    expect(serviceCodes).toContain(atom.service)
    expect(communeOf(atom.venue)).toBeDefined()
    own.push(
      Object.entries(sorters).map(([table, sorter]) => {
        const [place, subject, span] = sorter(atom)
        return keyOf(table, place ?? '', subject, span)
      }),
    )
  }
  await freezeRelease(copy.operator, months[2])
  const others = await readEveryCell(openApp(copy))
  expect([...others.keys()]).toEqual([...values.keys()])
  const changed = [...values].filter(([key, value]) => others.get(key) !== value).map(([key]) => key)
  expect(changed.filter((key) => !own.flat().includes(key))).toEqual([])
  const ofQuietPlace = own[1]!.filter((key) => /^R[235]/.test(key))
  expect(ofQuietPlace.map((key) => [values.get(key), others.get(key)])).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ])
})
