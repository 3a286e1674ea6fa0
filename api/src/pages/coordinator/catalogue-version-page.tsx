import type { Blocker } from '../../catalogue/catalogue-version.ts'
import type { CatalogueServiceRow, CatalogueVersion } from '../../catalogue/queries.ts'
import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { FormErrors, type FormState, TextField } from '../components/form.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { PageHead, Section } from '../components/page-head.tsx'
import { Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { Differences } from './catalogue-differences.tsx'
import { foundServices, stateTones } from './catalogue-page.tsx'
import type { Change } from './catalogue-view.ts'
import { catalogueHome, versionHref } from './catalogue-words.ts'

export type VersionFacts = {
  catalogue: Catalogue
  /** What a draft changes against the version that no later one replaces, and what keeps it from being published. */
  previous: CatalogueVersion | undefined
  changes: readonly Change[]
  blockers: readonly Blocker[]
}
type VersionProps = PageProps & VersionFacts & { form: FormState; query: ListQuery; done: string; mayEdit: boolean }

/** One version: a draft to work on, or what was published. */
export function VersionPage(props: VersionProps) {
  const { t, formats, catalogue, done, mayEdit } = props
  const { version } = catalogue
  const title = t('editor.version', { number: version.number })
  const isDraft = version.state === 'draft'
  const day = version.publishedFrom ? formats.day(version.publishedFrom) : ''
  return (
    <Layout {...props} title={title} audience="coordinator" head={<Head {...props} title={title} />}>
      {/^[A-Z]\d{2}$/.test(done) && (
        <Notice title={t('editor.saved', { code: done })} tone="good" role="status">
          {t('editor.drafted.says')}
        </Notice>
      )}
      {done === 'brouillon' && (
        <Notice title={t('editor.drafted')} tone="good" role="status">
          {t('editor.drafted.says')}
        </Notice>
      )}
      {done === 'publication' && !isDraft && (
        <Notice title={t('editor.published', { number: version.number })} tone="good" role="status">
          {t('editor.published.says', { day })}
        </Notice>
      )}
      {isDraft && <DraftChanges {...props} />}
      {isDraft && mayEdit && <Publication {...props} />}
      <Services {...props} />
      {isDraft && mayEdit && <Deletion {...props} />}
    </Layout>
  )
}

function Head({ t, formats, catalogue, previous, mayEdit, title }: VersionProps & { title: string }) {
  const { version, services } = catalogue
  const href = versionHref(version.id)
  return (
    <PageHead
      title={title}
      crumbs={[{ href: catalogueHome, label: t('reference.title') }, { label: title }]}
      facts={
        <>
          <Tag tone={stateTones[version.state]}>{t(`editor.state.${version.state}`)}</Tag>
          {version.publishedFrom && <span>{`${t('editor.from')} ${formats.day(version.publishedFrom)}`}</span>}
          <span>
            <b>{formats.number(services.filter(({ retiredOn }) => retiredOn === null).length)}</b>{' '}
            {t('catalogue.facts.services')}
          </span>
        </>
      }
      tools={
        <>
          {version.state === 'draft' && mayEdit && (
            <a class="button" href={`${href}/services/nouveau`}>
              {t('editor.add')}
            </a>
          )}
          {previous && previous.id !== version.id && (
            <a class="button" href={`${href}/differences?avec=${previous.id}`}>
              {t('editor.compare')}
            </a>
          )}
          <a class="button" href={`${href}/services.csv`}>
            {t('editor.csv')}
          </a>
          <a class="button" href={`${href}/services.xlsx`}>
            {t('editor.xlsx')}
          </a>
          <a class="button" href={`${href}/services.json`}>
            {t('editor.json')}
          </a>
        </>
      }
    />
  )
}

const DraftChanges = ({ changes, previous, ...props }: VersionProps) => (
  <Section
    title={props.t('reference.change')}
    says={previous && props.t('reference.draft.says', { number: previous.number })}
    isWide
  >
    <Differences {...props} changes={changes} />
  </Section>
)

function Publication({ t, catalogue, blockers, form }: VersionProps) {
  if (blockers.length > 0)
    return (
      <Section title={t('editor.publish')} id="publier">
        <Notice title={t('editor.blocked')} tone="wait">
          <Blockers t={t} blockers={blockers} />
        </Notice>
      </Section>
    )
  return (
    <Section title={t('editor.publish')} says={t('editor.publish.says')} id="publier">
      <form class="form" method="post" action={`${versionHref(catalogue.version.id)}/publication`} novalidate>
        <FormErrors t={t} form={form} labels={{ from: 'editor.publish.on' }} />
        <TextField name="from" label={t('editor.publish.on')} form={form} type="date" />
        <button class="button button-main" type="submit">
          {t('editor.publish.do')}
        </button>
      </form>
    </Section>
  )
}

const Deletion = ({ t, formats, catalogue, changes }: VersionProps) => (
  <Section
    title={t('editor.delete')}
    says={t('editor.delete.says', { count: formats.number(changes.length) })}
    id="supprimer"
  >
    <form method="post" action={`${versionHref(catalogue.version.id)}/suppression`} class="no-print">
      <button class="button" type="submit">
        {t('editor.delete.do')}
      </button>
    </form>
  </Section>
)

export const Blockers = ({ t, blockers }: Pick<PageProps, 't'> & { blockers: readonly Blocker[] }) => (
  <ul>
    {blockers.map(({ code, service }) => (
      <li>{t(`editor.blocked.${code}`, { code: service })}</li>
    ))}
  </ul>
)

function Services(props: VersionProps) {
  const { t, formats, here, catalogue, query, mayEdit } = props
  const { version, themes } = catalogue
  const isOpen = version.state === 'draft' && mayEdit
  const titles = new Map(themes.map(({ code, title }) => [code, title]))
  const columns: Column<CatalogueServiceRow>[] = [
    { key: 'code', label: t('reference.code'), cell: ({ code }) => <span class="code">{code}</span> },
    {
      key: 'title',
      label: t('reference.service'),
      isText: true,
      cell: ({ code, title, description, retiredOn, replacedBy }) => (
        <span lang="fr">
          {isOpen ? <a href={`${versionHref(version.id)}/services/${code}`}>{title}</a> : <b>{title}</b>}
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
      cell: ({ themeCode }) => <span lang="fr">{titles.get(themeCode)}</span>,
    },
    {
      key: 'national',
      label: t('national.service'),
      isWideOnly: true,
      cell: ({ nationalService }) => <span lang="fr">{nationalService}</span>,
    },
  ]
  const found = foundServices(catalogue, query.q)
  const list = arrange(
    found,
    { ...query, q: '' },
    { columns, textOf: () => '', filters: { theme: ({ themeCode }, wanted) => themeCode === wanted } },
  )
  return (
    <Section
      title={t('editor.services')}
      says={t(isOpen ? 'editor.services.draft' : 'editor.services.fixed')}
      id="services"
      isWide
    >
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
        ]}
        isHeld={({ retiredOn }) => retiredOn !== null}
      />
    </Section>
  )
}
