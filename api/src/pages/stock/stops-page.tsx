import { booksIn, writeRanges } from '../../books/cover-ranges.ts'
import type { StopRow } from '../../books/stop-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

type StopsProps = PageProps & { rows: readonly StopRow[]; query: ListQuery }

export const arrangeStops = (rows: readonly StopRow[], query: ListQuery, columns: Column<StopRow>[]) =>
  arrange(rows, query, {
    columns,
    textOf: (row) => `${row.campaign} ${row.firstCover} ${row.lastCover}`,
    filters: { etat: ({ liftedOn }, wanted) => (wanted === 'live') === (liftedOn === null) },
  })

export function stopColumns({ t, formats, person }: Pick<PageProps, 't' | 'formats' | 'person'>): Column<StopRow>[] {
  return [
    {
      key: 'covers',
      label: t('stops.covers'),
      sortBy: ({ firstCover }) => firstCover,
      cell: (row) => [writeRanges([row]), <small>{row.campaign}</small>],
    },
    { key: 'books', label: t('parcel.books'), isNumber: true, cell: (row) => formats.number(booksIn([row])) },
    {
      key: 'reason',
      label: t('stops.reason'),
      sortBy: ({ reason }) => reason,
      cell: ({ reason, isFromStock }) => [t(`stop_reason.${reason}`), isFromStock && <small>{t('stops.stock')}</small>],
    },
    {
      key: 'asked',
      label: t('stops.asked'),
      cell: ({ askedBy }) => (askedBy ? t(`stop_asker.${askedBy}`) : '–'),
    },
    {
      key: 'on',
      label: t('stops.on'),
      sortBy: ({ orderedOn }) => orderedOn,
      cell: ({ orderedOn }) => formats.day(orderedOn),
    },
    {
      key: 'state',
      label: t('stops.state'),
      cell: (row) =>
        row.liftedOn ? (
          <Tag tone="done">{t('stops.lifted', { day: formats.day(row.liftedOn) })}</Tag>
        ) : (
          [
            <Tag tone="stop">{t('stops.live')}</Tag>,
            person?.role === 'coordinator' && (
              <form class="no-print" method="post" action={`/oppositions/${row.id}/levee`}>
                <button class="button" type="submit" aria-label={`${t('stops.lift')}, ${writeRanges([row])}`}>
                  {t('stops.lift')}
                </button>
              </form>
            ),
          ]
        ),
    },
  ]
}

/** Books that every venue refuses, and why. */
export function StopsPage(props: StopsProps) {
  const { t, formats, here, rows, query, person } = props
  const columns = stopColumns(props)
  const list = arrangeStops(rows, query, columns)
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  const mayStop = person?.role === 'coordinator' || person?.role === 'prescriber'
  const tools = mayStop && (
    <a class="button button-main" href="/oppositions/nouvelle">
      {t('stops.new')}
    </a>
  )
  return (
    <Layout {...props} title={t('stops.title')} audience={audienceOf(person)} lede={t('stops.lede')} tools={tools}>
      {rows.length === 0 ? (
        <EmptyState title={t('stops.none')}>{t('stops.none.says')}</EmptyState>
      ) : (
        <Section title={t('stops.title')} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('stops.search')}
            countSays={t('stops.count', { count: formats.number(list.total) })}
            filters={[
              {
                name: 'etat',
                label: t('stops.state'),
                options: [{ value: 'live', label: t('stops.live') }],
              },
            ]}
            csvHref={`/oppositions.csv${search}`}
          />
        </Section>
      )}
    </Layout>
  )
}
