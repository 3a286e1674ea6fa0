import { stringify } from 'csv-stringify/sync'
import { harmless } from '../shared/harmless-cell.ts'
import { writeWorkbook } from '../shared/workbook.ts'
import type { CatalogueContent } from './catalogue-content.ts'
import { columns } from './catalogue-rows.ts'

export type Licence = { name: string; url: string }

/** A row for each service, in the order of the columns; the minutes are a number. */
const rowsOf = ({ themes, services }: CatalogueContent): (string | number)[][] => {
  const titles = new Map(themes.map(({ code, title }) => [code, title]))
  return services.map((service) => [
    ...[service.code, service.themeCode, titles.get(service.themeCode) ?? '', service.title, service.description],
    ...[service.level, service.nationalService, service.durationMinutes, service.provenance],
    ...[service.retiredOn ?? '', service.replacedBy ?? ''],
  ])
}

/** The catalogue as a file that is read back to the same bytes: UTF-8, commas, one service per line, no cell a formula. */
export const writeCatalogueCsv = (content: CatalogueContent): string =>
  stringify([[...columns], ...rowsOf(content).map((row) => row.map((cell) => harmless(String(cell))))])

/** The same for a spreadsheet; the same catalogue is always the same bytes. */
export const writeCatalogueXlsx = (content: CatalogueContent): Uint8Array<ArrayBuffer> =>
  writeWorkbook('Services', [[...columns], ...rowsOf(content)])

/** The same for programs, with its licence. It names no version: two versions that say the same are the same file. */
export function writeCatalogueJson({ themes, services }: CatalogueContent, licence: Licence): string {
  const content = {
    licence,
    themes: themes.map(({ code, title }) => ({ code, title })),
    services: services.map((service) => ({
      code: service.code,
      theme: service.themeCode,
      title: service.title,
      description: service.description,
      level: service.level,
      nationalService: service.nationalService,
      durationMinutes: service.durationMinutes,
      provenance: service.provenance,
      retiredOn: service.retiredOn,
      replacedBy: service.replacedBy,
    })),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
