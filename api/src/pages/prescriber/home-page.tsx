import { bookCountOf } from '../../books/box.ts'
import { booksIn, writeRanges } from '../../books/cover-ranges.ts'
import type { Box } from '../../books/queries.ts'
import type { listHandingCampaigns } from '../../devices/handout-queries.ts'
import type { Prescriber } from '../../prescribers/queries.ts'
import { dayOf, type Month } from '../../shared/days.ts'
import type { RequestRow, StockMove } from '../../stock/queries.ts'
import { LeftoverNotices } from '../agreements/leftover-notices.tsx'
import { Table } from '../components/data-table.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { Asked } from './hand-out-pages.tsx'

type Campaign = Awaited<ReturnType<typeof listHandingCampaigns>>[number]
export type Done = 'counted' | 'replaced' | 'asked'
type Home = {
  prescriber: Prescriber
  campaigns: readonly Campaign[]
  boxes: readonly Box[]
  moves: readonly StockMove[]
  requests: readonly RequestRow[]
  phones: number
  month: Month
  done: Done | null
}
type HomeProps = PageProps & { home: Home }

const doneWords = { counted: 'handing.done', replaced: 'replacing.done', asked: 'asking.done' } as const

/** What lies with a prescriber, what it handed out, what is on its way, and what it may do about it. */
export function PrescriberHomePage({ home, ...page }: HomeProps) {
  const { t } = page
  const { prescriber, campaigns, boxes, moves, requests, done } = home
  const tools = (
    <>
      <a class="button button-main" href="/prescripteur/remplacement">
        {t('replacing.title')}
      </a>
      <a class="button" href="/prescripteur/demande">
        {t('asking.title')}
      </a>
    </>
  )
  return (
    <Layout
      {...page}
      title={t('nav.prescriber')}
      audience="prescriber"
      tenant={prescriber.name}
      head={<PageHead title={prescriber.name} lede={t('prescriber.lede')} tools={campaigns.length > 0 && tools} />}
    >
      {done && (
        <div class="notices">
          <Notice title={t(doneWords[done])} tone="good" role="status">
            {t('handing.says')}
          </Notice>
        </div>
      )}
      <LeftoverNotices {...page} campaigns={campaigns} />
      {(boxes.length > 0 || moves.length > 0) && <Arrivals {...page} home={home} />}
      <Section title={t('nav.prescriber')} says={t('prescriber.books.says')} isWide>
        {campaigns.length === 0 ? (
          <EmptyState title={t('prescriber.none')}>{t('prescriber.none.says')}</EmptyState>
        ) : (
          <Stock {...page} home={home} />
        )}
      </Section>
      {campaigns.length > 0 && <Counting {...page} home={home} />}
      {requests.length > 0 && (
        <Section title={t('requests.title')} says={t('asking.says')}>
          <Asked {...page} requests={requests} />
        </Section>
      )}
      <Phones {...page} home={home} />
    </Layout>
  )
}

function Arrivals({ t, formats, home: { boxes, moves } }: HomeProps) {
  return (
    <Section title={t('arrivals.title')} says={t('arrivals.says')}>
      <div class="stack">
        {boxes.map((box) => (
          <Notice
            title={t('arrivals.box', {
              number: box.number,
              count: formats.number(bookCountOf(box)),
              covers: writeRanges([box]),
            })}
            action={
              <a class="button button-main" href={`/colis/${box.id}`}>
                {t('arrivals.open')}
              </a>
            }
          >
            {t('arrivals.sent', { day: formats.day(box.dispatchedOn ?? '') })}
          </Notice>
        ))}
        {moves.map((move) => (
          <Notice
            title={t('arrivals.move', { count: formats.number(booksIn([move])), covers: writeRanges([move]) })}
            action={
              <form method="post" action={`/stock/mouvements/${move.id}/reception`}>
                <button class="button button-main" type="submit">
                  {t('shelf.receive')}
                </button>
              </form>
            }
          >
            {t('arrivals.sent', { day: formats.day(move.declaredOn) })}
          </Notice>
        ))}
      </div>
    </Section>
  )
}

function Stock({ t, formats, home: { campaigns, month, prescriber } }: HomeProps) {
  return (
    <Table
      rows={campaigns}
      columns={[
        {
          key: 'campaign',
          label: t('prescriber.campaign'),
          cell: ({ id, name, endsOn }) => [
            <a href={`/stock/${id}/${prescriber.id}`}>{name}</a>,
            <small>{t('prescriber.until', { day: formats.day(endsOn) })}</small>,
          ],
        },
        { key: 'covers', label: t('prescriber.covers'), cell: ({ covers }) => writeRanges(covers) || '–' },
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
          cell: ({ received, inAll }) => <b>{formats.number(received - inAll)}</b>,
        },
        { key: 'stopped', label: t('prescriber.stopped'), cell: ({ stopped }) => writeRanges(stopped) || '–' },
      ]}
    />
  )
}

/** One more until the last day of the campaign, one back, or the figure of a month. */
function Counting({ t, formats, now, home: { campaigns, month } }: HomeProps) {
  return (
    <Section title={t('handing.title')} says={t('handing.says')}>
      <div class="stack">
        {campaigns.map(({ id, name, endsOn, inMonth, inAll, received }) => (
          <form class="count-one" method="post" action="/prescripteur/remises">
            <input type="hidden" name="campaignId" value={id} />
            <p>
              <b>{name}</b>{' '}
              <span class="soft">
                {t('handing.of_month', { count: formats.number(inMonth), month: formats.month(month) })}
              </span>
            </p>
            <div class="acts-row">
              {received > inAll && dayOf(now) <= endsOn && (
                <button
                  class="button button-main"
                  type="submit"
                  name="books"
                  value="1"
                  aria-label={`${t('handing.one')}, ${name}`}
                >
                  {t('handing.one')}
                </button>
              )}
              {inMonth > 0 && (
                <button
                  class="button"
                  type="submit"
                  name="books"
                  value="-1"
                  aria-label={`${t('handing.undo')}, ${name}`}
                >
                  {t('handing.undo')}
                </button>
              )}
            </div>
          </form>
        ))}
        <p>
          <a href="/prescripteur/mois">{t('handing.write')}</a>
        </p>
      </div>
    </Section>
  )
}

const Phones = ({ t, formats, home: { phones } }: HomeProps) => (
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
)
