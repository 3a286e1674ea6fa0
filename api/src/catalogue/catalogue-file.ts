import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { isWithinReach } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { checkReplacements } from './catalogue-version.ts'

export type CatalogueTheme = { code: string; title: string }
export type CatalogueService = {
  code: string
  themeCode: string
  title: string
  description: string
  level: 'decouverte' | 'autonomie' | 'approfondissement'
  nationalService: string
  durationMinutes: number
  provenance: string
  retiredOn: string | null
  replacedBy: string | null
}
export type CatalogueContent = { themes: CatalogueTheme[]; services: CatalogueService[] }

/** What the reference catalogue shipped with the software has, neither more nor less. */
export const referenceCounts = { services: 129, themes: 12 }

/** A column that a file may leave out, and a cell that may be empty. */
const optional = (cell: z.ZodType<string>) => z.union([z.literal('').transform(() => null), cell]).nullish()

const Row = z.object({
  code: z.string().regex(/^[A-Z]\d{2}$/),
  theme_code: z.string().regex(/^[A-Z]$/),
  theme_fr: z.string().min(1),
  title_fr: z.string().min(1).max(200),
  description_fr: z.string().min(1).max(500),
  level: z.enum(['decouverte', 'autonomie', 'approfondissement']),
  national_service: z.string().min(1),
  typical_duration_minutes: z.coerce.number().int().min(15).max(480),
  provenance: z.string().min(1),
  retired_on: optional(z.iso.date().refine(isWithinReach)),
  replaced_by: optional(z.string().regex(/^[A-Z]\d{2}$/)),
})
type Row = z.infer<typeof Row>

function fail(code: string, message: string, facts: Record<string, string | number> = {}): never {
  throw new AppError('invalid', code, message, facts)
}

function readRows(csv: string): Row[] {
  let records: unknown[]
  try {
    records = parse(csv, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    fail('not_a_csv', error instanceof Error ? error.message : 'Not a CSV file')
  }
  return records.map((record, index) => {
    const row = Row.safeParse(record)
    if (row.success) return row.data
    const [issue] = row.error.issues
    return fail('catalogue_cell_invalid', 'A cell of the catalogue is wrong', {
      row: index + 2,
      column: String(issue?.path[0] ?? ''),
    })
  })
}

function checkUnique(values: string[], column: string): void {
  const repeated = values.find((value, index) => values.indexOf(value) !== index)
  if (repeated !== undefined)
    fail('catalogue_value_repeated', 'Two services have the same one', { column, value: repeated })
}

function themesOf(rows: Row[]): CatalogueTheme[] {
  const themes = new Map<string, string>()
  for (const { code, theme_code, theme_fr } of rows) {
    if (!code.startsWith(theme_code))
      fail('catalogue_theme_wrong', 'A code begins with the letter of its theme', { code })
    if ((themes.get(theme_code) ?? theme_fr) !== theme_fr)
      fail('catalogue_theme_wrong', 'A theme has one title', { code, theme: theme_code })
    themes.set(theme_code, theme_fr)
  }
  checkUnique([...themes.values()], 'theme_fr')
  return [...themes].map(([code, title]) => ({ code, title }))
}

/**
 * Reads a catalogue of services (CSV, one row per service). `expected` also checks how many services and themes there are.
 * Throws `invalid`: `not_a_csv`, `catalogue_cell_invalid`, `catalogue_value_repeated`, `catalogue_theme_wrong`, `catalogue_incomplete`,
 * `replacement_unknown`.
 */
export function readCatalogueCsv(csv: string, expected?: typeof referenceCounts): CatalogueContent {
  const rows = readRows(csv)
  checkUnique(
    rows.map((row) => row.code),
    'code',
  )
  checkUnique(
    rows.map((row) => row.title_fr),
    'title_fr',
  )
  const themes = themesOf(rows)
  const found = { services: rows.length, themes: themes.length }
  if (rows.length === 0 || (expected && (found.services !== expected.services || found.themes !== expected.themes)))
    fail('catalogue_incomplete', 'The catalogue does not have the services and themes it should have', found)
  const services = rows.map((row) => ({
    code: row.code,
    themeCode: row.theme_code,
    title: row.title_fr,
    description: row.description_fr,
    level: row.level,
    nationalService: row.national_service,
    durationMinutes: row.typical_duration_minutes,
    provenance: row.provenance,
    retiredOn: row.retired_on ?? null,
    replacedBy: row.replaced_by ?? null,
  }))
  checkReplacements(services, services)
  return { themes, services }
}
