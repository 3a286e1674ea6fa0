import { plainWords } from '../../catalogue/service-search.ts'

/** What the address says of a list: `?q&tri&page` and one parameter for each filter. The address is the state. */
export type ListQuery = {
  q: string
  sort: string
  isDescending: boolean
  page: number
  filters: Record<string, string>
}

export type ListColumn<Row> = {
  key: string
  label: string
  /** Absent: the column cannot be sorted. */
  sortBy?: (row: Row) => string | number
}

/** `rows` are one page of `all` that were found, as a list shows them; a file holds them all. */
export type Arranged<Row> = { rows: Row[]; all: Row[]; total: number; page: number; pages: number }

export function readListQuery(parameters: Record<string, string>, filterNames: readonly string[] = []): ListQuery {
  const { q = '', tri = '', page = '1' } = parameters
  return {
    q: q.trim().slice(0, 100),
    sort: tri.replace(/^-/, ''),
    isDescending: tri.startsWith('-'),
    page: Math.max(1, Number.parseInt(page, 10) || 1),
    filters: Object.fromEntries(filterNames.map((name) => [name, (parameters[name] ?? '').slice(0, 60)])),
  }
}

type Rules<Row> = {
  columns: readonly ListColumn<Row>[]
  /** The text of a row that the search looks in. */
  textOf: (row: Row) => string
  /** By filter name: whether a row has this value. Called only for filters that are set. */
  filters?: Record<string, (row: Row, value: string) => boolean>
  perPage?: number
}

const compare = (a: string | number, b: string | number) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'fr')

/** Searches without accents, filters, sorts and cuts one page out of rows that are all here. */
export function arrange<Row>(all: readonly Row[], query: ListQuery, rules: Rules<Row>): Arranged<Row> {
  const { columns, textOf, filters = {}, perPage = 25 } = rules
  const wanted = plainWords(query.q)
  const kept = all.filter((row) => {
    const text = plainWords(textOf(row)).join(' ')
    return (
      wanted.every((word) => text.includes(word)) &&
      Object.entries(query.filters).every(([name, value]) => value === '' || (filters[name]?.(row, value) ?? true))
    )
  })
  const sortBy = columns.find(({ key }) => key === query.sort)?.sortBy
  if (sortBy) kept.sort((a, b) => compare(sortBy(a), sortBy(b)) * (query.isDescending ? -1 : 1))
  const pages = Math.max(1, Math.ceil(kept.length / perPage))
  const page = Math.min(query.page, pages)
  return { rows: kept.slice((page - 1) * perPage, page * perPage), all: kept, total: kept.length, page, pages }
}
