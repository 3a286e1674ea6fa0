import type { Child } from 'hono/jsx'
import { errorSentence, type Translate } from '../../shared/messages.ts'
import type { CellError } from '../../venues/cell-error.ts'
import { standardColumns } from '../../venues/standard-columns.ts'
import { silentSince } from '../../venues/venue-file.ts'
import type { VenueFile } from '../../venues/venue-file-queries.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { DuplicateReview } from './venue-duplicates.tsx'
import { importPath, importTones } from './venue-import-page.tsx'
import { venueQueuePath } from './waiting-venues.ts'

type Props = PageProps & { file: VenueFile; part: number }
const errorsShown = 50

/** One file: what it would do or did, cell by cell what is wrong, and the possible duplicates to decide on. */
export function VenueFilePage({ file, part, ...page }: Props) {
  const { t, locale } = page
  const isWaiting = file.state === 'checked' || file.state === 'failed'
  const isUnreadable = file.state === 'cancelled' && file.failure !== null
  const crumbs = [
    { href: '/coordination/lieux', label: t('venues.title') },
    { href: importPath, label: t('venue_import.title') },
    { label: file.fileName },
  ]
  const state = <Tag tone={importTones[file.state]}>{t(`venue_import.state.${file.state}`)}</Tag>
  return (
    <Layout {...page} title={file.fileName} audience="coordinator" facts={state} crumbs={crumbs}>
      {file.failure && (
        <Notice tone="stop" role="alert" title={t('venue_import.failed')}>
          {errorSentence(file.failure, locale)}
        </Notice>
      )}
      {(file.state === 'running' || file.state === 'checking') && <Progress {...page} file={file} />}
      {file.state !== 'checking' && !isUnreadable && (
        <Figures {...page} file={file} acts={isWaiting && <Acts {...page} file={file} />} />
      )}
      {isWaiting && file.report.duplicates.length > 0 && <DuplicateReview {...page} file={file} part={part} />}
      {file.report.errors.length > 0 && <CellErrors {...page} file={file} />}
    </Layout>
  )
}

const Progress = ({ t, formats, now, file }: PageProps & { file: VenueFile }) => {
  const { rows } = file.report
  const isCutOff = file.state === 'checking' && file.touchedAt < silentSince(now)
  const says = t('venue_import.running', { done: formats.number(file.rowsDone), rows: formats.number(rows) })
  return (
    <Section
      title={says}
      says={t(file.state === 'checking' ? 'venue_import.checking.says' : 'venue_import.running.says')}
    >
      <div class="stack-s">
        <progress value={file.rowsDone} max={Math.max(rows, 1)} aria-label={says} />
        {isCutOff && <Post action={`${importPath}/${file.id}/verification`} label={t('venue_import.again')} isMain />}
        <Post action={`${importPath}/${file.id}/annulation`} label={t('venue_import.cancel')} />
      </div>
    </Section>
  )
}

const Post = ({ action, label, isMain }: { action: string; label: string; isMain?: boolean }) => (
  <form method="post" action={action}>
    <button class={isMain ? 'button button-main' : 'button'} type="submit">
      {label}
    </button>
  </form>
)

const Acts = ({ t, file }: PageProps & { file: VenueFile }) => (
  <div class="inline-acts no-print">
    <Post action={`${importPath}/${file.id}/import`} label={t('venue_import.apply')} isMain />
    <Post action={`${importPath}/${file.id}/annulation`} label={t('venue_import.cancel')} />
  </div>
)

function Figures({ t, formats, file, acts }: PageProps & { file: VenueFile; acts: Child }) {
  const { report, decisions } = file
  const said = Object.values(decisions)
  const isNews = said.filter((decision) => decision === 'new').length
  const isSame = said.filter((decision) => decision !== 'new' && decision !== 'aside').length
  const figures = report.isCommitted
    ? report
    : {
        ...report,
        created: report.created + isNews,
        updated: report.updated + isSame,
        aside: report.aside - isNews - isSame,
      }
  const lines = [
    ['venue_import.created', figures.created],
    ['venue_import.updated', figures.updated],
    ['venue_import.unchanged', figures.unchanged],
    ['venue_import.aside', figures.aside],
    ['venue_import.refused', figures.refused],
    ['venue_import.organisations', figures.organisationsCreated],
  ] as const
  const title = t(report.isCommitted ? 'venue_import.done' : 'venue_import.plan')
  return (
    <Section title={title} says={t('venue_import.plan.says')}>
      <div class="stack-s">
        <dl class="facts-list">
          {lines.map(([label, count]) => (
            <div>
              <dt>{t(label)}</dt>
              <dd>{formats.number(count)}</dd>
            </div>
          ))}
        </dl>
        {acts}
        {report.isCommitted && report.created > 0 && (
          <p class="no-print">
            <a class="button" href={venueQueuePath}>
              {t('venue_import.to_qualify')}
            </a>
          </p>
        )}
      </div>
    </Section>
  )
}

/** What a right cell of these columns looks like. */
const examples: Record<string, string> = {
  ...{ pivot: '21160015000018', code_postal: '16000', code_insee: '16015', telephone: '+33545000000' },
  ...{ site_web: 'https://exemple.fr', prise_rdv: 'https://exemple.fr', fiche_acces_libre: 'https://exemple.fr' },
}
const longestList = 160

/** The sentence of the error, with an example or the values that the standard has. */
export function todoOf(t: Translate, { code, column }: Pick<CellError, 'code' | 'column'>): string {
  const values = standardColumns.find(({ name }) => name === column)?.values?.join(', ') ?? ''
  const example = code === 'cell_malformed' ? examples[column] : code === 'cell_value_unknown' ? values : undefined
  const isShort = example && example.length <= longestList
  return isShort ? `${t(`cell.${code}`)} ${t('cell.like', { example })}` : t(`cell.${code}`)
}

function CellErrors({ t, formats, file }: PageProps & { file: VenueFile }) {
  const rows = file.report.errors.slice(0, errorsShown)
  const count = file.report.errorCount
  const says = t('venue_import.errors.says', { shown: formats.number(rows.length), count: formats.number(count) })
  return (
    <Section title={t('venue_import.errors')} says={says} isWide>
      <Table
        rows={rows}
        columns={[
          { key: 'row', label: t('venue_import.row'), cell: ({ row }) => formats.number(row) },
          {
            key: 'column',
            label: t('venue_import.column'),
            isCode: true,
            cell: ({ column }) => column || t('venue_import.whole_row'),
          },
          {
            key: 'value',
            label: t('venue_import.value'),
            cell: ({ value }) => (value.length > 80 ? `${value.slice(0, 80)}…` : value),
          },
          { key: 'todo', label: t('venue_import.todo'), cell: (error) => todoOf(t, error) },
        ]}
      />
      <p class="under no-print">
        <a href={`${importPath}/${file.id}/erreurs.csv`}>{t('venue_import.errors.csv')}</a>
      </p>
    </Section>
  )
}
