import { readFileSync } from 'node:fs'
import { middleOf, type Point } from './distance.ts'

/** Centres of communes of 1,000 inhabitants or more (GeoNames, CC-BY 4.0): by code, read once, when first needed. */
let centres: Map<string, Point> | undefined

function readCentres(): Map<string, Point> {
  const csv = readFileSync(new URL('../../../db/seeds/commune-centres.csv', import.meta.url), 'utf8')
  const rows = csv.trim().split('\n').slice(1)
  return new Map(
    rows.map((row) => {
      const [code = '', latitude, longitude] = row.split(',')
      return [code, { latitude: Number(latitude), longitude: Number(longitude) }]
    }),
  )
}

/**
 * Where a commune is. A small one has no centre of its own: the middle of the communes around it (its EPCI) then stands
 * for it, and `isApproximate` says so. Undefined when nothing is known of its surroundings either.
 */
export function findCentre(
  code: string,
  neighbourCodes: readonly string[],
): (Point & { isApproximate: boolean }) | undefined {
  centres ??= readCentres()
  const own = centres.get(code)
  if (own) return { ...own, isApproximate: false }
  const middle = middleOf(neighbourCodes.flatMap((neighbour) => centres?.get(neighbour) ?? []))
  return middle && { ...middle, isApproximate: true }
}
