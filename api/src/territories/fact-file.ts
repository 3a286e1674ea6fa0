import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { AppError } from '../shared/errors.ts'

/** What an operator may import of territories: the digital fragility index, priority districts (QPV), rural revitalisation (FRR). */
export const factKinds = ['fragility', 'qpv', 'frr'] as const
export type FactKind = (typeof factKinds)[number]
export type Fact = { code: string; name: string; communeCodes: string[]; facts: Record<string, unknown> }
export type FactError = { row: number; column: string; value: string; says: string }
export type FactFile = { facts: Fact[]; errors: FactError[] }
/** The commune of today that a code means, former ones included; undefined when there is none. */
export type FindCommune = (code: string) => string | undefined

export const mostFactBytes = 64 * 1024 * 1024
const unreadable = (why: string) => new AppError('invalid', 'fact_file_unreadable', why)

/** Throws `invalid` `fact_file_unreadable`. Every wrong row is told and left out; the others are read. */
export function readFactFile(
  kind: FactKind,
  bytes: Uint8Array,
  findCommune: FindCommune,
  isEpci: (code: string) => boolean,
): FactFile {
  if (bytes.length > mostFactBytes) throw unreadable('The file is larger than 64 MB')
  if (!isUtf8(bytes)) throw unreadable('The file is not UTF-8')
  const text = new TextDecoder().decode(bytes)
  if (kind === 'qpv') return readDistricts(text, findCommune)
  return kind === 'frr' ? readFrr(text, findCommune) : readFragility(text, findCommune, isEpci)
}

type Line = { row: number; cells: Record<string, string> }

function readLines(text: string, wanted: readonly string[]): Line[] {
  const delimiter = /^[^\n,]*;/.test(text) ? ';' : ','
  try {
    const lines: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true, max_record_size: 65_536 })
    // What the publisher writes above the columns is passed over.
    const top = lines.findIndex((line) => wanted.every((name) => line.some((cell) => cell.trim() === name)))
    if (top < 0) throw unreadable(`The file has no columns ${wanted.join(', ')}`)
    const header = lines[top]!.map((name) => name.trim())
    return lines.slice(top + 1).flatMap((line, at) =>
      line.every((cell) => cell.trim() === '')
        ? []
        : [
            {
              row: top + at + 2,
              cells: Object.fromEntries(header.map((name, index) => [name, (line[index] ?? '').trim()])),
            },
          ],
    )
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(error.message)
    throw error
  }
}

/** Reads each row or tells what is wrong with it; a code twice is wrong too. */
function collect(lines: readonly Line[], read: (line: Line) => Fact | FactError | undefined): FactFile {
  const seen = new Map<string, number>()
  const file: FactFile = { facts: [], errors: [] }
  for (const line of lines) {
    const found = read(line)
    if (found === undefined) continue
    if ('says' in found) file.errors.push(found)
    else if (seen.has(found.code))
      file.errors.push({
        row: line.row,
        column: 'code',
        value: found.code,
        says: `Row ${seen.get(found.code)} has it already`,
      })
    else {
      seen.set(found.code, line.row)
      file.facts.push(found)
    }
  }
  return file
}

const fragilityParts = [
  'no_thd_coverage_rate',
  'no_4g_coverage_rate',
  'poverty_rate',
  'older_65_rate',
  'nscol15p_rate',
] as const

/** Five parts from 0 to 10 (10 is worst) of a commune or an EPCI; the total is their mean. */
function readFragility(text: string, findCommune: FindCommune, isEpci: (code: string) => boolean): FactFile {
  return collect(readLines(text, ['code', ...fragilityParts]), ({ row, cells }) => {
    const code = cells.code ?? ''
    const commune = isEpci(code) ? undefined : findCommune(code)
    if (!isEpci(code) && commune === undefined)
      return { row, column: 'code', value: code, says: 'No commune and no EPCI has this code' }
    const wrong = fragilityParts.find((part) => !/^\d+(\.\d+)?$/.test(cells[part] ?? '') || Number(cells[part]) > 10)
    if (wrong)
      return { row, column: wrong, value: cells[wrong] ?? '', says: 'Write a number from 0 to 10, with a point' }
    const parts = Object.fromEntries(fragilityParts.map((part) => [part, Number(cells[part])]))
    const total = fragilityParts.reduce((sum, part) => sum + parts[part]!, 0) / fragilityParts.length
    const facts = { ...parts, total: Math.round(total * 100) / 100 }
    return { code, name: cells.nom ?? cells.name ?? '', communeCodes: commune ? [commune] : [], facts }
  })
}

