import type { Database } from '@carnet/db'
import type { Point } from './distance.ts'
import { isInDistrict, type Ring } from './fact-file.ts'
import { listFactKinds, listFactsOf } from './fact-queries.ts'

/** What official figures say of where a place stands. Of the place, never of those who come there. */
export type Surroundings = {
  /** Which figures an operator has imported: what is not here says nothing. */
  known: ReadonlySet<'fragility' | 'qpv' | 'frr'>
  /** The priority district (QPV) that the place stands in. */
  district: { code: string; name: string } | null
  /** Priority districts of its commune, whether it stands in one or not. */
  districtsOfCommune: number
  /** The reason, 1 to 5, why its commune is in rural revitalisation (FRR). */
  ruralClass: number | null
  /** 0 to 10, 10 is worst: of its commune, else of its EPCI. */
  fragility: { total: number; of: 'commune' | 'epci' } | null
}

type Place = { communeCode: string; epciCode: string | null; point: Point | null }
type Fact = Awaited<ReturnType<typeof listFactsOf>>[number]

const polygonsOf = ({ facts }: Fact) => facts.polygons as Ring[][]

/** The district of a point among those that are known. */
export const districtOf = (point: Point | null, facts: readonly Fact[]): Fact | undefined =>
  point === null ? undefined : facts.find((fact) => fact.kind === 'qpv' && isInDistrict(point, polygonsOf(fact)))

export async function readSurroundings(db: Database, { communeCode, epciCode, point }: Place): Promise<Surroundings> {
  const facts = await listFactsOf(db, [communeCode, ...(epciCode === null ? [] : [epciCode])])
  const district = districtOf(point, facts)
  const rural = facts.find(({ kind }) => kind === 'frr')
  const ofEpci = facts.find(({ kind, code }) => kind === 'fragility' && code === epciCode)
  const ofCommune = facts.find(({ kind, code }) => kind === 'fragility' && code !== epciCode)
  const fragile = ofCommune ?? ofEpci
  return {
    known: new Set(await listFactKinds(db)),
    district: district ? { code: district.code, name: district.name } : null,
    districtsOfCommune: facts.filter(({ kind }) => kind === 'qpv').length,
    ruralClass: rural ? Number(rural.facts.class) : null,
    fragility: fragile ? { total: Number(fragile.facts.total), of: ofCommune ? 'commune' : 'epci' } : null,
  }
}
