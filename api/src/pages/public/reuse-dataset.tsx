import type { Child } from 'hono/jsx'
import type { Dataset } from '../../statistics/dataset.ts'
import { type ExportFormat, exportTypes } from '../../statistics/dataset-file.ts'
import { licence } from '../../statistics/read-releases.ts'
import { Section } from '../components/page-head.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'

export const datasetHref = ({ id }: Pick<Dataset, 'id'>) => `/donnees/jeux/${id}`

type ReuseProps = Pick<PageProps, 't'> & { dataset: Dataset; where: string; children?: Child }

/** Every way to take a dataset: its files, the address of the API for what the page shows, its schema. */
export function Reuse({ t, dataset, where, children }: ReuseProps) {
  const api = `/api/explore/v2.1/catalog/datasets/${dataset.id}`
  const view = hrefWith(`${api}/records`, where ? { where, limit: 100 } : { limit: 100 })
  return (
    <Section title={t('data.reuse')} says={`${t('data.publisher')}. ${licence.name}.`} id="reutiliser">
      <div class="stack">
        <p class="acts-row">
          {(Object.keys(exportTypes) as ExportFormat[]).map((format) => (
            <a class="button" href={`${api}/exports/${format}`}>
              {format.toUpperCase()}
            </a>
          ))}
        </p>
        <div class="field">
          <label for="api">{t('data.api.view')}</label>
          <input id="api" class="code" readonly value={view} />
        </div>
        <p>
          <a href={`${datasetHref(dataset)}/schema.json`}>{t('data.files.schema')}</a> · <a href={view}>JSON</a> ·{' '}
          <a href="/catalog.jsonld">{t('data.catalog')}</a>
        </p>
        {children}
      </div>
    </Section>
  )
}
