import type { PhoneRow } from '../../devices/phone-list-queries.ts'
import { phoneStateOf, phoneStates } from '../../devices/phone-state.ts'
import type { Day } from '../../shared/days.ts'
import { DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { phoneColumns } from '../phones/phone-columns.tsx'

type AllPhonesProps = PageProps & { rows: readonly PhoneRow[]; query: ListQuery; today: Day }

/** Every phone of the scheme, or of one organisation or prescriber, with what it still owes. */
export function AllPhonesPage(props: AllPhonesProps) {
  const { t, formats, here, rows, query, today, person } = props
  const mayAct = person?.role === 'coordinator'
  const columns = phoneColumns({ t, formats, today, base: '/coordination/telephones', mayAct, hasOwners: true })
  const list = arrange(rows, query, {
    columns,
    perPage: 25,
    textOf: ({ label, owner, venue }) => `${label} ${owner} ${venue ?? ''}`,
    filters: { etat: (row, wanted) => phoneStateOf(row, today) === wanted, structure: () => true },
  })
  const owner = query.filters.structure ? rows[0]?.owner : undefined
  const title = owner ? t('phones.of', { owner }) : t('venue.phones')
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  return (
    <Layout
      {...props}
      title={title}
      audience="coordinator"
      lede={t('phones.all.lede')}
      tools={
        <a class="button" href="/coordination/contestations">
          {t('nav.contests')}
        </a>
      }
      crumbs={[{ href: '/coordination/structures', label: t('structures.title') }, { label: t('venue.phones') }]}
    >
      <Section title={t('venue.phones')} isWide>
        <DataTable
          {...{ t, formats, here, columns, list, query }}
          searchLabel={t('phones.search')}
          countSays={t('phones.count', { count: formats.number(list.total) })}
          filters={[
            {
              name: 'etat',
              label: t('venue.phone.state'),
              options: phoneStates.map((value) => ({ value, label: t(`phones.state.${value}`) })),
            },
          ]}
          csvHref={`/coordination/telephones.csv${search}`}
          isHeld={(row) => phoneStateOf(row, today) === 'silent'}
        />
      </Section>
    </Layout>
  )
}
