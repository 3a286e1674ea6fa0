import type { Context } from '../shared/context.ts'
import { importFacts } from '../territories/import-facts.ts'
import { listPlacedVenues } from '../venues/coverage-queries.ts'
import { createDice } from './demo-clock.ts'
import { department } from './demo-world.ts'
import { type DemoCommune, listDemoCommunes } from './queries.ts'

const seed = 20_260_116
/** Half the side of a district, in degrees: about 300 metres. */
const half = 0.003
const fewestOfTown = 2000

/**
 * Figures of the territory as an operator imports them, all of them invented: no file of anybody is in the demo, and its pages say
 * so. Small communes are more fragile and in rural revitalisation; four venues of towns stand in a priority district.
 */
export async function inventTerritory(operator: Context): Promise<void> {
  const communes = await listDemoCommunes(operator.db, department)
  const send = (kind: string, text: string) => importFacts(operator, kind, new TextEncoder().encode(text))
  await send('fragility', fragilityOf(communes))
  await send('frr', ruralOf(communes))
  await send('qpv', JSON.stringify({ features: await districtsOf(operator, communes) }))
}

function fragilityOf(communes: readonly DemoCommune[]): string {
  const dice = createDice(seed)
  const rate = (base: number) => Math.min(10, Math.max(0, base + (dice() - 0.5) * 3)).toFixed(2)
  const line = (code: string, name: string, base: number) =>
    [code, `"${name}"`, ...[base - 1, base - 2, base, base + 1, base].map(rate)].join(',')
  const epcis = new Map(communes.flatMap(({ epciCode, epci }) => (epciCode === null ? [] : [[epciCode, epci ?? '']])))
  const isTown = ({ population }: DemoCommune) => (population ?? 0) >= fewestOfTown
  return [
    'code,name,no_thd_coverage_rate,no_4g_coverage_rate,poverty_rate,older_65_rate,nscol15p_rate',
    ...[...epcis].map(([code, name]) => line(code, name, 5)),
    ...communes.map((commune) => line(commune.code, commune.name, isTown(commune) ? 4 : 6)),
  ].join('\n')
}

const ruralOf = (communes: readonly DemoCommune[]): string =>
  [
    'codgeo;libgeo;codefrr',
    ...communes.map(({ code, name, population }) => `${code};${name};${(population ?? 0) < fewestOfTown ? 1 : -9999}`),
  ].join('\n')

async function districtsOf({ db, today }: Context, communes: readonly DemoCommune[]) {
  const byCode = new Map(communes.map((commune) => [commune.code, commune]))
  const towns = [...communes].sort((a, b) => (b.population ?? 0) - (a.population ?? 0)).slice(0, 4)
  const venues = (await listPlacedVenues(db, today(), department)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return towns.flatMap(({ code }, at) => {
    const venue = venues.find(({ communeCode }) => communeCode === code)
    if (!venue) return []
    const { longitude: x, latitude: y } = venue
    const outline = [
      ...[[x - half, y - half] as const, [x + half, y - half] as const],
      ...[[x + half, y + half] as const, [x - half, y + half] as const, [x - half, y - half] as const],
    ]
    const properties = {
      code_qp: `QN9990${at + 1}`,
      lib_qp: `Quartier inventé n° ${at + 1}, ${byCode.get(code)!.name}`,
      insee_com: code,
    }
    return [{ properties, geometry: { type: 'Polygon', coordinates: [outline] } }]
  })
}
