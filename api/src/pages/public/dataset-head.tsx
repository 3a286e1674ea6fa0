import type { Dataset } from '../../statistics/dataset.ts'
import type { DatasetExtent } from '../../statistics/dataset-queries.ts'
import { licence } from '../../statistics/read-releases.ts'
import { PageHead } from '../components/page-head.tsx'
import type { PageProps } from '../page-props.tsx'
import { datasetHref } from './reuse-dataset.tsx'

type HeadProps = Pick<PageProps, 't' | 'formats'> & { dataset: Dataset; extent: DatasetExtent; found?: string }

/** What a dataset is, when it was last changed, and the way to its files. `found`: how many rows it has, in words. */
export function DatasetHead({ t, formats, dataset, extent, found }: HeadProps) {
  const title = t(`data.table.${dataset.slug}`)
  const crumbs = [{ href: '/donnees', label: t('data.title') }, { label: title }]
  const facts = (
    <>
      <span class="code">{dataset.id}</span>
      {found && <span>{found}</span>}
      {extent.modified && <span>{t('data.updated', { day: formats.day(extent.modified) })}</span>}
      <span>{licence.name}</span>
    </>
  )
  const tools = (
    <a class="button button-main" href="#reutiliser">
      {t('data.download')}
    </a>
  )
  return <PageHead title={title} lede={t(`data.table.${dataset.slug}.says`)} {...{ crumbs, facts, tools }} />
}

/** Looks for a word in what a dataset is searched by. */
export const DatasetSearch = ({
  t,
  dataset,
  q,
  label,
}: Pick<PageProps, 't'> & { dataset: Dataset; q: string; label: string }) => (
  <search class="no-print">
    <form class="filters" action={datasetHref(dataset)}>
      <div class="field grow">
        <label for="q">{label}</label>
        <input id="q" name="q" type="search" value={q} />
      </div>
      <button class="button" type="submit">
        {t('list.filter')}
      </button>
    </form>
  </search>
)
