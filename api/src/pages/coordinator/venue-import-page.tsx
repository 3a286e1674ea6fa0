import type { listVenueFiles } from '../../venues/venue-file-queries.ts'
import { Table } from '../components/data-table.tsx'
import type { FormState } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export const importPath = '/coordination/lieux/import'
type ListedFile = Awaited<ReturnType<typeof listVenueFiles>>[number]
export const importTones: Record<ListedFile['state'], Tone> = {
  ...{ checking: 'run', checked: 'hold', running: 'run', applied: 'done', cancelled: 'plain', failed: 'stop' },
}

/** Where a file of venues is given, and what became of the ones before. */
export function VenueImportsPage({
  files,
  form,
  ...page
}: PageProps & { files: readonly ListedFile[]; form: FormState }) {
  const { t, formats } = page
  const title = t('venue_import.title')
  const crumbs = [{ href: '/coordination/lieux', label: t('venues.title') }, { label: title }]
  return (
    <Layout {...page} title={title} audience="coordinator" lede={t('venue_import.lede')} crumbs={crumbs}>
      {form.errors.file && (
        <Notice tone="stop" role="alert" title={t('form.errors')}>
          {form.errors.file}
        </Notice>
      )}
      <form class="form" method="post" action={importPath} enctype="multipart/form-data">
        <div class="field">
          <label for="file">{t('venue_import.file')}</label>
          <input id="file" name="file" type="file" accept=".csv,text/csv" required aria-describedby="file-hint" />
          <p class="small soft" id="file-hint">
            {t('venue_import.file.says')}
          </p>
        </div>
        <p>
          <button class="button button-main" type="submit">
            {t('venue_import.check')}
          </button>
        </p>
      </form>
      {files.length > 0 && (
        <Section title={t('venue_import.recent')} isWide>
          <Table
            rows={files}
            columns={[
              {
                key: 'name',
                label: t('venue_import.name'),
                cell: ({ id, fileName }) => <a href={`${importPath}/${id}`}>{fileName}</a>,
              },
              { key: 'day', label: t('venue_import.day'), cell: ({ addedOn }) => formats.day(addedOn) },
              {
                key: 'rows',
                label: t('venue_import.rows'),
                isNumber: true,
                cell: ({ rows }) => formats.number(rows),
              },
              {
                key: 'state',
                label: t('venue_import.state'),
                cell: ({ state }) => <Tag tone={importTones[state]}>{t(`venue_import.state.${state}`)}</Tag>,
              },
            ]}
          />
        </Section>
      )}
    </Layout>
  )
}
