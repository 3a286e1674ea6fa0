import type { StockedCampaign } from '../../stock/queries.ts'
import type { StockLine } from '../../stock/stock.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

export type StockRow = StockLine & { campaign: StockedCampaign; place: string }
type StockProps = PageProps & { rows: readonly StockRow[]; query: ListQuery; tenant?: string | undefined }

/** `campagne` stands for the stock of the campaign itself. */
export const shelfHref = ({ campaign, depository }: StockRow) => `/stock/${campaign.id}/${depository ?? 'campagne'}`

export const arrangeStock = (rows: readonly StockRow[], query: ListQuery, columns: Column<StockRow>[]) =>
  arrange(rows, query, {
    columns,
    textOf: ({ campaign, place }) => `${campaign.name} ${place}`,
    filters: { campagne: ({ campaign }, wanted) => campaign.id === wanted },
  })

const counts = [
  'received',
  'handedOut',
  'replaced',
  'returned',
  'damaged',
  'lost',
  'ended',
  'onTheWay',
  'missing',
] as const
const labels = {
  received: 'stock.received',
  handedOut: 'stock.handed_out',
  replaced: 'stock.replaced',
  returned: 'stock.returned',
  damaged: 'stock.damaged',
  lost: 'stock.lost',
  ended: 'stock.ended',
  onTheWay: 'stock.way',
  missing: 'stock.missing',
} as const

/** A column that says nothing of any row is left out. */
export function stockColumns(
  { t, formats }: Pick<PageProps, 't' | 'formats'>,
  rows: readonly StockRow[],
): Column<StockRow>[] {
  return [
    {
      key: 'where',
      label: t('stock.where'),
      sortBy: ({ place }) => place,
      cell: (row) => [<a href={shelfHref(row)}>{row.place}</a>, <small>{row.campaign.name}</small>],
    },
    ...counts
      .filter((key) => key === 'received' || key === 'handedOut' || rows.some((row) => row[key] > 0))
      .map(
        (key): Column<StockRow> => ({
          key,
          label: t(labels[key]),
          isNumber: true,
          sortBy: (row) => row[key],
          cell: (row) => (row[key] === 0 ? '–' : formats.number(row[key])),
        }),
      ),
    {
      key: 'left',
      label: t('stock.left'),
      isNumber: true,
      sortBy: ({ left }) => left,
      cell: ({ left, active }) => [
        <b>{formats.number(left)}</b>,
        active !== left && <small>{t('stock.left.active', { count: formats.number(active) })}</small>,
      ],
    },
  ]
}

/** How many books lie where, campaign by campaign. */
export function StockPage(props: StockProps) {
  const { t, formats, here, rows, query, person, tenant } = props
  const columns = stockColumns(props, rows)
  const list = arrangeStock(rows, query, columns)
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  const campaigns = new Map(rows.map(({ campaign }) => [campaign.id, campaign.name]))
  const tools = (
    <>
      <a class="button" href="/colis">
        {t('parcels.title')}
      </a>
      {person?.role !== 'funder' && (
        <a class="button" href="/oppositions">
          {t('stops.title')}
        </a>
      )}
      <a class="button" href="/valeurs-inactives">
        {t('stock.unused')}
      </a>
    </>
  )
  const lede = t(person?.role === 'funder' ? 'stock.lede.funder' : 'stock.lede')
  return (
    <Layout {...props} title={t('stock.title')} audience={audienceOf(person)} tenant={tenant} lede={lede} tools={tools}>
      {rows.length === 0 ? (
        <EmptyState title={t('stock.none')}>{t('stock.none.says')}</EmptyState>
      ) : (
        <Section title={t('stock.title')} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('stock.search')}
            countSays={t('stock.count', { count: formats.number(list.total) })}
            filters={[
              {
                name: 'campagne',
                label: t('unused.campaign'),
                options: [...campaigns].map(([value, label]) => ({ value, label })),
              },
            ]}
            csvHref={`/stock.csv${search}`}
          />
        </Section>
      )}
    </Layout>
  )
}
