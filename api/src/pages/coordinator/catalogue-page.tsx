import type { CatalogueServiceRow, CatalogueVersion } from '../../catalogue/queries.ts'
import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import { levels } from '../../catalogue/service-level.ts'
import { type Column, DataTable, Table } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { Notice, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { foundIn } from './catalogue-view.ts'
import { catalogueHome, versionHref } from './catalogue-words.ts'
import { NationalSection } from './national-section.tsx'

type ReferenceProps = PageProps & {
  catalogue: Catalogue
  versions: readonly CatalogueVersion[]
  query: ListQuery
  isDeleted: boolean
}

export const stateTones: Record<CatalogueVersion['state'], Tone> = {
  draft: 'hold',
  published: 'done',
  superseded: 'plain',
}

/** Which service it is, in the words people use; the versions of the catalogue, and what to do with them. */
export function ReferenceCatalogue(props: ReferenceProps) {
  const { t, formats, here, catalogue, query } = props
  const { version, themes, services } = catalogue
  const columns = columnsOf(props)
  const list = arrange(
    foundServices(catalogue, query.q),
    { ...query, q: '' },
    {
      columns,
      textOf: () => '',
      filters: {
        theme: ({ themeCode }, wanted) => themeCode === wanted,
        niveau: ({ level }, wanted) => level === wanted,
      },
    },
  )
  const facts = (
    <>
      <span>
        <b>{formats.number(services.filter(({ retiredOn }) => retiredOn === null).length)}</b>{' '}
        {t('catalogue.facts.services')}
      </span>
      <span>
        <b>{formats.number(themes.length)}</b> {t('catalogue.facts.themes')}
      </span>
      {version.publishedFrom && (
        <span>{t('catalogue.facts.version', { number: version.number, day: formats.day(version.publishedFrom) })}</span>
      )}
    </>
  )
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  return (
    <Layout
      {...props}
      title={t('reference.title')}
      audience="coordinator"
      facts={facts}
      tools={props.person?.role === 'coordinator' && <Tools {...props} />}
    >
      {props.isDeleted && (
        <Notice title={t('editor.deleted')} tone="good" role="status">
          {t('editor.deleted.says')}
        </Notice>
      )}
      <Section title={t('reference.search')} says={t('reference.search.says')} isWide>
        <DataTable
          {...{ t, formats, here, columns, list, query }}
          searchLabel={t('reference.words')}
          countSays={t('reference.count', { count: formats.number(list.total) })}
          filters={[
            {
              name: 'theme',
              label: t('reference.theme'),
              options: themes.map(({ code, title }) => ({ value: code, label: `${code} ${title}` })),
            },
            {
              name: 'niveau',
              label: t('reference.level'),
              options: levels.map((level) => ({ value: level, label: t(`level.${level}`) })),
            },
          ]}
          csvHref={`/coordination/referentiel.csv${search}`}
          isHeld={({ retiredOn }) => retiredOn !== null}
        />
      </Section>
      <Versions {...props} />
      <NationalSection {...props} services={services} />
    </Layout>
  )
}

/** Best match first; all of them in the order of their codes when nothing is asked. */
export function foundServices({ services, search }: Catalogue, q: string): CatalogueServiceRow[] {
  if (q === '') return [...services]
  const byCode = new Map(services.map((service) => [service.code, service]))
  return search(q).flatMap((code) => byCode.get(code) ?? [])
}

function columnsOf({ t, formats, catalogue, query }: ReferenceProps): Column<CatalogueServiceRow>[] {
  const titles = new Map(catalogue.themes.map(({ code, title }) => [code, title]))
  const why = (service: CatalogueServiceRow) => foundIn(query.q, service, titles.get(service.themeCode) ?? '')
  return [
    {
      key: 'code',
      label: t('reference.code'),
      sortBy: ({ code }) => code,
      cell: ({ code }) => <span class="code">{code}</span>,
    },
    {
      key: 'title',
      label: t('reference.service'),
      isText: true,
      sortBy: ({ title }) => title,
      cell: ({ title, description, retiredOn, replacedBy }) => (
        <span lang="fr">
          <b>{title}</b>
          <small>{description}</small>
          {retiredOn && (
            <small>{t('reference.retired_on', { day: formats.day(retiredOn), by: replacedBy ?? '–' })}</small>
          )}
        </span>
      ),
    },
    {
      key: 'theme',
      label: t('reference.theme'),
      isWideOnly: true,
      sortBy: ({ themeCode }) => themeCode,
      cell: ({ themeCode }) => <span lang="fr">{titles.get(themeCode)}</span>,
    },
    {
      key: 'level',
      label: t('reference.level'),
      sortBy: ({ level }) => levels.indexOf(level),
      cell: (service) => {
        const where = why(service)
        return [t(`level.${service.level}`), where && <small>{t(`reference.found.${where}`)}</small>]
      },
    },
    {
      key: 'minutes',
      label: t('reference.minutes'),
      isNumber: true,
      sortBy: ({ durationMinutes }) => durationMinutes,
      cell: ({ durationMinutes }) => formats.number(durationMinutes),
    },
  ]
}

function Tools({ t, catalogue }: ReferenceProps) {
  return (
    <>
      <form method="post" action={`${catalogueHome}/brouillon`}>
        <input type="hidden" name="copyOf" value={catalogue.version.id} />
        <button class="button button-main" type="submit">
          {t('editor.draft')}
        </button>
      </form>
      <a class="button" href={`${catalogueHome}/import`}>
        {t('editor.import')}
      </a>
    </>
  )
}

const Versions = ({ t, formats, versions }: ReferenceProps) => (
  <Section title={t('editor.versions')} says={t('editor.versions.says')} id="versions">
    <Table
      rows={versions}
      columns={[
        {
          key: 'number',
          label: t('editor.versions'),
          cell: ({ id, number }) => <a href={versionHref(id)}>{t('editor.version', { number })}</a>,
        },
        {
          key: 'state',
          label: t('editor.state'),
          cell: ({ state }) => <Tag tone={stateTones[state]}>{t(`editor.state.${state}`)}</Tag>,
        },
        {
          key: 'from',
          label: t('editor.from'),
          cell: ({ publishedFrom }) => (publishedFrom ? formats.day(publishedFrom) : '–'),
        },
      ]}
    />
  </Section>
)
