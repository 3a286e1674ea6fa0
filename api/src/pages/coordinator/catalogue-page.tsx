import type { CatalogueServiceRow, CatalogueVersion } from '../../catalogue/queries.ts'
import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import { type Column, DataTable, Table } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { PageHead, Section } from '../components/page-head.tsx'
import { Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { type Change, foundIn } from './catalogue-view.ts'

export type Draft = { version: CatalogueVersion; changes: readonly Change[] }
type ReferenceProps = PageProps & { catalogue: Catalogue; draft: Draft | null; query: ListQuery }

const levels = ['decouverte', 'autonomie', 'approfondissement'] as const
const changeTones: Record<Change['kind'], Tone> = { added: 'done', retired: 'stop', changed: 'run' }

/** Which service it is, in the words people use; and what the next version changes. */
export function ReferenceCatalogue(props: ReferenceProps) {
  const { t, formats, here, catalogue, draft, query } = props
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
      head={<PageHead title={t('reference.title')} facts={facts} />}
    >
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
      {draft && <DraftSection {...props} draft={draft} />}
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

function DraftSection({ t, catalogue, draft }: ReferenceProps & { draft: Draft }) {
  const { version, changes } = draft
  const title = t('reference.draft', { number: version.number })
  return (
    <Section title={title} says={t('reference.draft.says', { number: catalogue.version.number })} id="draft">
      {changes.length === 0 ? (
        <p>{t('reference.draft.same')}</p>
      ) : (
        <Table
          rows={changes}
          columns={[
            { key: 'code', label: t('reference.code'), cell: ({ code }) => <span class="code">{code}</span> },
            {
              key: 'kind',
              label: t('reference.change'),
              cell: ({ kind }) => <Tag tone={changeTones[kind]}>{t(`reference.${kind}`)}</Tag>,
            },
            {
              key: 'title',
              label: t('reference.service'),
              cell: ({ before, title: now, kind, replacedBy }) => (
                <span lang="fr">
                  {before && <del>{before}</del>} {kind === 'added' || before ? <ins>{now}</ins> : now}
                  {replacedBy && <small>{t('reference.replaced', { by: replacedBy })}</small>}
                </span>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}
