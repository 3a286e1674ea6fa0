import { readFileSync } from 'node:fs'
import { readCatalogueCsv, referenceCounts } from '@carnet/api/catalogue/catalogue-file.ts'
import { serviceSearch } from '@carnet/api/catalogue/service-search.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
export const reference = readCatalogueCsv(read('../../db/seeds/catalogue-129.csv'), referenceCounts)
const titles = new Map(reference.themes.map(({ code, title }) => [code, title]))
export const search = serviceSearch(
  reference.services.map((service) => ({ ...service, themeTitle: titles.get(service.themeCode)! })),
)

/** Of a list of queries (what is said, the codes a mediator would pick): the share that finds one of them among the first three. */
export function measureSearch(list: string) {
  const queries = read(`./${list}`)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, string])
  const missed = queries.filter(
    ([said, right]) => !right.split(' ').some((code) => search(said).slice(0, 3).includes(code)),
  )
  return { queries: queries.length, share: 1 - missed.length / queries.length, missed: missed.map(([said]) => said) }
}
