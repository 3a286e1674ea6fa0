import type { PhoneRow } from '../../devices/phone-list-queries.ts'
import { phoneStateOf, silentDays } from '../../devices/phone-state.ts'
import type { Day } from '../../shared/days.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import { phoneColumns } from './phone-columns.tsx'
import { queueFilePath } from './queue-file-page.tsx'

export type PhonesView = {
  owner: { id: string; name: string }
  rows: readonly PhoneRow[]
  /** None for a prescriber, whose phones scan nothing. */
  venues: readonly { id: string; name: string; commune: string }[]
  base: string
  today: Day
}

/** The phones of an organisation or a prescriber: what they still owe, how to link one, how to cut one. */
export function PhonesPage({ view, ...page }: PageProps & { view: PhonesView }) {
  const { t, person } = page
  const { owner, rows, base, today } = view
  const title = t('venue.phones')
  const silent = rows.filter((row) => phoneStateOf(row, today) === 'silent')
  const expiring = rows.filter((row) => phoneStateOf(row, today) === 'expiring')
  const columns = phoneColumns({ ...page, today, base, mayAct: true, hasOwners: false })
  return (
    <Layout {...page} title={title} audience={audienceOf(person)} tenant={owner.name} lede={t('phones.lede')}>
      {silent.length + expiring.length > 0 && (
        <div class="notices">
          {silent.map(({ label, pending }) => (
            <Notice title={t('phones.silent', { label, count: page.formats.number(pending) })} tone="wait">
              {t('phones.silent.says', { days: silentDays })}
            </Notice>
          ))}
          {expiring.map(({ label, expiresOn }) => (
            <Notice title={t('phones.expiring', { label, day: page.formats.day(expiresOn) })}>
              {t('phones.expiring.says')}
            </Notice>
          ))}
        </div>
      )}
      <Section title={title} says={t('venue.phones.says')} isWide>
        {rows.length === 0 ? (
          <EmptyState title={t('phones.none')}>
            {t(view.venues.length > 0 ? 'phones.none.says' : 'phones.none.hands_out')}
          </EmptyState>
        ) : (
          <Table rows={rows} columns={columns} />
        )}
      </Section>
      {view.venues.length > 0 && (
        <p class="no-print">
          <a href={queueFilePath}>{t('queue_file.title')}</a>
        </p>
      )}
      <Section title={t('venue.enrol')} says={t('phones.enrol.says')} id="ajouter">
        <EnrolForm {...page} view={view} />
      </Section>
    </Layout>
  )
}

function EnrolForm({ t, view: { venues, owner, base } }: PageProps & { view: PhonesView }) {
  return (
    <form class="form" method="post" action={base}>
      {venues.length > 0 && (
        <div class="field">
          <label for="venue">{t('venue.enrol.where')}</label>
          <select id="venue" name="venue" aria-describedby="venue-hint">
            {venues.length > 1 && <option value="">{t('venue.enrol.any', { name: owner.name })}</option>}
            {venues.map(({ id, name, commune }) => (
              <option value={id}>{`${name}, ${commune}`}</option>
            ))}
          </select>
          {venues.length > 1 && (
            <p class="small soft" id="venue-hint">
              {t('phones.enrol.any.says')}
            </p>
          )}
        </div>
      )}
      <button class="button button-main" type="submit">
        {t('venue.enrol')}
      </button>
    </form>
  )
}
