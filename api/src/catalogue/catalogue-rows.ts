import { isDay, isWithinReach } from '../shared/days.ts'
import type { CatalogueContent, CatalogueService, CatalogueTheme } from './catalogue-content.ts'
import { nationalServices } from './national-services.ts'
import { levels } from './service-level.ts'

/** What is wrong with a cell; the message catalogue says what to do about it. Rows are numbered as a spreadsheet does. */
const cellProblems = [
  ...['missing', 'too_long', 'formula', 'code', 'theme', 'theme_two_titles', 'repeated', 'level', 'national'],
  ...['minutes', 'day', 'replacement_unknown', 'replacement_retired', 'replacement_without_day'],
] as const
export type CellProblem = { row: number; column: string; problem: ProblemKind; value: string }
export type ProblemKind = (typeof cellProblems)[number]

export const columns = [
  ...['code', 'theme_code', 'theme_fr', 'title_fr', 'description_fr', 'level', 'national_service'],
  ...['typical_duration_minutes', 'provenance', 'retired_on', 'replaced_by'],
] as const
export type ColumnName = (typeof columns)[number]
const places: readonly string[] = columns
/** Columns that a file may leave out. */
export const lateColumns: readonly string[] = ['retired_on', 'replaced_by']

/** A row of a file: its number, its cells by column, and what could not be read as a text. */
export type FileRow = { row: number; cells: Readonly<Record<string, string>>; formulas?: readonly string[] }

const longest: Partial<Record<ColumnName, number>> = {
  ...{ theme_fr: 200, title_fr: 200, description_fr: 500, national_service: 200, provenance: 200 },
}
const codeForm = /^[A-Z]\d{2}$/
const isMinutes = (text: string) => /^\d{2,3}$/.test(text) && Number(text) >= 15 && Number(text) <= 480

/** What a cell must be by itself, where it is filled. */
const forms: Partial<Record<ColumnName, [ProblemKind, (text: string) => boolean]>> = {
  code: ['code', (text) => codeForm.test(text)],
  theme_code: ['theme', (text) => /^[A-Z]$/.test(text)],
  level: ['level', (text) => levels.some((level) => level === text)],
  national_service: ['national', (text) => nationalServices.includes(text)],
  typical_duration_minutes: ['minutes', isMinutes],
  retired_on: ['day', (text) => isDay(text) && isWithinReach(text)],
  replaced_by: ['code', (text) => codeForm.test(text)],
}

function problemOf(column: ColumnName, { cells, formulas }: FileRow): ProblemKind | null {
  const text = cells[column] ?? ''
  if (formulas?.includes(column)) return 'formula'
  if (text === '') return lateColumns.includes(column) ? null : 'missing'
  if (text.length > (longest[column] ?? Number.POSITIVE_INFINITY)) return 'too_long'
  const form = forms[column]
  return form && !form[1](text) ? form[0] : null
}

/** What each row says about the others. */
function problemsBetween(rows: readonly FileRow[]): CellProblem[] {
  const seen = { code: new Set<string>(), title_fr: new Set<string>() }
  const themes = new Map<string, string>()
  const titles = new Map<string, string>()
  const byCode = new Map(rows.map(({ cells }) => [cells.code, cells]))
  const found: CellProblem[] = []
  for (const { row, cells } of rows) {
    const { code = '', theme_code: theme = '', theme_fr: title = '', replaced_by: by = '' } = cells
    const say = (column: ColumnName, problem: ProblemKind) =>
      found.push({ row, column, problem, value: cells[column] ?? '' })
    for (const column of ['code', 'title_fr'] as const) {
      const value = cells[column] ?? ''
      if (value !== '' && seen[column].has(value)) say(column, 'repeated')
      seen[column].add(value)
    }
    if (code !== '' && theme !== '' && !code.startsWith(theme)) say('theme_code', 'theme')
    const isOtherTitle = (themes.get(theme) ?? title) !== title || (titles.get(title) ?? theme) !== theme
    if (title !== '' && theme !== '' && isOtherTitle) say('theme_fr', 'theme_two_titles')
    themes.set(theme, themes.get(theme) ?? title)
    titles.set(title, titles.get(title) ?? theme)
    if (by === '') continue
    if ((cells.retired_on ?? '') === '') say('replaced_by', 'replacement_without_day')
    const other = byCode.get(by)
    if (!other || by === code) say('replaced_by', 'replacement_unknown')
    else if ((other.retired_on ?? '') !== '') say('replaced_by', 'replacement_retired')
  }
  return found
}

/** Everything that is wrong with a file, in the order of its cells. */
export function findProblems(rows: readonly FileRow[]): CellProblem[] {
  const within = rows.flatMap((row) =>
    columns.flatMap((column): CellProblem[] => {
      const problem = problemOf(column, row)
      return problem ? [{ row: row.row, column, problem, value: row.cells[column] ?? '' }] : []
    }),
  )
  const isTold = new Set(within.map(({ row, column }) => `${row} ${column}`))
  const between = problemsBetween(rows).filter(({ row, column }) => !isTold.has(`${row} ${column}`))
  const place = ({ row, column }: CellProblem) => row * columns.length + places.indexOf(column)
  return [...within, ...between].sort((a, b) => place(a) - place(b))
}

/** The catalogue of rows without a problem, in the order of the codes. */
export function contentOf(rows: readonly FileRow[]): CatalogueContent {
  const services = rows.map(({ cells }): CatalogueService => {
    const of = (column: ColumnName) => cells[column] ?? ''
    return {
      code: of('code'),
      themeCode: of('theme_code'),
      title: of('title_fr'),
      description: of('description_fr'),
      level: levels.find((level) => level === of('level'))!,
      nationalService: of('national_service'),
      durationMinutes: Number(of('typical_duration_minutes')),
      provenance: of('provenance'),
      retiredOn: of('retired_on') || null,
      replacedBy: of('replaced_by') || null,
    }
  })
  const titles = new Map(rows.map(({ cells }) => [cells.theme_code ?? '', cells.theme_fr ?? '']))
  const themes: CatalogueTheme[] = [...titles].map(([code, title]) => ({ code, title }))
  const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1)
  return { themes: themes.sort(byCode), services: services.sort(byCode) }
}
