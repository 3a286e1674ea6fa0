import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { ReleaseCell, ReleaseTable } from './release.ts'

export type TableRow = Pick<ReleaseCell, 'place' | 'subject' | 'span' | 'status' | 'value'> & {
  placeName: string
  /** Null for `*`, the whole. */
  subjectName: string | null
}

/** What places and subjects are called. */
export const named = sql`
  names (kind, code, name) as (
    select 'R1_department_service_month'::release_table, code, name from departments
    union all select 'R2_epci_month', code, name from epcis
    union all select 'R3_venue_theme_quarter', id::text, name from venues
    union all select 'R4_campaign_theme_quarter', id::text, name from opened_campaigns()
    union all select 'R5_commune_year', code, name from communes
  ), titles as (
    select distinct on (x.code) x.code, x.title from (
      select code, title, version_id from catalogue_services union all select code, title, version_id from catalogue_themes) x
      join catalogue_versions v on v.id = x.version_id and v.state <> 'draft' order by x.code, v.number desc
  )`

const columns = sql`
  c.place, coalesce(n.name, c.place) as "placeName", c.subject, t.title as "subjectName", c.span, c.status, c.value`

/**
 * The only way in which a count crossed with anything is read, by pages, files, API and links alike. In the order of their
 * place and subject, after the one that is named.
 */
export async function listTableRows(
  db: Database,
  { releaseId, table, after, limit }: { releaseId: string; table: ReleaseTable; after?: string; limit: number },
): Promise<TableRow[]> {
  const rows = await db.execute<TableRow>(sql`
    with ${named}
    select ${columns} from release_cells c left join names n on n.kind = c."table" and n.code = c.place left join titles t on t.code = c.subject
     where c.release_id = ${releaseId} and c."table" = ${table}::release_table
       and (${after ?? null}::text is null or (c.place || ' ' || c.subject) collate "C" > ${after ?? null}::text collate "C")
     order by (c.place || ' ' || c.subject) collate "C" limit ${limit}`)
  return [...rows]
}

export type ReleasedTheme = TableRow & { frozenOn: Day; threshold: number }

/** Of these campaigns, the themes of the newest quarter that was released by a day, largest first. */
export async function listReleasedThemes(
  db: Database,
  { campaignIds, on }: { campaignIds: readonly string[]; on: Day },
): Promise<ReleasedTheme[]> {
  const rows = await db.execute<ReleasedTheme>(sql`
    with ${named}, told as (
      select c.*, r.frozen_on, r.threshold, rank() over (partition by c.place order by c.span desc) as newest
        from release_cells c join releases r on r.id = c.release_id
       where c."table" = 'R4_campaign_theme_quarter' and r.frozen_on <= ${on}
         and c.place in (select json_array_elements_text(${JSON.stringify(campaignIds)}::json))
    )
    select ${columns}, c.frozen_on::text as "frozenOn", c.threshold
      from told c left join names n on n.kind = c."table" and n.code = c.place left join titles t on t.code = c.subject
     where c.newest = 1 order by "placeName", c.value desc nulls last, c.subject`)
  return [...rows]
}
