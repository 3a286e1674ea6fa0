import { AppError } from '../shared/errors.ts'
import type { CatalogueContent } from './catalogue-content.ts'
import { type CellProblem, contentOf, findProblems, type ProblemKind } from './catalogue-rows.ts'
import { readCsv } from './read-catalogue-file.ts'

/** What the reference catalogue shipped with the software has, neither more nor less. */
export const referenceCounts = { services: 129, themes: 12 }

/** The error of a program's file that has a wrong cell; a person sees all of them on the page. */
const codes: Partial<Record<ProblemKind, string>> = {
  repeated: 'catalogue_value_repeated',
  theme: 'catalogue_theme_wrong',
  theme_two_titles: 'catalogue_theme_wrong',
  replacement_unknown: 'replacement_unknown',
}

function refusal({ row, column, problem, value }: CellProblem): AppError {
  const facts = { row, column, problem, value: value.slice(0, 100) }
  return new AppError('invalid', codes[problem] ?? 'catalogue_cell_invalid', 'A cell of the catalogue is wrong', facts)
}

/**
 * Reads a catalogue of services (CSV, one row per service). `expected` also checks how many services and themes there are.
 * Throws `invalid`: `catalogue_cell_invalid`, `catalogue_value_repeated`, `catalogue_theme_wrong`, `replacement_unknown`,
 * `catalogue_incomplete`, and see `readCsv`.
 */
export function readCatalogueCsv(csv: string, expected?: typeof referenceCounts): CatalogueContent {
  const { rows } = readCsv(csv)
  const [wrong] = findProblems(rows)
  if (wrong) throw refusal(wrong)
  const content = contentOf(rows)
  const found = { services: rows.length, themes: content.themes.length }
  if (rows.length === 0 || (expected && (found.services !== expected.services || found.themes !== expected.themes)))
    throw new AppError('invalid', 'catalogue_incomplete', 'Not the services and themes it should have', found)
  return content
}
