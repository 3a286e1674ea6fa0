import type { MessageKey } from '../../shared/messages.ts'
import type { MergedRow } from '../../statistics/merge-replaced.ts'
import type { DescribedRelease, ReadTable, ShownRow } from '../../statistics/read-releases.ts'
import type { TableFacts } from '../../statistics/release.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { PageHead, Section } from '../components/page-head.tsx'
import { Notice, SuppressedCell } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import { spanText } from '../span-text.ts'
import { tableHref } from './data-page.tsx'

type DataRow = ShownRow & Partial<Pick<MergedRow, 'from' | 'isPartial'>>
type TableProps = PageProps & {
  release: DescribedRelease
  facts: TableFacts
  read: ReadTable
  rows: readonly DataRow[]
  query: ListQuery
}

/** One table of a release: searched, sorted, page by page, and whole as files. */
export function DataTablePage({ release, facts, read, rows: asked, query, ...page }: TableProps) {
  const { t, formats, here } = page
  const { slug } = facts
  const title = t(`data.table.${slug}`)
  const columns = columnsOf({ ...page, facts, threshold: release.threshold })
  const rows = [...asked].sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const list = arrange(rows, query, {
    columns,
    textOf: ({ place, placeName, subject, subjectName }) => `${place} ${placeName} ${subject} ${subjectName ?? ''}`,
    filters: { nombres: ({ value }) => value !== null, services: () => true },
  })
  const told = rows.filter(({ value }) => value !== null).length
  const span = spanText(read.rows[0]!.span, page)
  const lede = `${t('data.span', { span, day: formats.day(release.frozenOn) })}. ${t(`data.table.${slug}.says`)}`
  const crumbs = [{ href: '/donnees', label: t('data.title') }, { label: title }]
  return (
    <Layout {...page} title={`${title}, ${span}`} head={<PageHead title={title} lede={lede} crumbs={crumbs} />}>
      {release.revisions.map(({ note, revisedOn }) => (
        <Notice title={t('data.revision', { day: formats.day(revisedOn) })} tone="wait">
          {note}
        </Notice>
      ))}
      <Section title={t('data.table.read')} says={<Reading {...page} facts={facts} release={release} />} isWide>
        <DataTable
          t={t}
          formats={formats}
          here={here}
          columns={columns}
          list={list}
          query={query}
          searchLabel={t('data.search')}
          countSays={t('data.rows', { count: formats.number(list.total), told: formats.number(told) })}
          filters={[
            { name: 'nombres', label: t('data.status'), options: [{ value: 'publies', label: t('data.status.told') }] },
            ...(facts.name === 'R1_department_service_month'
              ? [
                  {
                    name: 'services',
                    label: t('data.services'),
                    all: t('data.services.then'),
                    options: [{ value: 'actuels', label: t('data.services.now') }],
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <Section title={t('data.files')}>
        <div class="prose">
          <ul>
            <li>
              <a href={hrefWith(`${tableHref(release, facts)}.csv`, {})}>{t('data.files.csv')}</a>
            </li>
            <li>
              <a href={`${tableHref(release, facts)}.json`}>{t('data.files.json')}</a>
            </li>
            <li>
              <a href={`/donnees/schemas/${slug}.json`}>{t('data.files.schema')}</a>
            </li>
            <li>
              <a href="/donnees">{t('data.back')}</a>
            </li>
          </ul>
        </div>
      </Section>
    </Layout>
  )
}

const Reading = ({ t, facts, release }: Pick<TableProps, 't' | 'facts' | 'release'>) => (
  <>
    <p>{t('data.table.read.says', { threshold: release.threshold })}</p>
    {facts.isTerritory && <p>{t('suppressed.place.why')}</p>}
  </>
)

type ColumnParts = Pick<PageProps, 't' | 'formats'> & { facts: TableFacts; threshold: number }

function columnsOf({ t, formats, facts, threshold }: ColumnParts): Column<DataRow>[] {
  const { slug, hasSubject, isTerritory, name } = facts
  const subjectKey: MessageKey = name === 'R1_department_service_month' ? 'data.subject.service' : 'data.subject.theme'
  const hasCode = isTerritory
  return [
    {
      key: 'lieu',
      label: t(`data.place.${slug}`),
      sortBy: ({ placeName }) => placeName,
      cell: ({ place, placeName }) => (hasCode ? [placeName, <small class="code">{place}</small>] : placeName),
    },
    ...(hasSubject
      ? [
          {
            key: 'sujet',
            label: t(subjectKey),
            sortBy: ({ subject }: DataRow) => subject,
            cell: ({ subject, subjectName, from }: DataRow) =>
              subject === '*'
                ? t('data.subject.all')
                : [subjectName ?? '', <small class="code">{from ? from.join(' + ') : subject}</small>],
          },
        ]
      : []),
    {
      key: 'nombre',
      label: t('data.count'),
      isNumber: true,
      sortBy: ({ value }) => value ?? 0,
      cell: ({ value, isPartial }) =>
        value === null ? (
          <SuppressedCell t={t} threshold={threshold} isTerritory={isTerritory} />
        ) : (
          [t('data.about', { count: formats.number(value) }), isPartial && <small>{t('data.services.partial')}</small>]
        ),
    },
  ]
}
