import type { Child } from 'hono/jsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import type { Arranged, ListColumn, ListQuery } from './list-query.ts'

export type Column<Row> = ListColumn<Row> & {
  cell: (row: Row) => Child
  isNumber?: boolean
  isCode?: boolean
  /** Sentences: on a phone they stand on lines of their own, without their heading. */
  isText?: boolean
  /** Left out on a phone, where each row is a card. */
  isWideOnly?: boolean
}

type TableProps<Row> = {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  caption?: string
  /** Rows that wait, washed; the reason stands under their name. */
  isHeld?: (row: Row) => boolean
  foot?: Child
  sorting?: { here: string; query: ListQuery }
}

/** The first column names the row. On a phone each row is a card, and each cell carries its heading. */
export function Table<Row>({ columns, rows, caption, isHeld, foot, sorting }: TableProps<Row>) {
  const classOf = ({ isNumber, isCode, isText, isWideOnly }: Column<Row>) =>
    [isNumber && 'n', isCode && 'code', isText && 'text-cell', isWideOnly && 'wide-cell'].filter(Boolean).join(' ') ||
    undefined
  return (
    <table class="cards">
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          {columns.map((column) => (
            <Heading column={column} class={classOf(column)} sorting={sorting} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr class={isHeld?.(row) ? 'row-hold' : undefined}>
            {columns.map((column, at) =>
              at === 0 ? (
                <th scope="row" class={classOf(column)}>
                  {column.cell(row)}
                </th>
              ) : (
                <td class={classOf(column)} data-th={column.label}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
      {foot && <tfoot>{foot}</tfoot>}
    </table>
  )
}

type HeadingProps<Row> = { column: Column<Row>; class: string | undefined; sorting: TableProps<Row>['sorting'] }

function Heading<Row>({ column, class: className, sorting }: HeadingProps<Row>) {
  if (!sorting || !column.sortBy)
    return (
      <th scope="col" class={className}>
        {column.label}
      </th>
    )
  const { here, query } = sorting
  const isSorted = query.sort === column.key
  const next = isSorted && !query.isDescending ? `-${column.key}` : column.key
  return (
    <th
      scope="col"
      class={className}
      aria-sort={isSorted ? (query.isDescending ? 'descending' : 'ascending') : undefined}
    >
      <a href={hrefWith(here, { tri: next, page: '' })}>{column.label}</a>
    </th>
  )
}

export type Filter = {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  /** What stands for no choice, when that is not "all". */
  all?: string
}

type ListProps<Row> = Pick<PageProps, 't' | 'formats' | 'here'> & {
  columns: readonly Column<Row>[]
  list: Arranged<Row>
  query: ListQuery
  searchLabel: string
  /** "1 284 lieux". */
  countSays: string
  filters?: readonly Filter[]
  csvHref?: string
  isHeld?: (row: Row) => boolean
}

/** Search, filters, sorting, pages and CSV: all by GET, so that an address is a view and can be sent to a colleague. */
export function DataTable<Row>({
  t,
  formats,
  here,
  columns,
  list,
  query,
  searchLabel,
  countSays,
  filters = [],
  csvHref,
  isHeld,
}: ListProps<Row>) {
  const isFiltered = query.q !== '' || Object.values(query.filters).some((value) => value !== '')
  return (
    <div>
      <search>
        <form class="filters" action={here.split('?')[0]}>
          <div class="field grow">
            <label for="list-q">{searchLabel}</label>
            <input id="list-q" name="q" type="search" value={query.q} />
          </div>
          {filters.map(({ name, label, options, all }) => (
            <div class="field">
              <label for={`list-${name}`}>{label}</label>
              <select id={`list-${name}`} name={name}>
                <option value="">{all ?? t('list.all')}</option>
                {options.map((option) => (
                  <option value={option.value} selected={query.filters[name] === option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            </div>
          ))}
          {query.sort && <input type="hidden" name="tri" value={`${query.isDescending ? '-' : ''}${query.sort}`} />}
          <button class="button" type="submit">
            {t('list.filter')}
          </button>
        </form>
      </search>
      <p class="small soft" role="status">
        {list.total === 0 && query.q ? t('list.none', { q: query.q }) : countSays}
        {list.pages > 1 &&
          `, ${t('list.page', { page: formats.number(list.page), pages: formats.number(list.pages) })}`}
      </p>
      {list.total > 0 && (
        <Table columns={columns} rows={list.rows} sorting={{ here, query }} {...(isHeld ? { isHeld } : {})} />
      )}
      <div class="under no-print">
        {isFiltered && <a href={here.split('?')[0]}>{t('list.clear')}</a>}
        <Pages t={t} here={here} page={list.page} pages={list.pages} />
        {csvHref && <a href={csvHref}>CSV</a>}
      </div>
    </div>
  )
}

type PagesProps = Pick<PageProps, 't' | 'here'> & { page: number; pages: number }

function Pages({ t, here, page, pages }: PagesProps) {
  if (pages < 2) return null
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((number) => number >= 1 && number <= pages)
  return (
    <>
      {page > 1 && <a href={hrefWith(here, { page: page - 1 })}>{t('list.previous')}</a>}
      {shown.map((number, at) => (
        <>
          {at > 0 && number - shown[at - 1]! > 1 && <span aria-hidden="true">…</span>}
          {number === page ? (
            <b aria-current="page">{number}</b>
          ) : (
            <a href={hrefWith(here, { page: number })} aria-label={t('list.to_page', { page: number })}>
              {number}
            </a>
          )}
        </>
      ))}
      {page < pages && <a href={hrefWith(here, { page: page + 1 })}>{t('list.next')}</a>}
    </>
  )
}
