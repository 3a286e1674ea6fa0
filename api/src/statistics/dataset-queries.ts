import type { Database } from '@carnet/db'
import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { CountsDataset, Dataset, DatasetRecord } from './dataset.ts'
import type { Condition, ExploreQuery } from './explore-query.ts'
import { named } from './released-cells-queries.ts'
import { sheetRowsOf } from './sheet-queries.ts'

/** The rows of a dataset, as `rows`: released cells, or sums of those that are told. */
export function countRowsOf({ table, sumsOver }: CountsDataset): SQL {
  if (!sumsOver)
    return sql`${named}, rows as (
      select c.span, c.place, coalesce(n.name, c.place) as place_name, c.subject, t.title as subject_name, c.status::text as status,
             c.value, r.frozen_on::text as published_on
        from release_cells c join releases r on r.id = c.release_id
        left join names n on n.kind = c."table" and n.code = c.place left join titles t on t.code = c.subject
       where c."table" = ${table}::release_table)`
  const places =
    sumsOver === 'region'
      ? sql`select distinct on (m.epci_code) m.epci_code as epci, g.code, g.name from communes m
              join departments d on d.code = m.department_code join regions g on g.code = d.region_code
             where m.epci_code is not null order by m.epci_code, m.code`
      : sql`select code as epci, 'FR' as code, 'France' as name from epcis`
  return sql`places as (${places}), rows as (
    select c.span, p.code as place, p.name as place_name, '*' as subject, null::text as subject_name,
           case when count(c.value) = 0 then 'secret' else 'rounded' end as status, sum(c.value)::int as value,
           max(r.frozen_on)::text as published_on, count(c.value)::int as told, (count(*) - count(c.value))::int as secret
      from release_cells c join releases r on r.id = c.release_id join places p on p.epci = c.place
     where c."table" = ${table}::release_table group by c.span, p.code, p.name)`
}

/** A dataset as it stands on a day. */
export type Source = { dataset: Dataset; today: Day }

const rowsOf = ({ dataset, today }: Source): SQL =>
  dataset.kind === 'counts' ? countRowsOf(dataset) : sheetRowsOf(dataset, today)

const column = (field: string) => sql.identifier(field)

function conditionSql(condition: Condition): SQL {
  const field = column(condition.field)
  if (condition.operator === 'null') return condition.isNot ? sql`${field} is not null` : sql`${field} is null`
  if (condition.operator === 'in') return sql`${field} in ${condition.values.length > 0 ? condition.values : [null]}`
  const { operator, value } = condition
  // As in the Explore API: any text that holds it.
  if (operator === 'like') return sql`strpos(lower(${field}), lower(${value}::text)) > 0`
  return sql`${field} ${sql.raw(operator)} ${value}`
}

function whereSql(conditions: readonly Condition[]): SQL {
  const parts = conditions.map((condition) => sql`(${conditionSql(condition)})`)
  return parts.length === 0 ? sql`` : sql`where ${sql.join(parts, sql` and `)}`
}

/** In the order that is asked for, then newest first and by key; `limit` null for all of them. */
export async function listRecords(
  db: Database,
  source: Source,
  { fields, conditions, order, limit, offset }: Omit<ExploreQuery, 'limit'> & { limit: number | null },
): Promise<DatasetRecord[]> {
  const wanted = order.map(
    ({ field, isDescending }) => sql`${column(field)} ${sql.raw(isDescending ? 'desc' : 'asc')} nulls last`,
  )
  const byKey = source.dataset.key.map((field) =>
    field === 'span' ? sql`span desc` : sql`${column(field)} collate "C"`,
  )
  const orderBy = sql.join([...wanted, ...byKey], sql`, `)
  const rows = await db.execute<DatasetRecord>(sql`
    with ${rowsOf(source)} select ${sql.join(fields.map(column), sql`, `)} from rows ${whereSql(conditions)}
    order by ${orderBy} limit ${limit} offset ${offset}`)
  return [...rows]
}

export async function countRecords(db: Database, source: Source, conditions: readonly Condition[]): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`with ${rowsOf(source)} select count(*)::int as n from rows ${whereSql(conditions)}`,
  )
  return row!.n
}

export type DatasetExtent = { records: number; first: string | null; last: string | null; modified: Day | null }

/** How much there is of a dataset, from which span to which, and when it last grew or changed. */
export async function readExtent(db: Database, source: Source): Promise<DatasetExtent> {
  const extent =
    source.dataset.kind === 'counts'
      ? sql`min(span) as first, max(span) as last, max(published_on) as modified`
      : sql`null as first, null as last, max(changed_on) as modified`
  const [row] = await db.execute<DatasetExtent>(sql`
    with ${rowsOf(source)} select count(*)::int as records, ${extent} from rows`)
  return row!
}

/** Départements that some release speaks of. */
export async function listReleasedDepartments(db: Database): Promise<string[]> {
  const rows = await db.execute<{ code: string }>(sql`
    select distinct place as code from release_cells where "table" = 'R1_department_service_month' order by 1`)
  return rows.map(({ code }) => code)
}
