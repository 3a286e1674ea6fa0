import type { VenueRow } from '../../statistics/scheme-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { isWaitingVenue, venueQueuePath } from './waiting-venues.ts'

export const qualificationTones: Record<NonNullable<VenueRow['state']>, Tone> = {
  applied: 'plain',
  under_review: 'run',
  qualified: 'done',
  suspended: 'hold',
  disqualified: 'stop',
}
const qualificationStates = Object.keys(qualificationTones) as NonNullable<VenueRow['state']>[]

type VenuesProps = PageProps & { rows: readonly VenueRow[]; query: ListQuery }

export const arrangeVenues = (rows: readonly VenueRow[], query: ListQuery, columns: Column<VenueRow>[]) =>
  arrange(rows, query, {
    columns,
    textOf: ({ name, commune, organisation, postalCode }) => `${name} ${commune} ${organisation} ${postalCode}`,
    filters: { etat: ({ state }, wanted) => (state ?? 'none') === wanted },
  })

export function venueColumns({ t, formats }: Pick<PageProps, 't' | 'formats'>): Column<VenueRow>[] {
  return [
    {
      key: 'name',
      label: t('venues.name'),
      sortBy: ({ name }) => name,
      cell: ({ id, name, organisation }) => [
        <a href={`/coordination/lieux/${id}`}>{name}</a>,
        <small>{organisation}</small>,
      ],
    },
    {
      key: 'commune',
      label: t('venues.commune'),
      sortBy: ({ commune }) => commune,
      cell: ({ commune, postalCode }) => [commune, <small>{postalCode}</small>],
    },
    {
      key: 'used',
      label: t('venues.used'),
      sortBy: ({ lastUsedMonth }) => lastUsedMonth ?? '',
      cell: ({ lastUsedMonth }) => (lastUsedMonth ? formats.month(lastUsedMonth) : t('venues.never')),
    },
    {
      key: 'phones',
      label: t('venues.phones'),
      isNumber: true,
      sortBy: ({ phones }) => phones,
      cell: ({ phones }) => formats.number(phones),
    },
    {
      key: 'state',
      label: t('venues.state'),
      sortBy: ({ state }) => state ?? '',
      cell: ({ state, since }) =>
        state
          ? [
              <Tag tone={qualificationTones[state]}>{t(`qualification.${state}`)}</Tag>,
              since && <small>{formats.day(since)}</small>,
            ]
          : t('venues.none'),
    },
  ]
}

/** Every venue, searched without accents, filtered, sorted, page by page; the address is the view. */
export function VenuesPage(props: VenuesProps) {
  const { t, formats, here, rows, query } = props
  const columns = venueColumns(props)
  const list = arrangeVenues(rows, query, columns)
  const waiting = rows.filter(isWaitingVenue).length
  const tools = (
    <>
      {props.person?.role === 'coordinator' && (
        <a class="button" href="/coordination/lieux/import">
          {t('venue_import.title')}
        </a>
      )}
      {waiting > 0 && (
        <a class="button" href={venueQueuePath}>
          {t('venue_queue.title')} ({formats.number(waiting)})
        </a>
      )}
      <a class="button" href="/coordination/territoires">
        {t('coverage.title')}
      </a>
      <a class="button" href="/api/v1/venues.csv">
        {t('venues.standard')}
      </a>
    </>
  )
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  return (
    <Layout {...props} title={t('venues.title')} audience="coordinator" lede={t('venues.lede')} tools={tools}>
      <Section title={t('venues.title')} isWide>
        <DataTable
          {...{ t, formats, here, columns, list, query }}
          searchLabel={t('venues.search')}
          countSays={t('venues.count', { count: formats.number(list.total) })}
          filters={[
            {
              name: 'etat',
              label: t('venues.state'),
              options: [
                ...qualificationStates.map((state) => ({ value: state, label: t(`qualification.${state}`) })),
                { value: 'none', label: t('venues.none') },
              ],
            },
          ]}
          csvHref={`/coordination/lieux.csv${search}`}
        />
      </Section>
    </Layout>
  )
}
