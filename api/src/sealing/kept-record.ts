import type { releaseTable } from '@carnet/db'
import type { Day, Month } from '../shared/days.ts'

/**
 * What sealing leaves in the keyring, beside the spent lists, so that an old backup cannot undo it. It holds no more than the
 * database keeps: cells are running totals of their month, quarter or year, and lie in the record of the last period that
 * added to them. Totals per period would give back the months that the whitelist has merged.
 */
export type Cell = {
  table: (typeof releaseTable.enumValues)[number]
  place: string
  subject: string
  span: string
  redemptions: number
  /** Sum of random 32-bit keys, modulo 2^32. */
  cellKey: number
}
/** What a statement line came to: as frozen, less what was undone after. */
export type KeptLine = {
  organisationId: string
  venueId: string
  campaignId: string
  voucherCount: number
}
export type KeptRecord = {
  month: Month
  openedOn: Day
  closedOn: Day | null
  frozenOn: Day | null
  sealedOn: Day
  campaigns: { campaignId: string; acceptedCount: number }[]
  cells: Cell[]
  lines: KeptLine[]
}

/** `2026-03`, `2026-Q1`, `2026`. */
export function spansOf(month: Month): { month: string; quarter: string; year: string } {
  const year = month.slice(0, 4)
  const quarter = Math.ceil(Number(month.slice(5, 7)) / 3)
  return { month: month.slice(0, 7), quarter: `${year}-Q${quarter}`, year }
}

/** One cell for each place, subject and span; keys add up modulo 2^32. */
export function sumCells(cells: readonly Cell[]): Cell[] {
  const sums = new Map<string, Cell>()
  for (const cell of cells) {
    const name = [cell.table, cell.place, cell.subject, cell.span].join('\n')
    const sum = sums.get(name)
    if (!sum) sums.set(name, { ...cell })
    else {
      sum.redemptions += cell.redemptions
      sum.cellKey = (sum.cellKey + cell.cellKey) % 2 ** 32
    }
  }
  return [...sums.values()]
}

/** The same record without the cells that a later one now holds; undefined when it holds none of them. */
export function withoutSpans(record: KeptRecord, spans: readonly string[]): KeptRecord | undefined {
  const cells = record.cells.filter(({ span }) => !spans.includes(span))
  return cells.length === record.cells.length ? undefined : { ...record, cells }
}
