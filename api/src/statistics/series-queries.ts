import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { CountsDataset } from './dataset.ts'
import { countRowsOf } from './dataset-queries.ts'

/** One place and subject over several spans: absent where it had no cell, null where its count is secret. */
export type Series = {
  place: string
  placeName: string
  subject: string
  subjectName: string | null
  values: Readonly<Record<string, number | null>>
}

/** The newest spans that a dataset holds, oldest first. */
export async function listSpans(db: Database, dataset: CountsDataset, most: number): Promise<string[]> {
  const rows = await db.execute<{ span: string }>(
    sql`with ${countRowsOf(dataset)} select distinct span from rows order by span desc limit ${most}`,
  )
  return rows.map(({ span }) => span).reverse()
}

/** Those whose place or subject has the text in its name or is its code, the largest of the newest span first; and how many. */
export async function listSeries(
  db: Database,
  dataset: CountsDataset,
  { spans, q, limit, offset }: { spans: readonly string[]; q: string; limit: number; offset: number },
): Promise<{ items: Series[]; total: number; told: number }> {
  const newest = spans.at(-1) ?? ''
  const rows = await db.execute<Series & { total: number; told: number }>(sql`
    with ${countRowsOf(dataset)}, series as (
      select place, max(place_name) as place_name, subject, max(subject_name) as subject_name,
             json_object_agg(span, value) as "values", max(value) filter (where span = ${newest}) as newest
        from rows where span in (select json_array_elements_text(${JSON.stringify(spans)}::json))
         and (${q} = '' or place = ${q} or subject = ${q}
              or strpos(lower(place_name || ' ' || coalesce(subject_name, '')), lower(${q})) > 0)
       group by place, subject)
    select place, place_name as "placeName", subject, subject_name as "subjectName", "values",
           (count(*) over ())::int as total, (count(newest) over ())::int as told
      from series order by newest desc nulls last, place_name, subject limit ${limit} offset ${offset}`)
  const items = [...rows]
  return { items, total: items[0]?.total ?? 0, told: items[0]?.told ?? 0 }
}
