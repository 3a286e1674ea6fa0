import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The year of the official geographic code that `@etalab/decoupage-administratif` 6 carries. */
const vintage = 2026

export type RegionRow = { code: string; name: string }
export type DepartmentRow = { code: string; name: string; region_code: string }
export type EpciRow = { code: string; name: string }
export type CommuneRow = {
  code: string
  name: string
  department_code: string
  epci_code: string | null
  parent_code: string | null
  population: number | null
  postal_codes: string[]
  former_codes: string[]
}
export type Territories = {
  vintage: number
  regions: RegionRow[]
  departments: DepartmentRow[]
  epcis: EpciRow[]
  communes: CommuneRow[]
}

type Named = { code: string; nom: string }
type Commune = Named & {
  type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal'
  departement: string
  codesPostaux?: string[]
  population?: number
  anciensCodes?: string[]
  /** The commune of a municipal arrondissement. */
  commune?: string
  /** The commune that a delegated or associated one is part of. */
  chefLieu?: string
}

const require = createRequire(import.meta.url)
async function readRows<Row>(name: string): Promise<Row[]> {
  return JSON.parse(await readFile(require.resolve(`@etalab/decoupage-administratif/data/${name}.json`), 'utf8'))
}

function epciByCommune(epcis: (Named & { membres: Named[] })[]): Map<string, string> {
  return new Map(epcis.flatMap((epci) => epci.membres.map((member) => [member.code, epci.code])))
}

/** A code that is no commune any more leads to the one it became part of. */
function formerCodes(communes: Commune[]): Map<string, string[]> {
  const isCurrent = new Set(communes.filter(({ type }) => type === 'commune-actuelle').map(({ code }) => code))
  const former = new Map<string, Set<string>>()
  const add = (code: string, old: string) => {
    if (!isCurrent.has(old)) former.set(code, (former.get(code) ?? new Set()).add(old))
  }
  for (const { code, anciensCodes, chefLieu } of communes) {
    if (isCurrent.has(code)) for (const old of anciensCodes ?? []) add(code, old)
    if (chefLieu) add(chefLieu, code)
  }
  return new Map([...former].map(([code, codes]) => [code, [...codes].sort()]))
}

/** The communes of today, the arrondissements of Paris, Lyon and Marseille, and what they are part of (Licence Ouverte 2.0). */
export async function readTerritories(): Promise<Territories> {
  const [regions, departments, epcis, communes] = await Promise.all([
    readRows<Named>('regions'),
    readRows<Named & { region: string }>('departements'),
    readRows<Named & { membres: Named[] }>('epci'),
    readRows<Commune>('communes'),
  ])
  const epciOf = epciByCommune(epcis)
  const formerOf = formerCodes(communes)
  return {
    vintage,
    regions: regions.map(({ code, nom }) => ({ code, name: nom })),
    departments: departments.map(({ code, nom, region }) => ({ code, name: nom, region_code: region })),
    epcis: epcis.map(({ code, nom }) => ({ code, name: nom })),
    communes: communes
      .filter(({ type }) => type === 'commune-actuelle' || type === 'arrondissement-municipal')
      .map((commune) => ({
        code: commune.code,
        name: commune.nom,
        department_code: commune.departement,
        epci_code: epciOf.get(commune.commune ?? commune.code) ?? null,
        parent_code: commune.commune ?? null,
        population: commune.population ?? null,
        postal_codes: commune.codesPostaux ?? [],
        former_codes: formerOf.get(commune.code) ?? [],
      })),
  }
}
