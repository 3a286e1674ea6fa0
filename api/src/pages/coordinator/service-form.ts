import type { CatalogueService } from '../../catalogue/catalogue-content.ts'
import { type ColumnName, contentOf, findProblems } from '../../catalogue/catalogue-rows.ts'
import type { CatalogueServiceRow } from '../../catalogue/queries.ts'
import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import { type Locale, translate } from '../../shared/messages.ts'

type Field = keyof Omit<CatalogueServiceRow, 'versionId'>
type Values = Readonly<Record<string, string>>

/** A field of the form is a column of a file, and is checked as one. */
const fields: Record<Exclude<ColumnName, 'theme_fr'>, Field> = {
  code: 'code',
  theme_code: 'themeCode',
  title_fr: 'title',
  description_fr: 'description',
  level: 'level',
  national_service: 'nationalService',
  typical_duration_minutes: 'durationMinutes',
  provenance: 'provenance',
  retired_on: 'retiredOn',
  replaced_by: 'replacedBy',
}
const columnFields = Object.entries(fields)

export const formOfService = (service: CatalogueServiceRow): Record<string, string> =>
  Object.fromEntries(columnFields.map(([, field]) => [field, String(service[field] ?? '')]))

/** What the form sends for a theme that the draft does not have. */
export const newTheme = '+'

const cellsOf = (values: Values, themeTitle: string): Record<string, string> => ({
  ...Object.fromEntries(columnFields.map(([column, field]) => [column, values[field] ?? ''])),
  theme_fr: themeTitle,
})

/** The service that was typed, and beside which field what is wrong with it; an error keeps the service from being written. */
export function serviceOfForm(
  values: Values,
  { themes, services }: Pick<Catalogue, 'themes' | 'services'>,
  { isNew, locale }: { isNew: boolean; locale: Locale },
): { row: Record<string, string>; errors: Record<string, string>; service: CatalogueService; themeTitle?: string } {
  const row: Record<string, string> = Object.fromEntries(columnFields.map(([, field]) => [field, values[field] ?? '']))
  row.code = (row.code ?? '').toUpperCase()
  row.replacedBy = (row.replacedBy ?? '').toUpperCase()
  const isNewTheme = isNew && row.themeCode === newTheme
  const title = (values.themeTitle ?? '').trim()
  const themeCode = isNewTheme ? (row.code ?? '').slice(0, 1) : (row.themeCode ?? '')
  const titles = new Map(themes.map(({ code, title }) => [code, title]))
  const others = services
    .filter(({ code }) => isNew || code !== row.code)
    .map((service) => ({ row: 1, cells: cellsOf(formOfService(service), titles.get(service.themeCode) ?? '') }))
  const typed = { row: 2, cells: cellsOf({ ...row, themeCode }, isNewTheme ? title : (titles.get(themeCode) ?? '')) }
  const t = translate(locale)
  const wrong = findProblems([...others, typed])
    .filter((problem) => problem.row === typed.row)
    .map(({ column, problem }) => [
      column === 'theme_fr' ? (isNewTheme ? 'themeTitle' : 'themeCode') : fields[column as keyof typeof fields],
      t(`import.cell.${problem}`),
    ])
  const service = contentOf([typed]).services[0]!
  const errors = Object.fromEntries(wrong)
  return { row: { ...row, themeTitle: title }, errors, service, ...(isNewTheme ? { themeTitle: title } : {}) }
}