/** `codgeo;libgeo;codefrr`: -9999 is a commune outside of it, 1 to 5 the reason why it is in. */
function readFrr(text: string, findCommune: FindCommune): FactFile {
  return collect(readLines(text, ['codgeo', 'codefrr']), ({ row, cells }) => {
    const { codgeo: code = '', libgeo: name = '', codefrr: value = '' } = cells
    if (value === '-9999') return undefined
    if (!/^[1-5]$/.test(value))
      return { row, column: 'codefrr', value, says: 'Write 1 to 5, or -9999 for a commune outside' }
    const commune = findCommune(code)
    if (commune === undefined) return { row, column: 'codgeo', value: code, says: 'No commune has this code' }
    return { code, name, communeCodes: [commune], facts: { class: Number(value) } }
  })
}

type Feature = { properties?: Record<string, unknown>; geometry?: { type?: string; coordinates?: unknown } }

/** GeoJSON of the official districts: `code_qp`, `lib_qp`, `insee_com` (one or several) and their outlines. */
function readDistricts(text: string, findCommune: FindCommune): FactFile {
  let features: unknown
  try {
    features = (JSON.parse(text.replace(/^\uFEFF/, '')) as { features?: unknown } | null)?.features
  } catch {
    throw unreadable('The file is not GeoJSON: unpack the ZIP and give the .geojson inside')
  }
  if (!Array.isArray(features)) throw unreadable('The file is not a GeoJSON of districts')
  const lines = (features as (Feature | null)[]).map((feature, at) => ({
    row: at + 1,
    feature: feature ?? {},
    cells: {},
  }))
  return collect(lines, (line) => readDistrict(line as (typeof lines)[number], findCommune))
}

function readDistrict({ row, feature }: { row: number; feature: Feature }, findCommune: FindCommune): Fact | FactError {
  const { code_qp, lib_qp, insee_com } = feature.properties ?? {}
  const code = String(code_qp ?? '')
  if (!/^Q[NP]\w{5,7}$/.test(code)) return { row, column: 'code_qp', value: code, says: 'Not the code of a district' }
  const communes = String(insee_com ?? '').split(/[,;|]\s*/)
  const unknown = communes.find((commune) => findCommune(commune) === undefined)
  if (unknown !== undefined) return { row, column: 'insee_com', value: unknown, says: 'No commune has this code' }
  const polygons = polygonsOf(feature)
  if (!polygons)
    return {
      row,
      column: 'geometry',
      value: String(feature.geometry?.type ?? ''),
      says: 'Not the outline of a district, in degrees',
    }
  return {
    code,
    name: String(lib_qp ?? code),
    communeCodes: [...new Set(communes.map((one) => findCommune(one)!))],
    facts: { polygons },
  }
}

export type Ring = [longitude: number, latitude: number][]
const isPoint = (point: unknown): point is [number, number] =>
  Array.isArray(point) && Math.abs(point[0] as number) <= 180 && Math.abs(point[1] as number) <= 90
const isPolygon = (rings: unknown): rings is Ring[] =>
  Array.isArray(rings) &&
  rings.length > 0 &&
  rings.every((ring) => Array.isArray(ring) && ring.length >= 4 && ring.every(isPoint))

function polygonsOf({ geometry }: Feature): Ring[][] | undefined {
  const { type, coordinates } = geometry ?? {}
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined
  return Array.isArray(polygons) && polygons.length > 0 && polygons.every(isPolygon) ? polygons : undefined
}

const isInRing = ({ latitude, longitude }: { latitude: number; longitude: number }, ring: Ring): boolean =>
  ring.reduce((isIn, [x, y], at) => {
    const [x2, y2] = ring.at(at - 1)!
    const crosses = y > latitude !== y2 > latitude && longitude < ((x2 - x) * (latitude - y)) / (y2 - y) + x
    return crosses ? !isIn : isIn
  }, false)

/** Whether a venue stands in a district: inside an outline and in none of its holes. */
export const isInDistrict = (
  point: { latitude: number; longitude: number },
  polygons: readonly (readonly Ring[])[],
): boolean =>
  polygons.some(([outline, ...holes]) => isInRing(point, outline!) && !holes.some((hole) => isInRing(point, hole)))
