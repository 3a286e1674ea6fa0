import { nextReleaseOn } from '../../calendar/calendar.ts'
import type { Day, Month } from '../../shared/days.ts'
import type { ComingMonth } from '../../statistics/preview-release.ts'
import type { DescribedRelease } from '../../statistics/read-releases.ts'
import { factsOf } from '../../statistics/release.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export const releasesPath = '/coordination/publications'
export const releaseHref = (month: Month) => `${releasesPath}/${month.slice(0, 7)}`

type ReleasesProps = PageProps & {
  coming: readonly ComingMonth[]
  releases: readonly DescribedRelease[]
  today: Day
}

/** What waits to be published, and what was. */
export function ReleasesPage(props: ReleasesProps) {
  const { t, formats, coming, releases, today } = props
  const crumbs = [{ href: '/coordination', label: t('nav.today') }, { label: t('nav.releases') }]
  return (
    <Layout {...props} title={t('nav.releases')} audience="coordinator" lede={t('releases.lede')} crumbs={crumbs}>
      <Section title={t('releases.coming')} says={t('releases.coming.says')}>
        {coming.length === 0 ? (
          <EmptyState title={t('releases.coming.none')} action={<a href="/donnees">{t('nav.data')}</a>}>
            {t('releases.coming.none.says', { day: formats.day(nextReleaseOn(today)) })}
          </EmptyState>
        ) : (
          <Coming {...props} />
        )}
      </Section>
      {releases.length > 0 && (
        <Section title={t('releases.done')} says={t('releases.done.says')} isWide>
          <Done {...props} />
        </Section>
      )}
    </Layout>
  )
}

const Coming = ({ t, formats, coming }: ReleasesProps) => (
  <Table
    rows={coming}
    isHeld={({ isDue }) => isDue}
    columns={[
      { key: 'month', label: t('data.releases.month'), cell: ({ month }) => formats.month(month) },
      {
        key: 'from',
        label: t('releases.when'),
        cell: ({ from, isDue }) =>
          isDue ? (
            <Tag tone="run">{t('releases.due')}</Tag>
          ) : (
            <Tag tone="hold">{t('releases.from', { day: formats.day(from) })}</Tag>
          ),
      },
      {
        key: 'look',
        label: t('data.releases.tables'),
        cell: ({ month }) => <a href={releaseHref(month)}>{t('releases.look')}</a>,
      },
    ]}
  />
)

const Done = ({ t, formats, releases, person }: ReleasesProps) => (
  <Table
    rows={releases}
    columns={[
      {
        key: 'month',
        label: t('data.releases.month'),
        cell: ({ month, frozenOn }) => [formats.month(month), <small>{formats.day(frozenOn)}</small>],
      },
      {
        key: 'tables',
        label: t('data.releases.tables'),
        cell: ({ month, tables }) => (
          <ul class="links">
            {tables.map(({ table, told, cells }) => (
              <li>
                <a href={`/donnees/${month.slice(0, 7)}/${factsOf(table).slug}`}>
                  {t(`data.table.${factsOf(table).slug}`)}
                </a>{' '}
                <small>{t('releases.told', { told: formats.number(told), cells: formats.number(cells) })}</small>
              </li>
            ))}
          </ul>
        ),
      },
      {
        key: 'notes',
        label: t('releases.notes'),
        cell: ({ month, revisions }) => [
          ...revisions.map(({ note, revisedOn }) => (
            <p>
              {note} <small>{formats.day(revisedOn)}</small>
            </p>
          )),
          person?.role === 'coordinator' && <a href={`${releaseHref(month)}/note`}>{t('releases.note')}</a>,
        ],
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
