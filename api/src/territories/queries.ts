import { communes, type Database, departments, epcis, regions, type Transaction } from '@carnet/db'
import { eq, sql } from 'drizzle-orm'
import type { KnownCommune } from './commune.ts'
import type { Territories } from './territory-files.ts'

export type Territory = {
  commune: { code: string; name: string; population: number | null }
  epci: { code: string; name: string } | null
  department: { code: string; name: string }
  region: { code: string; name: string }
}

/** One statement a table: the rows travel as one JSON parameter, and a row that says the same is left untouched. */
export async function writeTerritories(tx: Transaction, { vintage, ...rows }: Territories): Promise<void> {
  const json = (list: readonly unknown[]) => sql.param(JSON.stringify(list))
  await tx.execute(sql`
    insert into regions (code, name, vintage)
    select code, name, ${vintage}::int from json_to_recordset(${json(rows.regions)}::json) as r (code text, name text)
    on conflict (code) do update set name = excluded.name, vintage = excluded.vintage
    where (regions.name, regions.vintage) is distinct from (excluded.name, excluded.vintage)`)
  await tx.execute(sql`
    insert into departments (code, name, region_code, vintage)
    select code, name, region_code, ${vintage}::int
    from json_to_recordset(${json(rows.departments)}::json) as r (code text, name text, region_code text)
    on conflict (code) do update set name = excluded.name, region_code = excluded.region_code, vintage = excluded.vintage
    where (departments.name, departments.region_code, departments.vintage)
      is distinct from (excluded.name, excluded.region_code, excluded.vintage)`)
  await tx.execute(sql`
    insert into epcis (code, name, vintage)
    select code, name, ${vintage}::int from json_to_recordset(${json(rows.epcis)}::json) as r (code text, name text)
    on conflict (code) do update set name = excluded.name, vintage = excluded.vintage
    where (epcis.name, epcis.vintage) is distinct from (excluded.name, excluded.vintage)`)
  await tx.execute(sql`
    insert into communes as c
      (code, name, department_code, epci_code, parent_code, population, postal_codes, former_codes, vintage)
    select code, name, department_code, epci_code, parent_code, population, postal_codes, former_codes, ${vintage}::int
    from json_to_recordset(${json(rows.communes)}::json) as r (code text, name text, department_code text, epci_code text,
      parent_code text, population int, postal_codes text[], former_codes text[])
    on conflict (code) do update set name = excluded.name, department_code = excluded.department_code,
      epci_code = excluded.epci_code, parent_code = excluded.parent_code, population = excluded.population,
      postal_codes = excluded.postal_codes, former_codes = excluded.former_codes, vintage = excluded.vintage
    where (c.name, c.department_code, c.epci_code, c.parent_code, c.population, c.postal_codes, c.former_codes, c.vintage)
      is distinct from (excluded.name, excluded.department_code, excluded.epci_code, excluded.parent_code,
        excluded.population, excluded.postal_codes, excluded.former_codes, excluded.vintage)`)
}

/** All of them, for an import that has to tell which commune each row means. */
export async function listCommunes(db: Database | Transaction): Promise<KnownCommune[]> {
  const { code, name, parentCode, formerCodes, postalCodes } = communes
  return db.select({ code, name, parentCode, formerCodes, postalCodes }).from(communes)
}

/** A commune with what it is part of, up to its région. */
export async function findTerritory(db: Database | Transaction, communeCode: string): Promise<Territory | undefined> {
  const [found] = await db
    .select({
      commune: { code: communes.code, name: communes.name, population: communes.population },
      epci: { code: epcis.code, name: epcis.name },
      department: { code: departments.code, name: departments.name },
      region: { code: regions.code, name: regions.name },
    })
    .from(communes)
    .innerJoin(departments, eq(departments.code, communes.departmentCode))
    .innerJoin(regions, eq(regions.code, departments.regionCode))
    .leftJoin(epcis, eq(epcis.code, communes.epciCode))
    .where(eq(communes.code, communeCode))
  return found
}
