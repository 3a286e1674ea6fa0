import type { Transaction } from '@carnet/db'
import { countVenueCells, listCells } from '../sealing/cell-queries.ts'
import { type Cell, spansOf, sumCells } from '../sealing/kept-record.ts'
import { lastDayOfMonth, type Month } from '../shared/days.ts'
import { firstMonthOf, type ReleaseTable, spansToldBy } from './release.ts'
import { listFrame, listLiveParts, listSealedUses } from './release-queries.ts'

export type CountedCell = Cell & {
  /** By venue, for counts by place; null when months that are sealed are in it and nobody can tell any more. */
  usesByVenue: number[] | null
}

const keyOf = ({ table, place, subject, span }: Pick<Cell, 'table' | 'place' | 'subject' | 'span'>) =>
  [table, place, subject, span].join('\n')

/**
 * The exact counts behind the release of a month, for freezing it and for nothing else: what sealing kept, and what it has not
 * counted yet by the same query that it will be counted with. Cells that nothing happened in are there with zero.
 */
export async function countRelease(tx: Transaction, month: Month): Promise<CountedCell[]> {
  const spans = spansToldBy(month)
  const isTold = (cell: Pick<Cell, 'table' | 'span'>) => spans[cell.table] === cell.span
  const from = Object.values(spans).map(firstMonthOf).sort()[0]!

  const live = []
  for (const part of await listLiveParts(tx, { from, month }))
    live.push(...(await countVenueCells(tx, { ...part, spans: spansOf(part.month) })).filter(isTold))
  const sealed = (await listCells(tx, Object.values(spans))).filter(isTold)
  const empty: Cell[] = []
  for (const [table, span] of Object.entries(spans) as [ReleaseTable, string][]) {
    const frame = await listFrame(tx, { table, span, from: firstMonthOf(span), until: lastDayOfMonth(month) })
    empty.push(...frame.map((cell) => ({ ...cell, redemptions: 0, cellKey: 0 })))
  }
  const uses = await usesByVenue(tx, { live, spans })
  const isPartlySealed = new Set(sealed.filter(({ table }) => table !== 'R5_commune_year').map(keyOf))
  const summed = sumCells([...empty, ...sealed, ...live.map(({ venue: _, ...cell }) => cell)])
  return summed.map((cell) => {
    const key = keyOf(cell)
    return { ...cell, usesByVenue: isPartlySealed.has(key) ? null : [...(uses.get(key)?.values() ?? [])] }
  })
}

type Uses = Map<string, Map<string, number>>

async function usesByVenue(
  tx: Transaction,
  { live, spans }: { live: readonly (Cell & { venue: string })[]; spans: ReturnType<typeof spansToldBy> },
): Promise<Uses> {
  const uses: Uses = new Map()
  const add = (key: string, venue: string, redemptions: number) => {
    const of = uses.get(key) ?? new Map<string, number>()
    uses.set(key, of.set(venue, (of.get(venue) ?? 0) + redemptions))
  }
  for (const cell of live) add(keyOf(cell), cell.venue, cell.redemptions)
  const year = spans.R5_commune_year
  if (year !== undefined)
    for (const { place, venue, redemptions } of await listSealedUses(
      tx,
      [1, 2, 3, 4].map((at) => `${year}-Q${at}`),
    ))
      add(keyOf({ table: 'R5_commune_year', place, subject: '*', span: year }), venue, redemptions)
  return uses
}
