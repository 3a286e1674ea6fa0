import type { RunRow } from '../../books/run-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export const printingHome = '/coordination/impressions'

export const runTones: Record<RunRow['state'], Tone> = {
  requested: 'hold',
  proof_approved: 'hold',
  generated: 'run',
  printed: 'run',
  delivered: 'run',
  active: 'done',
  revoked: 'stop',
}

type PrintingProps = PageProps & { rows: readonly RunRow[]; query: ListQuery; mayOrder: boolean }

/** Every order of books, the newest first, and the way to the next one. */
export function PrintingPage({ rows, query, mayOrder, ...page }: PrintingProps) {
  const { t, formats, here } = page
  const columns = columnsOf(page)
  const textOf = ({ campaign, state }: RunRow) => `${campaign} ${t(`print_run.${state}`)}`
  const list = arrange(rows, query, { columns, textOf })
  const tools = (
    <>
      <a class="button" href="/coordination/logos">
        {t('logos.title')}
      </a>
      {mayOrder && (
        <a class="button button-main" href={`${printingHome}/commande`}>
          {t('printing.order')}
        </a>
      )}
    </>
  )
  return (
    <Layout {...page} title={t('printing.title')} audience="coordinator" lede={t('printing.lede')} tools={tools}>
      {rows.length === 0 ? (
        <EmptyState title={t('printing.none')}>{t('printing.none.says')}</EmptyState>
      ) : (
        <Section title={t('printing.title')} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('printing.search')}
            countSays={t('printing.count', { count: formats.number(list.total) })}
            csvHref={`${printingHome}.csv`}
          />
        </Section>
      )}
    </Layout>
  )
}

const columnsOf = ({ t, formats }: PageProps): Column<RunRow>[] => [
  {
    key: 'campaign',
    label: t('printing.campaign'),
    sortBy: ({ campaign }) => campaign,
    cell: ({ id, campaign }) => <a href={`${printingHome}/${id}`}>{campaign}</a>,
  },
  {
    key: 'state',
    label: t('printing.state'),
    sortBy: ({ state }) => state,
    cell: ({ state }) => <Tag tone={runTones[state]}>{t(`print_run.${state}`)}</Tag>,
  },
  {
    key: 'ordered',
    label: t('printing.ordered'),
    sortBy: ({ requestedOn }) => requestedOn,
    cell: ({ requestedOn }) => formats.day(requestedOn),
  },
  {
    key: 'books',
    label: t('printing.books'),
    isNumber: true,
    sortBy: ({ bookCount }) => bookCount,
    cell: ({ bookCount }) => formats.number(bookCount),
  },
  {
    key: 'worth',
    label: t('printing.worth'),
    isNumber: true,
    sortBy: ({ cents }) => cents,
    cell: ({ cents }) => formats.wholeEuros(cents),
  },
]
