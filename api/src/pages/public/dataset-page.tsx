import type { MessageKey } from '../../shared/messages.ts'
import { type CountsDataset, countsDatasets } from '../../statistics/dataset.ts'
import type { DatasetExtent } from '../../statistics/dataset-queries.ts'
import type { Series } from '../../statistics/series-queries.ts'
import { Multiples } from '../charts/multiples.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { spanText } from '../span-text.ts'
import { DatasetHead, DatasetSearch } from './dataset-head.tsx'
import { datasetHref, Reuse } from './reuse-dataset.tsx'
import { SeriesTable, seriesName } from './series-table.tsx'

const shownAsCharts = 9

export type DatasetProps = PageProps & {
  dataset: CountsDataset
  extent: DatasetExtent
  threshold: number
  spans: readonly string[]
  series: readonly Series[]
  total: number
  told: number
  q: string
  pageNumber: number
}

/** A dataset over time: small charts, a table, how it is counted, and every way to take it. */
export function DatasetPage(props: DatasetProps) {
  const { t, formats, dataset, extent, series, spans } = props
  const title = t(`data.table.${dataset.slug}`)
  const head = <DatasetHead {...{ t, formats, dataset, extent }} />
  return (
    <Layout {...props} title={title} head={head}>
      <Choice {...props} />
      {series.length === 0 ? (
        <EmptyState
          title={t(props.q ? 'data.series.none' : 'data.releases.none')}
          action={<a href={props.q ? datasetHref(dataset) : '/donnees'}>{t(props.q ? 'list.clear' : 'data.title')}</a>}
        >
          {t(props.q ? 'data.series.none.says' : 'data.releases.none.says')}
        </EmptyState>
      ) : (
        <>
          <Section title={t('data.chart')} says={t('data.chart.says', { threshold: props.threshold })} isWide>
            <Charts {...props} />
          </Section>
          <Section title={t('data.table.read')} says={tableSays(props, spans)} isWide>
            <SeriesTable {...props} />
          </Section>
        </>
      )}
      <Method {...props} />
      <Reuse {...props} where={props.q ? `place_name like "${props.q}"` : ''} />
    </Layout>
  )
}

const tableSays = ({ t, formats, total, told }: DatasetProps, spans: readonly string[]) =>
  t('data.series.says', {
    count: formats.number(total),
    told: formats.number(told),
    spans: formats.number(spans.length),
  })

/** Levels are datasets: links, so that each view has an address. */
const Choice = ({ t, dataset, q }: DatasetProps) => (
  <div class="stack-s no-print">
    <nav class="switch" aria-label={t('data.level')}>
      {countsDatasets.map((one) => (
        <a href={datasetHref(one)} aria-current={one.id === dataset.id ? 'page' : undefined}>
          {t(`data.level.${one.slug}`)}
        </a>
      ))}
    </nav>
    <DatasetSearch {...{ t, dataset, q }} label={t('data.series.search')} />
  </div>
)

function Charts(props: DatasetProps) {
  const { t, formats, series, spans, threshold, dataset } = props
  const newest = spans.at(-1)!
  const said = (value: number | null | undefined) =>
    value === null || value === undefined
      ? t(dataset.slug === 'lieux' || dataset.slug === 'campagnes' ? 'suppressed' : 'suppressed.place', { threshold })
      : formats.number(value)
  const items = series.slice(0, shownAsCharts).map((one) => ({
    label: seriesName(props, one),
    newest: said(one.values[newest]),
    values: spans.map((span) => one.values[span]),
  }))
  return (
    <Multiples items={items} ends={[spanText(spans[0]!, props), spanText(newest, props)]} format={formats.number} />
  )
}

const Method = ({ t, threshold }: DatasetProps) => (
  <Section title={t('data.method')}>
    <div class="prose">
      {(['counted', 'secret', 'rounded', 'released'] as const).map((name) => (
        <p>
          <b>{t(`data.method.${name}`)}</b> {t(`data.method.${name}.says` as MessageKey, { threshold })}
        </p>
      ))}
      <p>
        <a href="/donnees#publications">{t('data.method.notes')}</a>
      </p>
    </div>
  </Section>
)
