import type { StructureRow } from '../../statistics/structure-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { organisationHref } from './organisation-page.tsx'

const kinds = ['organisation', 'funder', 'prescriber'] as const
type StructuresProps = PageProps & { rows: readonly StructureRow[]; query: ListQuery; added: boolean }

export const arrangeStructures = (rows: readonly StructureRow[], query: ListQuery, columns: Column<StructureRow>[]) =>
  arrange(rows, query, {
    columns,
    textOf: ({ name }) => name,
    filters: {
      genre: ({ kind }, wanted) => kind === wanted,
      acces: ({ people }, wanted) => (wanted === 'aucun' ? people === 0 : people > 0),
    },
  })

export function structureColumns({
  t,
  formats,
  person,
}: Pick<PageProps, 't' | 'formats' | 'person'>): Column<StructureRow>[] {
  const mayManage = person?.role === 'coordinator'
  return [
    {
      key: 'name',
      label: t('structures.name'),
      sortBy: ({ name }) => name,
      cell: ({ id, name, kind }) => [
        mayManage ? <a href={`/equipe/${id}`}>{name}</a> : name,
        <small>
          {t(`structures.kind.${kind}`)}{' '}
          {mayManage && kind === 'organisation' && (
            <a href={organisationHref(id)} aria-label={t('structures.change.of', { name })}>
              {t('structures.change')}
            </a>
          )}
        </small>,
      ],
    },
    {
      key: 'people',
      label: t('people.title'),
      isNumber: true,
      sortBy: ({ people }) => people,
      cell: ({ people, invited }) => [
        formats.number(people),
        invited > 0 && <small>{t('structures.invited', { count: formats.number(invited) })}</small>,
      ],
    },
    {
      key: 'phones',
      label: t('venue.phones'),
      isNumber: true,
      sortBy: ({ phones }) => phones,
      cell: ({ id, phones, name, kind }) =>
        kind === 'funder' ? (
          '–'
        ) : (
          <a
            href={`/coordination/telephones?structure=${id}`}
            aria-label={t('structures.phones.of', { count: formats.number(phones), name })}
          >
            {formats.number(phones)}
          </a>
        ),
    },
    {
      key: 'pending',
      label: t('venue.phone.pending'),
      isNumber: true,
      sortBy: ({ pending }) => pending,
      cell: ({ pending }) => formats.number(pending),
    },
    { key: 'since', label: t('people.since'), sortBy: ({ since }) => since, cell: ({ since }) => formats.day(since) },
  ]
}

/** Every organisation, funder and prescriber: who has access there, and what its phones owe. */
export function StructuresPage(props: StructuresProps) {
  const { t, formats, here, rows, query, added, person } = props
  const columns = structureColumns(props)
  const list = arrangeStructures(rows, query, columns)
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  const tools = person?.role === 'coordinator' && (
    <>
      <a class="button button-main" href="/coordination/structures/nouvelle">
        {t('structures.new')}
      </a>
      <a class="button" href="/equipe">
        {t('structures.coordination')}
      </a>
    </>
  )
  return (
    <Layout {...props} title={t('structures.title')} audience="coordinator" lede={t('structures.lede')} tools={tools}>
      {added && (
        <div class="notices">
          <Notice title={t('structures.added')} tone="good" role="status">
            {t('structures.added.says')}
          </Notice>
        </div>
      )}
      <Section title={t('structures.title')} isWide>
        <DataTable
          {...{ t, formats, here, columns, list, query }}
          searchLabel={t('structures.search')}
          countSays={t('structures.count', { count: formats.number(list.total) })}
          filters={[
            {
              name: 'genre',
              label: t('structures.kind'),
              options: kinds.map((value) => ({ value, label: t(`structures.kind.${value}`) })),
            },
            {
              name: 'acces',
              label: t('structures.access'),
              options: [
                { value: 'aucun', label: t('structures.access.none') },
                { value: 'oui', label: t('structures.access.some') },
              ],
            },
          ]}
          csvHref={`/coordination/structures.csv${search}`}
        />
      </Section>
    </Layout>
  )
}
