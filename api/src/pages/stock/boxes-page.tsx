import { bookCountOf } from '../../books/box.ts'
import { writeRanges } from '../../books/cover-ranges.ts'
import type { Box } from '../../books/queries.ts'
import type { RequestRow } from '../../stock/queries.ts'
import { type Column, DataTable, Table } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

export type BoxRow = Box & { campaign: string; prescriber: string }
const states = ['printed', 'dispatched', 'delivered', 'active', 'revoked'] as const
const tones: Record<Box['state'], Tone> = {
  printed: 'plain',
  dispatched: 'run',
  delivered: 'hold',
  active: 'done',
  revoked: 'stop',
}

export const arrangeBoxes = (rows: readonly BoxRow[], query: ListQuery, columns: Column<BoxRow>[]) =>
  arrange(rows, query, {
    columns,
    textOf: ({ campaign, prescriber, number }) => `${campaign} ${prescriber} ${number}`,
    filters: { etat: ({ state }, wanted) => state === wanted },
  })

export function boxColumns({ t, formats }: Pick<PageProps, 't' | 'formats'>): Column<BoxRow>[] {
  return [
    {
      key: 'box',
      label: t('parcels.title'),
      sortBy: ({ campaign, firstCover }) => `${campaign} ${String(firstCover).padStart(7, '0')}`,
      cell: ({ id, number, campaign }) => [
        <a href={`/colis/${id}`}>{t('parcel.name', { number })}</a>,
        <small>{campaign}</small>,
      ],
    },
    { key: 'covers', label: t('parcel.covers'), cell: (box) => writeRanges([box]) },
    {
      key: 'books',
      label: t('parcel.books'),
      isNumber: true,
      sortBy: bookCountOf,
      cell: (box) => [
        formats.number(bookCountOf(box)),
        box.missingBooks > 0 && <small>{`${t('stock.missing')} ${formats.number(box.missingBooks)}`}</small>,
      ],
    },
    {
      key: 'to',
      label: t('parcel.to'),
      sortBy: ({ prescriber }) => prescriber,
      cell: ({ prescriber }) => prescriber || '–',
    },
    {
      key: 'state',
      label: t('parcels.state'),
      sortBy: ({ state }) => states.indexOf(state),
      cell: (box) => {
        const day = box.revokedOn ?? box.activatedOn ?? box.deliveredOn ?? box.dispatchedOn
        return [<Tag tone={tones[box.state]}>{t(`box.${box.state}`)}</Tag>, day && <small>{formats.day(day)}</small>]
      },
    },
  ]
}

type BoxesProps = PageProps & { rows: readonly BoxRow[]; query: ListQuery; requests: readonly RequestRow[] }

/** Every box, from the printer to its activation; and what prescribers ask for. */
export function BoxesPage(props: BoxesProps) {
  const { t, formats, here, rows, query, person, requests } = props
  const columns = boxColumns(props)
  const list = arrangeBoxes(rows, query, columns)
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  return (
    <Layout {...props} title={t('parcels.title')} audience={audienceOf(person)} lede={t('parcels.lede')}>
      {requests.length > 0 && <Requests {...props} />}
      {rows.length === 0 ? (
        <EmptyState title={t('parcels.none')}>{t('parcels.none.says')}</EmptyState>
      ) : (
        <Section title={t('parcels.title')} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('parcels.search')}
            countSays={t('parcels.count', { count: formats.number(list.total) })}
            filters={[
              {
                name: 'etat',
                label: t('parcels.state'),
                options: states.map((value) => ({ value, label: t(`box.${value}`) })),
              },
            ]}
            csvHref={`/colis.csv${search}`}
          />
        </Section>
      )}
    </Layout>
  )
}

function Requests({ t, formats, requests, person }: BoxesProps) {
  const answer = (row: RequestRow, value: 'oui' | 'non') => (
    <form method="post" action={`/demandes/${row.id}/${value}`}>
      <button
        class={value === 'oui' ? 'button button-main' : 'button'}
        type="submit"
        aria-label={`${t(value === 'oui' ? 'requests.accept' : 'requests.decline')}, ${row.prescriber}`}
      >
        {t(value === 'oui' ? 'requests.accept' : 'requests.decline')}
      </button>
    </form>
  )
  return (
    <Section title={t('requests.title')} says={t('requests.says')} isWide id="demandes">
      <Table
        rows={requests}
        columns={[
          { key: 'who', label: t('requests.prescriber'), cell: ({ prescriber }) => prescriber },
          { key: 'campaign', label: t('requests.campaign'), cell: ({ campaign }) => campaign },
          { key: 'books', label: t('requests.books'), isNumber: true, cell: ({ books }) => formats.number(books) },
          { key: 'on', label: t('requests.on'), cell: ({ requestedOn }) => formats.day(requestedOn) },
          {
            key: 'state',
            label: t('requests.state'),
            cell: (row) =>
              row.state === 'waiting' && person?.role === 'coordinator' ? (
                <div class="acts-row no-print">
                  {answer(row, 'oui')}
                  {answer(row, 'non')}
                </div>
              ) : (
                t(`request.${row.state}`)
              ),
          },
        ]}
      />
    </Section>
  )
}
