import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Tag } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'
import type { VenueHome } from './read-venue-home.ts'

type PhonesProps = PageProps & { home: VenueHome }

/** Phones, what they still owe, and how to add or cut one. */
export function Phones({ home, ...page }: PhonesProps) {
  const { t, formats } = page
  const { devices, venues, organisation } = home
  const venueName = new Map(venues.map(({ id, name }) => [id, name]))
  return (
    <Section title={t('venue.phones')} says={t('venue.phones.says')} id="telephones">
      <div>
        {devices.length === 0 ? (
          <p class="soft">{t('venue.phones.none')}</p>
        ) : (
          <Table
            rows={devices}
            columns={[
              { key: 'phone', label: t('venue.phone'), cell: ({ label }) => label },
              {
                key: 'venue',
                label: t('venue.phone.venue'),
                cell: ({ venueId }) => (venueId ? venueName.get(venueId) : t('venue.phone.any')),
              },
              { key: 'seen', label: t('venue.phone.seen'), cell: ({ lastSeenOn }) => formats.day(lastSeenOn) },
              {
                key: 'pending',
                label: t('venue.phone.pending'),
                cell: ({ pending }) =>
                  pending === 0 ? formats.number(0) : t('venue.phone.kept', { count: formats.number(pending) }),
              },
              {
                key: 'state',
                label: t('venue.phone.state'),
                cell: ({ pending }) =>
                  pending === 0 ? (
                    <Tag tone="done">{t('venue.phone.up_to_date')}</Tag>
                  ) : (
                    <Tag tone="hold">{t('venue.phone.owes')}</Tag>
                  ),
              },
              {
                key: 'cut',
                label: t('venue.phone.act'),
                cell: ({ id, label }) => <CutLink t={t} id={id} label={label} />,
              },
            ]}
          />
        )}
        <form class="filters enrol no-print" method="post" action="/lieu/telephones">
          <div class="field grow">
            <label for="venue">{t('venue.enrol.where')}</label>
            <select id="venue" name="venue">
              {venues.length > 1 && <option value="">{t('venue.enrol.any', { name: organisation.legalName })}</option>}
              {venues.map(({ id, name, commune }) => (
                <option value={id}>{`${name}, ${commune}`}</option>
              ))}
            </select>
          </div>
          <button class="button" type="submit">
            {t('venue.enrol')}
          </button>
        </form>
      </div>
    </Section>
  )
}

const CutLink = ({ t, id, label }: Pick<PageProps, 't'> & { id: string; label: string }) => (
  <a class="no-print" href={`/lieu/telephones/${id}/retrait`} aria-label={t('venue.cut.of', { label })}>
    {t('venue.cut')}
  </a>
)
