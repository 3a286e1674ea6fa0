import type { Prescriber } from '../../books/prescriber-queries.ts'
import type { listHandingCampaigns } from '../../devices/handout-queries.ts'
import type { Month } from '../../shared/days.ts'
import { Table } from '../components/data-table.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type Campaign = Awaited<ReturnType<typeof listHandingCampaigns>>[number]
type Home = { prescriber: Prescriber; campaigns: readonly Campaign[]; phones: number; month: Month }

/** Books received, handed out and left, and the phone that counts them. */
export function PrescriberHomePage({ home, ...page }: PageProps & { home: Home }) {
  const { t, formats } = page
  const { prescriber, campaigns, phones, month } = home
  const ranges = (list: Campaign['covers']) =>
    list
      .map(({ firstCover, lastCover }) => (firstCover === lastCover ? `${firstCover}` : `${firstCover}–${lastCover}`))
      .join(', ') || '–'
  return (
    <Layout
      {...page}
      title={t('nav.prescriber')}
      audience="prescriber"
      tenant={prescriber.name}
      head={<PageHead title={prescriber.name} lede={t('prescriber.lede')} />}
    >
      <Section title={t('nav.prescriber')} says={t('prescriber.books.says')} isWide>
        {campaigns.length === 0 ? (
          <EmptyState title={t('prescriber.none')}>{t('prescriber.none.says')}</EmptyState>
        ) : (
          <Table
            rows={campaigns}
            columns={[
              {
                key: 'campaign',
                label: t('prescriber.campaign'),
                cell: ({ name, endsOn }) => [
                  name,
                  <small>{t('prescriber.until', { day: formats.day(endsOn) })}</small>,
                ],
              },
              { key: 'covers', label: t('prescriber.covers'), cell: ({ covers }) => ranges(covers) },
              {
                key: 'received',
                label: t('prescriber.received'),
                isNumber: true,
                cell: ({ received }) => formats.number(received),
              },
              {
                key: 'month',
                label: t('prescriber.month', { month: formats.month(month) }),
                isNumber: true,
                cell: ({ inMonth }) => formats.number(inMonth),
              },
              {
                key: 'left',
                label: t('prescriber.left'),
                isNumber: true,
                cell: ({ received, inAll }) => formats.number(received - inAll),
              },
              { key: 'stopped', label: t('prescriber.stopped'), cell: ({ stopped }) => ranges(stopped) },
            ]}
          />
        )}
      </Section>
      <Section title={t('venue.phones')}>
        <Notice
          title={phones === 0 ? t('prescriber.phones.none') : t('prescriber.phones', { count: formats.number(phones) })}
          action={
            <a class="button" href="/prescripteur/telephones">
              {t(phones === 0 ? 'venue.enrol' : 'people.closed.phones.see')}
            </a>
          }
        >
          {t('prescriber.phones.says')}
        </Notice>
      </Section>
    </Layout>
  )
}
