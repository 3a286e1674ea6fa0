import { type Transaction, whitelistCounts } from '@carnet/db'
import { asc, inArray, sql } from 'drizzle-orm'
import type { Fold } from '../periods/fold.ts'
import type { Day } from '../shared/days.ts'
import type { Cell } from './kept-record.ts'

type Spans = { month: string; quarter: string; year: string }

type Part = { periodId: number; campaignId: string; fold: Fold; spans: Spans; day: Day }

/**
 * `cells`: a campaign's uses in one period, by venue, service and cell of the whitelist. Themes are those of the catalogue in
 * force on `day`; a service that only a later version has takes its theme from there. A commune outside any EPCI is in no cell
 * of R2.
 */
const cellsOf = ({ periodId, campaignId, fold, spans, day }: Part) => sql`
    with counted as (
      select venue_id, service_code, count(*) as n, sum(cell_key) as k
        from redemptions where period_id = ${periodId} and campaign_id = ${campaignId} and state = 'accepted'
       group by venue_id, service_code
    ), themes as (
      select distinct on (s.code) s.code, s.theme_code
        from catalogue_services s join catalogue_versions v on v.id = s.version_id and v.state <> 'draft'
       order by s.code, v.published_from > ${day}::date,
                case when v.published_from <= ${day}::date then v.published_from end desc, v.published_from
    ), placed as (
      select n, k, venue_id::text as venue, m.department_code, m.epci_code, coalesce(m.parent_code, m.code) as commune,
             case ${fold}::fold when 'service' then c.service_code when 'theme' then t.theme_code else '*' end as service,
             case ${fold}::fold when 'all' then '*' else t.theme_code end as theme
        from counted c join venues v on v.id = c.venue_id join communes m on m.code = v.commune_code
        left join themes t on t.code = c.service_code
    ), cells ("table", place, subject, span, venue, n, k) as (
      select 'R1_department_service_month', department_code, service, ${spans.month}::text, venue, n, k from placed
      union all select 'R2_epci_month', epci_code, '*', ${spans.month}::text, venue, n, k from placed where epci_code is not null
      union all select 'R3_venue_theme_quarter', venue, theme, ${spans.quarter}::text, venue, n, k from placed
      union all select 'R4_campaign_theme_quarter', ${campaignId}::text, theme, ${spans.quarter}::text, venue, n, k from placed
      union all select 'R5_commune_year', commune, '*', ${spans.year}::text, venue, n, k from placed
    )`

const sums = sql`sum(n)::text as redemptions, (sum(k) % 4294967296)::text as "cellKey"`
type SumRow = Record<keyof Cell, string>
const cellOf = <Row extends SumRow>(row: Row) =>
  ({ ...row, redemptions: Number(row.redemptions), cellKey: Number(row.cellKey) }) as Cell & Omit<Row, keyof Cell>

/** A campaign's part of the whitelist's cells in one period. */
export async function countCells(tx: Transaction, part: Part): Promise<Cell[]> {
  const rows = await tx.execute<SumRow>(sql`${cellsOf(part)}
    select "table", place, coalesce(subject, '*') as subject, span, ${sums} from cells group by 1, 2, 3, 4 order by 1, 2, 3, 4`)
  return [...rows].map(cellOf)
}

export type VenueCell = Cell & { venue: string }

/** The same, each cell split by venue: in memory only, to see whether one of them makes nearly all of it. */
export async function countVenueCells(tx: Transaction, part: Part): Promise<VenueCell[]> {
  const rows = await tx.execute<SumRow & { venue: string }>(sql`${cellsOf(part)}
    select "table", place, coalesce(subject, '*') as subject, span, venue, ${sums} from cells group by 1, 2, 3, 4, 5`)
  return [...rows].map(cellOf)
}

const given = (cells: readonly Cell[]) => sql`
  select "table", place, subject, span, redemptions, "cellKey" from json_to_recordset(${JSON.stringify(cells)}::json)
    as k ("table" release_table, place text, subject text, span text, redemptions int, "cellKey" bigint)
   order by "table", place, subject, span`

/** Adds to what earlier campaigns and periods left. Not repeatable: the caller guards it. */
export async function addCells(tx: Transaction, cells: readonly Cell[]): Promise<void> {
  await tx.execute(sql`
    insert into whitelist_counts as w ("table", place, subject, span, redemptions, cell_key) ${given(cells)}
    on conflict ("table", place, subject, span) do update
      set redemptions = w.redemptions + excluded.redemptions, cell_key = (w.cell_key + excluded.cell_key) % 4294967296`)
}

/** Puts back running totals. A cell only ever grows, so the greater total is the later one: repeating it changes nothing. */
export async function restoreCells(tx: Transaction, cells: readonly Cell[]): Promise<void> {
  await tx.execute(sql`
    insert into whitelist_counts as w ("table", place, subject, span, redemptions, cell_key) ${given(cells)}
    on conflict ("table", place, subject, span) do update
      set redemptions = excluded.redemptions, cell_key = excluded.cell_key where w.redemptions < excluded.redemptions`)
}

/** Sorted by their key. */
export async function listCells(tx: Transaction, spans: readonly string[]): Promise<Cell[]> {
  const { table, place, subject, span } = whitelistCounts
  return tx
    .select()
    .from(whitelistCounts)
    .where(inArray(span, [...spans]))
    .orderBy(asc(table), asc(place), asc(subject), asc(span))
}

/** Into a new file, sorted. Throws 55P03 when a reader does not end within half a second. */
export async function rewriteCells(tx: Transaction): Promise<void> {
  await tx.execute(sql`select rewrite_whitelist_counts()`)
}
