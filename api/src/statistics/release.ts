/**
 * A release is the publication of one month: made once, from the whitelist alone, and never changed. A table is told when its
 * whole span is over, so no two releases hold growing totals of one quarter or year. Pure.
 */
import { createHash } from 'node:crypto'
import type { releaseTable } from '@carnet/db'
import { spansOf } from '../sealing/kept-record.ts'
import type { Month } from '../shared/days.ts'
import type { CellStatus } from './disclosure.ts'

export type ReleaseTable = (typeof releaseTable.enumValues)[number]
export type ReleaseCell = {
  table: ReleaseTable
  place: string
  subject: string
  span: string
  status: CellStatus
  value: number | null
}

/** Where a table lies in addresses and file names, and whether its places are territories, which a venue could dominate. */
export const tables = [
  { name: 'R1_department_service_month', slug: 'departements', hasSubject: true, isTerritory: true },
  { name: 'R2_epci_month', slug: 'epci', hasSubject: false, isTerritory: true },
  { name: 'R3_venue_theme_quarter', slug: 'lieux', hasSubject: true, isTerritory: false },
  { name: 'R4_campaign_theme_quarter', slug: 'campagnes', hasSubject: true, isTerritory: false },
  { name: 'R5_commune_year', slug: 'communes', hasSubject: false, isTerritory: true },
] as const satisfies readonly { name: ReleaseTable; slug: string; hasSubject: boolean; isTerritory: boolean }[]

export type TableFacts = (typeof tables)[number]
export const factsOf = (name: ReleaseTable): TableFacts => tables.find((table) => table.name === name)!

/** What the release of a month holds: each table with its span, which is then over. */
export function spansToldBy(month: Month): Partial<Record<ReleaseTable, string>> {
  const spans = spansOf(month)
  const ofYear = Number(month.slice(5, 7))
  return {
    R1_department_service_month: spans.month,
    R2_epci_month: spans.month,
    ...(ofYear % 3 === 0 ? { R3_venue_theme_quarter: spans.quarter, R4_campaign_theme_quarter: spans.quarter } : {}),
    ...(ofYear === 12 ? { R5_commune_year: spans.year } : {}),
  }
}

/** The first month of a span: `2026-03`, `2026-Q1` or `2026`. */
export function firstMonthOf(span: string): Month {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(span)
  if (quarter) return `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}-01`
  return span.length === 4 ? `${span}-01-01` : `${span}-01`
}

const lineOf = ({ table, place, subject, span, status, value }: ReleaseCell) =>
  [table, place, subject, span, status, value ?? ''].join('|')

/** Of all cells, one a line, in the order of their text. Whoever downloaded a release can see that it is still the same. */
export const fingerprintOf = (cells: readonly ReleaseCell[]): Buffer =>
  createHash('sha256').update(cells.map(lineOf).sort().join('\n')).digest()
