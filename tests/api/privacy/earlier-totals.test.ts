import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import type { Sql } from 'postgres'
import { expect, test } from 'vitest'
import { mutantOf } from '../../helpers/mutants.ts'
import { freezeWithoutMoney, givenSealingWorld, nextMonth, scanAll } from '../../helpers/sealing.ts'

/* Totals of a quarter or a year grow with each month. Their earlier values, left in a file, would tell each month from the others. */

const pageSize = 8192

/** As PostgreSQL writes a short text. */
const written = (text: string) => Buffer.from([2 * text.length + 3, ...Buffer.from(text)])

/** Values of cells that grow, which the files of the database still hold and the cells no longer have. */
async function findEarlierTotals(sql: Sql): Promise<string[]> {
  await sql`checkpoint`
  const [row] = await sql<{ cluster: string; base: string }[]>`
    select current_setting('data_directory') as cluster, oid::text as base from pg_database where datname = current_database()`
  const directory = join(row!.cluster, 'base', row!.base)
  const files = readdirSync(directory)
    .map((name) => readFileSync(join(directory, name)))
    .filter((file) => file.length % pageSize === 0)
  const cells =
    await sql`select place, subject, span, redemptions from whitelist_counts where span in ('2026', '2026-Q2')`
  return cells.flatMap(({ place, subject, span, redemptions }) => {
    const name = Buffer.concat([place, subject, span].map(written))
    return files.flatMap((file) => {
      const found: string[] = []
      for (let at = file.indexOf(name); at >= 0; at = file.indexOf(name, at + 1)) {
        const count = file.readInt32LE(Math.ceil((at + name.length) / 4) * 4)
        if (count > 0 && count < redemptions) found.push(`${place} ${subject} ${span}: ${count} of ${redemptions}`)
      }
      return found
    })
  })
}

test('two months of a quarter are sealed, and no file tells how much of a total is of which', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 8 }], today: '2026-04-02' })
  const { sql, operator } = world
  const { vouchers } = world.campaigns[0]!
  const scanMonth = (id: number) => scanAll(world, vouchers.slice(20 * id - 20, 20 * id))
  const sealMonth = async (id: number) => {
    await freezeWithoutMoney(world, id)
    await sealPeriod(operator, id)
  }
  await scanMonth(1)
  await nextMonth(world, '2026-05-02')
  await scanMonth(2)
  await nextMonth(world, '2026-06-02')
  await sealMonth(1)
  await scanMonth(3)
  await nextMonth(world, '2026-07-02')
  await sealMonth(2)
  expect(await sql`select sum(redemptions)::int as n from whitelist_counts where "table" = 'R5_commune_year'`).toEqual([
    { n: 40 },
  ])
  expect(await findEarlierTotals(sql)).toEqual([])

  const left = mutantOf(
    'totals stay where they are',
    'rewrite_whitelist_counts',
    ['truncate', '-- '],
    ['insert', '-- '],
  )
  await left.apply(sql)
  await nextMonth(world, '2026-08-02')
  await sealMonth(3)
  expect((await findEarlierTotals(sql)).length).toBeGreaterThan(5)
})
