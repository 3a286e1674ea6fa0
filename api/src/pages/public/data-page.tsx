import type { Day } from '../../shared/days.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { countsDatasets, type SheetsDataset } from '../../statistics/dataset.ts'
import type { DatasetExtent } from '../../statistics/dataset-queries.ts'
import { type DescribedRelease, licence } from '../../statistics/read-releases.ts'
import { factsOf, type TableFacts, tables } from '../../statistics/release.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { spanText } from '../span-text.ts'
import { datasetHref } from './reuse-dataset.tsx'

type Register = { dataset: SheetsDataset; extent: DatasetExtent }
type DataProps = PageProps & { releases: readonly DescribedRelease[]; registers: readonly Register[]; nextOn: Day }

export const tableHref = (release: Pick<DescribedRelease, 'month'>, { slug }: Pick<TableFacts, 'slug'>) =>
  `/donnees/${release.month.slice(0, 7)}/${slug}`

/** What is published, how to read it, and where to take it from. */
export function DataPage({ releases, registers, nextOn, ...page }: DataProps) {
  const { t, formats } = page
  const threshold = releases[0]?.threshold ?? 11
  const facts = (
    <>
      <span>
        <b>{formats.number(releases.length)}</b> {t('data.facts.releases')}
      </span>
      <span>{t('data.facts.next', { day: formats.day(nextOn) })}</span>
      <span>{licence.name}</span>
    </>
  )
  return (
    <Layout {...page} title={t('data.title')} lede={t('data.lede')} facts={facts}>
      <Section title={t('data.tables')} says={t('data.tables.says')}>
        <Tables {...page} releases={releases} />
      </Section>
      <Section title={t('data.sheets')} says={t('data.sheets.says')}>
        <Registers {...page} registers={registers} />
      </Section>
      <Section title={t('data.read')} says={t('data.read.says')}>
        <div class="prose">
          <ul>
            {[1, 2, 3, 4, 5, 6].map((number) => (
              <li>{t(`data.read.${number}` as MessageKey, { threshold })}</li>
            ))}
          </ul>
        </div>
      </Section>
      <Section title={t('data.releases')} says={t('data.releases.says')} id="publications">
        {releases.length === 0 ? (
          <EmptyState title={t('data.releases.none')}>{t('data.releases.none.says')}</EmptyState>
        ) : (
          <div>
            <Notes {...page} releases={releases} />
            <Releases {...page} releases={releases} />
          </div>
        )}
      </Section>
      <Section title={t('data.reuse')}>
        <div class="prose">
          <ul>
            <li>{`${licence.name}. ${t('data.reuse.licence')}`}</li>
            <li>
              {t('data.reuse.api')} <a href="/api/docs">{t('data.reuse.api.link')}</a>,{' '}
              <a href="/catalog.jsonld">{t('data.catalog')}</a>
            </li>
          </ul>
        </div>
      </Section>
    </Layout>
  )
}

type ListProps = Omit<DataProps, 'nextOn' | 'registers'>

function Tables({ releases, ...page }: ListProps) {
  const { t } = page
  const newest = ({ name }: TableFacts) =>
    releases.find((release) => release.tables.some(({ table }) => table === name && release))
  return (
    <Table
      rows={tables}
      columns={[
        {
          key: 'name',
          label: t('data.tables.name'),
          cell: ({ slug }) => [t(`data.table.${slug}`), <small>{t(`data.table.${slug}.says`)}</small>],
        },
        {
          key: 'newest',
          label: t('data.tables.newest'),
          cell: (table) => {
            const release = newest(table)
            const span = release?.tables.find(({ table: name }) => name === table.name)?.span
            if (!release || !span) return <span class="soft">{t('data.tables.none')}</span>
            return <a href={tableHref(release, table)}>{spanText(span, page)}</a>
          },
        },
        {
          key: 'dataset',
          label: t('data.tables.dataset'),
          cell: ({ slug }) => (
            <ul class="links">
              {countsDatasets
                .filter((dataset) => dataset.slug === slug || (slug === 'epci' && dataset.sumsOver))
                .map((dataset) => (
                  <li>
                    <a href={datasetHref(dataset)}>{t(`data.level.${dataset.slug}`)}</a>
                  </li>
                ))}
            </ul>
          ),
        },
        {
          key: 'schema',
          label: t('data.tables.schema'),
          cell: ({ slug }) => <a href={`/donnees/schemas/${slug}.json`}>{`${slug}.json`}</a>,
        },
      ]}
    />
  )
}

const Registers = ({ registers, t, formats }: PageProps & Pick<DataProps, 'registers'>) => (
  <Table
    rows={registers}
    columns={[
      {
        key: 'name',
        label: t('data.sheets.name'),
        cell: ({ dataset }) => [
          <a href={datasetHref(dataset)}>{t(`data.table.${dataset.slug}`)}</a>,
          <small>{t(`data.table.${dataset.slug}.says`)}</small>,
        ],
      },
      {
        key: 'rows',
        label: t('data.sheets.rows'),
        isNumber: true,
        cell: ({ extent }) => formats.number(extent.records),
      },
      {
        key: 'changed',
        label: t('data.sheets.changed'),
        cell: ({ extent }) => (extent.modified ? formats.day(extent.modified) : t('data.tables.none')),
      },
      {
        key: 'schema',
        label: t('data.tables.schema'),
        cell: ({ dataset }) => <a href={`${datasetHref(dataset)}/schema.json`}>{`${dataset.id}.json`}</a>,
      },
    ]}
  />
)

function Releases({ releases, ...page }: ListProps) {
  const { t, formats } = page
  return (
    <Table
      rows={releases}
      columns={[
        { key: 'month', label: t('data.releases.month'), cell: ({ month }) => formats.month(month) },
        { key: 'on', label: t('data.releases.on'), cell: ({ frozenOn }) => formats.day(frozenOn) },
        {
          key: 'tables',
          label: t('data.releases.tables'),
          cell: (release) => (
            <ul class="links">
              {release.tables.map(({ table }) => (
                <li>
                  <a href={tableHref(release, factsOf(table))}>{t(`data.table.${factsOf(table).slug}`)}</a>
                </li>
              ))}
            </ul>
          ),
        },
        {
          key: 'hash',
          label: t('data.releases.hash'),
          cell: ({ sha256 }) => <span title={sha256}>{`${sha256.slice(0, 12)}…`}</span>,
          isCode: true,
          isWideOnly: true,
        },
      ]}
    />
  )
}

const Notes = ({ releases, t, formats }: ListProps) => (
  <>
    {releases.flatMap(({ month, revisions }) =>
      revisions.map(({ note, revisedOn }) => (
        <Notice title={`${formats.month(month)}. ${t('data.revision', { day: formats.day(revisedOn) })}`} tone="wait">
          {note}
        </Notice>
      )),
    )}
  </>
)
