import type { VenueRow } from '../../statistics/scheme-queries.ts'
import { mostAtOnce } from '../../venues/qualify-venues.ts'
import { DataTable } from '../components/data-table.tsx'
import { FormErrors, type FormState, TextField } from '../components/form.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import { venueColumns } from './venues-page.tsx'
import { venueQueuePath, waitingStates } from './waiting-venues.ts'

type QueueProps = PageProps & {
  rows: readonly VenueRow[]
  query: ListQuery
  form: FormState
  /** Everything on this page is ticked. */
  isAll: boolean
  /** Those that could not be qualified, with the reason as a sentence. */
  refused: readonly { name: string; says: string }[]
  /** How many of the others were. */
  qualified: number
}

/** Venues that cannot accept vouchers yet: reviewed one by one, qualified many at once. */
export function VenueQueuePage(props: QueueProps) {
  const { t, formats, here, rows, query, form, refused, person } = props
  const mayQualify = person?.role === 'coordinator'
  const columns = [...venueColumns(props).filter(({ key }) => key !== 'used' && key !== 'phones')]
  if (mayQualify) columns.push({ key: 'choose', label: t('venue_queue.choose'), cell: (row) => Tick(props, row) })
  const list = arrange(rows, query, {
    columns,
    perPage: mostAtOnce,
    textOf: ({ name, commune, organisation, postalCode }) => `${name} ${commune} ${organisation} ${postalCode}`,
    filters: { etat: ({ decided }, wanted) => (decided ?? 'none') === wanted },
  })
  const title = t('venue_queue.title')
  const crumbs = [{ href: '/coordination/lieux', label: t('venues.title') }, { label: title }]
  const labels = { venues: 'venue_queue.choose', from: 'sheet.decide.from' } as const
  return (
    <Layout {...props} title={title} audience="coordinator" lede={t('venue_queue.lede')} crumbs={crumbs}>
      <FormErrors t={t} form={form} labels={labels} />
      {refused.length > 0 && <Refused {...props} />}
      {rows.length === 0 ? (
        <EmptyState title={t('venue_queue.none')}>{t('venue_queue.none.says')}</EmptyState>
      ) : (
        <Section title={title} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('venues.search')}
            countSays={t('venues.count', { count: formats.number(list.total) })}
            filters={[
              {
                name: 'etat',
                label: t('venues.state'),
                options: waitingStates.map((value) => ({
                  value,
                  label: t(value === 'none' ? 'venues.none' : `qualification.${value}`),
                })),
              },
            ]}
          />
        </Section>
      )}
      {mayQualify && list.rows.length > 0 && <Qualify {...props} />}
    </Layout>
  )
}

const Tick = ({ t, form, isAll }: QueueProps, { id, name }: VenueRow) => (
  <label class="tick">
    <input
      type="checkbox"
      name="venues"
      value={id}
      form="qualifier"
      checked={isAll || (form.values.venues ?? '').includes(id)}
      aria-label={`${t('venue_queue.tick')}, ${name}`}
    />{' '}
    {t('venue_queue.tick')}
  </label>
)

const Qualify = ({ t, here, form }: QueueProps) => (
  <Section title={t('venue_queue.do')} says={t('venue_queue.do.says')}>
    <form class="form no-print" id="qualifier" method="post" action={venueQueuePath} novalidate>
      <p>
        <a href={hrefWith(here, { tous: 1 })}>{t('venue_queue.all')}</a>
      </p>
      <TextField name="from" label={t('sheet.decide.from')} form={form} type="date" />
      <button class="button button-main" type="submit">
        {t('venue_queue.do')}
      </button>
    </form>
  </Section>
)

const Refused = ({ t, formats, refused, qualified }: QueueProps) => (
  <div class="notices">
    <Notice
      title={t('venue_queue.refused', {
        qualified: formats.number(qualified),
        refused: formats.number(refused.length),
      })}
      tone="stop"
      role="alert"
    >
      <ul>
        {refused.map(({ name, says }) => (
          <li>
            {name} – {says}
          </li>
        ))}
      </ul>
    </Notice>
  </div>
)
