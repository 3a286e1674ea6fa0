import type { DatasetRecord, SheetsDataset } from '../../statistics/dataset.ts'
import type { DatasetExtent } from '../../statistics/dataset-queries.ts'
import { type Column, Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import { DatasetHead, DatasetSearch } from './dataset-head.tsx'
import { datasetHref, Reuse } from './reuse-dataset.tsx'

export const rowsOnPage = 20

export type RegisterProps = PageProps & {
  dataset: SheetsDataset
  extent: DatasetExtent
  records: readonly DatasetRecord[]
  /** How many rows match `q`. */
  total: number
  q: string
  pageNumber: number
}

/** A public register as it is today: its main columns, how it is made, and every way to take it. */
export function RegisterPage(props: RegisterProps) {
  const { t, formats, dataset, extent, records, total, q } = props
  const title = t(`data.table.${dataset.slug}`)
  const found = t('data.sheets.found', { count: formats.number(extent.records) })
  const head = <DatasetHead {...{ t, formats, dataset, extent, found }} />
  return (
    <Layout {...props} title={title} head={head}>
      <DatasetSearch {...{ t, dataset, q }} label={t(`data.table.${dataset.slug}.search`)} />
      {records.length === 0 ? (
        <EmptyState
          title={t(q ? 'data.series.none' : 'data.sheets.empty')}
          action={<a href={q ? datasetHref(dataset) : '/donnees'}>{t(q ? 'list.clear' : 'data.title')}</a>}
        >
          {t(q ? 'data.series.none.says' : 'data.sheets.empty.says')}
        </EmptyState>
      ) : (
        <Section
          title={t('data.table.read')}
          says={`${t('data.sheets.found', { count: formats.number(total) })}. ${t('data.sheets.more')}`}
          isWide
        >
          <Rows {...props} />
        </Section>
      )}
      <Section title={t('data.method')}>
        <div class="prose">
          <p>{t(`data.table.${dataset.slug}.method`)}</p>
        </div>
      </Section>
      <Reuse {...props} where={q ? `${dataset.searched} like "${q}"` : ''}>
        <p class="soft">{t('data.sheets.farthest')}</p>
      </Reuse>
    </Layout>
  )
}

/** The columns by their names in the files, so that who reads one finds it in the other. */
function Rows({ t, dataset, records, total, pageNumber, here }: RegisterProps) {
  const columns = dataset.shown.map(
    (name): Column<DatasetRecord> => ({
      key: name,
      label: name,
      isNumber: dataset.fields[name] === 'int',
      cell: (record) => String(record[name] ?? ''),
    }),
  )
  const pages = Math.ceil(total / rowsOnPage)
  return (
    <div>
      <Table rows={records} columns={columns} />
      <div class="under no-print">
        {pageNumber > 1 && <a href={hrefWith(here, { page: pageNumber - 1 })}>{t('list.previous')}</a>}
        {pageNumber < pages && <a href={hrefWith(here, { page: pageNumber + 1 })}>{t('list.next')}</a>}
      </div>
    </div>
  )
}
