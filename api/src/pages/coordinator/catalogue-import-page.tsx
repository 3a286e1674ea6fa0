import type { CellProblem } from '../../catalogue/catalogue-rows.ts'
import type { ImportPreview } from '../../catalogue/import-catalogue.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { Differences } from './catalogue-differences.tsx'
import { Blockers } from './catalogue-version-page.tsx'
import { changesOf } from './catalogue-view.ts'
import { catalogueHome } from './catalogue-words.ts'

export const importPath = `${catalogueHome}/import`
const problemsShown = 100

type ImportProps = PageProps & { preview?: ImportPreview; refused?: string }

/** A file becomes a draft in two steps: what it would change, then a yes. */
export function ImportPage({ preview, refused, ...page }: ImportProps) {
  const { t } = page
  const title = t('import.title')
  const crumbs = [{ href: catalogueHome, label: t('reference.title') }, { label: title }]
  return (
    <Layout {...page} title={title} audience="coordinator" lede={t('import.lede')} crumbs={crumbs}>
      {refused && (
        <Notice title={t('import.refused')} tone="stop" role="alert">
          {refused}
        </Notice>
      )}
      {preview && preview.problems.length > 0 && <Problems {...page} problems={preview.problems} />}
      {preview?.draft && <Preview {...page} preview={preview} draft={preview.draft} />}
      <Section title={t('import.give')} says={t('import.give.says')}>
        <form class="form" method="post" action={importPath} enctype="multipart/form-data">
          <div class="field">
            <label for="file">{t('import.file')}</label>
            <input id="file" name="file" type="file" accept=".csv,.xlsx,.json,text/csv,application/json" required />
          </div>
          <button class={preview?.draft ? 'button' : 'button button-main'} type="submit">
            {t('import.look')}
          </button>
        </form>
      </Section>
    </Layout>
  )
}

function Problems({ t, formats, problems }: PageProps & { problems: readonly CellProblem[] }) {
  return (
    <Section title={t('import.wrong', { count: formats.number(problems.length) })} says={t('import.wrong.says')} isWide>
      <div>
        {problems.length > problemsShown && <p>{t('import.wrong.first', { count: formats.number(problemsShown) })}</p>}
        <Table
          rows={problems.slice(0, problemsShown)}
          columns={[
            { key: 'row', label: t('import.row'), cell: ({ row }) => formats.number(row) },
            { key: 'column', label: t('import.column'), cell: ({ column }) => <span class="code">{column}</span> },
            {
              key: 'value',
              label: t('import.value'),
              cell: ({ value }) =>
                value === '' ? <i>{t('import.empty')}</i> : <span lang="fr">{value.slice(0, 80)}</span>,
            },
            { key: 'todo', label: t('import.todo'), cell: ({ problem }) => t(`import.cell.${problem}`) },
          ]}
        />
      </div>
    </Section>
  )
}

type Draft = NonNullable<ImportPreview['draft']>

function Preview({ preview, draft, ...page }: PageProps & { preview: ImportPreview; draft: Draft }) {
  const { t, formats } = page
  const { current, encoding, ignored, blockers } = preview
  return (
    <Section
      title={t('import.changes')}
      says={current ? t('import.changes.says', { number: current.number }) : undefined}
      isWide
    >
      <div class="stack">
        <p role="status">
          <b>{t('import.read', { count: formats.number(preview.rows) })}</b>
        </p>
        {encoding === 'windows-1252' && <p>{t('import.old_encoding')}</p>}
        {ignored.length > 0 && <p>{t('import.ignored', { columns: ignored.join(', ').slice(0, 300) })}</p>}
        {blockers.length > 0 && (
          <Notice title={t('editor.blocked')} tone="wait">
            <Blockers t={t} blockers={blockers} />
          </Notice>
        )}
        <Differences {...page} changes={changesOf(current?.services ?? [], draft.content.services)} />
        <form class="form" method="post" action={`${importPath}/confirmation`} enctype="multipart/form-data">
          <input type="hidden" name="content" value={Buffer.from(draft.csv).toString('base64')} />
          <p>{t('import.confirm.says')}</p>
          <button class="button button-main" type="submit">
            {t('import.confirm')}
          </button>
        </form>
      </div>
    </Section>
  )
}
