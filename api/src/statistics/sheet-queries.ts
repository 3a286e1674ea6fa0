import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { standardColumns } from '../venues/standard-columns.ts'
import type { SheetsDataset } from './dataset.ts'

/** A cell of the standard as it was imported, empty as null; numbers are those that the venue is found by. */
const cells = sql.join(
  standardColumns.map(({ name, format }) =>
    format === 'number'
      ? sql`v.${sql.identifier(name)}`
      : sql`nullif(v.standard_row ->> ${sql.raw(`'${name}'`)}, '') as ${sql.identifier(name)}`,
  ),
  sql`, `,
)

/** The 32 columns of the standard, and no other, of each venue that is qualified today. */
const qualifiedVenues = (today: Day) => sql`
  changes as (select max(greatest(valid_from, case when valid_until <= ${today} then valid_until end)) as newest
                from venue_qualifications where valid_from <= ${today}),
  rows as (
    select ${cells}, greatest(v.updated_on, (select newest from changes))::text as changed_on
      from venues v join venue_qualifications q on q.venue_id = v.id and q.state = 'qualified'
       and q.valid_from <= ${today} and (q.valid_until is null or q.valid_until > ${today}))`

/** A row for each service of the version in force, retired ones too, as in the catalogue's file. */
const servicesInForce = (today: Day) => sql`
  version as (select id, published_from from catalogue_versions
               where state <> 'draft' and published_from <= ${today} order by published_from desc limit 1),
  rows as (
    select s.code, s.theme_code, t.title as theme_fr, s.title as title_fr, nullif(s.description, '') as description_fr,
           s.level::text as level, nullif(s.national_service, '') as national_service,
           s.duration_minutes as typical_duration_minutes, nullif(s.provenance, '') as provenance,
           s.retired_on::text as retired_on, s.replaced_by, version.published_from::text as changed_on
      from version join catalogue_services s on s.version_id = version.id
      join catalogue_themes t on t.version_id = version.id and t.code = s.theme_code)`

/** What stands today in a register, as `rows`; `changed_on` is the newest day on which a row came, went or changed. */
export const sheetRowsOf = ({ slug }: SheetsDataset, today: Day): SQL =>
  slug === 'annuaire' ? qualifiedVenues(today) : servicesInForce(today)
