import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

/** A territory with what it needs and what it has: official figures, and venues where a voucher can be spent today. */
export type CoverageRow = {
  code: string
  name: string
  population: number
  communes: number
  /** Qualified today. */
  venues: number
  /** 0 to 10, 10 is worst; the mean of its communes by their inhabitants, or that of its EPCI. Null when nobody imported it. */
  fragility: number | null
  /** Priority districts (QPV) that lie in it. */
  districts: number
  /** Communes in rural revitalisation (FRR). */
  ruralCommunes: number
}

/** By département, or by EPCI within one of them, those with a venue first; communes of no EPCI stand together under an empty code. */
export async function listCoverage(db: Database, today: Day, departmentCode: string | null): Promise<CoverageRow[]> {
  const unit = departmentCode === null ? sql`c.department_code` : sql`coalesce(c.epci_code, '')`
  const rows = await db.execute<CoverageRow>(sql`
    with placed as (
      select c.code, ${unit} as unit, coalesce(c.population, 0) as population from communes c
       where c.parent_code is null and (${departmentCode}::text is null or c.department_code = ${departmentCode})
    ), open_venues as (
      select v.commune_code as code, count(*) as venues from venues v
        join venue_qualifications q on q.venue_id = v.id and q.state = 'qualified'
         and q.valid_from <= ${today} and (q.valid_until is null or q.valid_until > ${today})
       group by v.commune_code
    ), fragile as (
      select p.unit, sum((f.facts ->> 'total')::float8 * greatest(p.population, 1)) / sum(greatest(p.population, 1)) as total
        from territory_facts f join placed p on p.code = f.commune_codes[1] where f.kind = 'fragility' group by p.unit
    ), districts as (
      select p.unit, count(distinct f.code) as number from territory_facts f
        join placed p on p.code = any (f.commune_codes) where f.kind = 'qpv' group by p.unit
    ), rural as (
      select p.unit, count(distinct p.code) as number from territory_facts f
        join placed p on p.code = any (f.commune_codes) where f.kind = 'frr' group by p.unit
    )
    select p.unit as code, coalesce(d.name, e.name, '') as name, sum(p.population)::int as population, count(*)::int as communes,
           coalesce(sum(o.venues), 0)::int as venues, coalesce(max(f.total), max((own.facts ->> 'total')::float8)) as fragility,
           coalesce(max(q.number), 0)::int as districts, coalesce(max(r.number), 0)::int as "ruralCommunes"
      from placed p left join open_venues o on o.code = p.code
      left join departments d on ${departmentCode}::text is null and d.code = p.unit
      left join epcis e on ${departmentCode}::text is not null and e.code = p.unit
      left join fragile f on f.unit = p.unit
      left join territory_facts own on own.kind = 'fragility' and own.code = p.unit and cardinality(own.commune_codes) = 0
      left join districts q on q.unit = p.unit left join rural r on r.unit = p.unit
     group by p.unit, d.name, e.name order by sum(o.venues) is null, p.unit`)
  return [...rows]
}

export type PlacedVenue = { id: string; communeCode: string; latitude: number; longitude: number }

/** Qualified venues with a place on the map, of a département or of all. */
export async function listPlacedVenues(
  db: Database,
  today: Day,
  departmentCode: string | null,
): Promise<PlacedVenue[]> {
  const rows = await db.execute<PlacedVenue>(sql`
    select v.id, v.commune_code as "communeCode", v.latitude, v.longitude from venues v
      join communes c on c.code = v.commune_code
      join venue_qualifications q on q.venue_id = v.id and q.state = 'qualified'
       and q.valid_from <= ${today} and (q.valid_until is null or q.valid_until > ${today})
     where v.latitude is not null and v.longitude is not null
       and (${departmentCode}::text is null or c.department_code = ${departmentCode})`)
  return [...rows]
}
