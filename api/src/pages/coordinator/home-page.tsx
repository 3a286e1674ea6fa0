import { addDays, addMonths, daysBetween } from '../../shared/days.ts'
import { Table } from '../components/data-table.tsx'
import { Figures } from '../components/figures.tsx'
import { type Decision, DecisionList, Timeline } from '../components/lists.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { counted, Rich } from '../components/sentences.tsx'
import { EmptyState, Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import type { HomeFacts } from './home-facts.ts'
import { daysLate, type Subject } from './home-view.ts'

type HomeProps = PageProps & { facts: HomeFacts }

/** What waits for me, by deadline; then what holds and what comes. */
export function CoordinatorHome(props: HomeProps) {
  const { facts, ...page } = props
  const { t } = page
  return (
    <Layout {...page} title={t('home.title')} audience="coordinator" head={<Head {...props} />}>
      <Alarms {...props} />
      <Section title={t('home.decisions')} says={t('home.decisions.says')}>
        <div>
          {facts.subjects.length === 0 ? (
            <EmptyState title={t('home.nothing')}>{t('home.nothing.says')}</EmptyState>
          ) : (
            <DecisionList items={facts.subjects.map((subject, at) => decisionOf(props, subject, at === 0))} />
          )}
        </div>
      </Section>
      <MonthSection {...props} />
      <CalendarSection {...props} />
      <StockSection {...props} />
      <ChecksSection {...props} />
    </Layout>
  )
}

function Head(props: HomeProps) {
  const { t, formats, facts } = props
  const first = facts.subjects.find(({ due }) => due !== null)
  return (
    <PageHead
      title={t('home.title')}
      facts={
        <>
          <span>{formats.day(facts.today)}</span>
          <span>
            <Rich>{t('home.subjects', counted(props, facts.subjects.length))}</Rich>
            {first?.due && (
              <>
                {', '}
                <Rich>{t('home.first_due', { day: formats.weekdayAndDay(first.due) })}</Rich>
              </>
            )}
          </span>
        </>
      }
    />
  )
}

/** What keeps scans waiting or a promise unkept stands above everything. */
function Alarms({ t, facts }: HomeProps) {
  const { alarms, invariants } = facts
  const broken = invariants.checks.filter(({ ok }) => !ok).length
  if (alarms.length === 0 && broken === 0) return null
  return (
    <div class="notices">
      {broken > 0 && (
        <Notice title={t('home.checks.broken', { count: broken })} tone="stop" role="alert">
          {t('home.checks.broken.says')}
        </Notice>
      )}
      {alarms.map(({ code, periodId }) => (
        <Notice
          title={t(`alarm.${code}`, { period: periodId ?? '' })}
          tone="stop"
          role="alert"
          action={
            <a class="button" href="/coordination/mois">
              {t('nav.periods')}
            </a>
          }
        >
          {t(`alarm.${code}.says`)}
        </Notice>
      ))}
    </div>
  )
}

function decisionOf(props: HomeProps, subject: Subject, isFirst: boolean): Decision {
  const { t, formats, facts } = props
  const { kind, count, size, cents, since, due, name, href } = subject
  const sizes = counted(props, size)
  const says = t(`waiting.${kind}.says`, { name, size: sizes.count, sizes: sizes.s, amount: formats.wholeEuros(cents) })
  const waited = since === null ? 0 : daysBetween(since, facts.today)
  const isNamed = !['batch_draft', 'batch_frozen', 'catalogue_draft', 'ending'].includes(kind)
  const old = waited > 0 && isNamed ? ` ${t('home.since', { days: waited, s: waited === 1 ? '' : 's', name })}` : ''
  const late = daysLate(due, facts.today)
  const when =
    due &&
    (late > 0
      ? t('home.overdue', { day: formats.day(due), days: late, s: late === 1 ? '' : 's' })
      : t('home.due', { day: formats.day(due) }))
  const isBatch = kind === 'batch_draft' || kind === 'batch_frozen'
  const isList = count > 1 || href.startsWith('/coordination/attente/')
  const other = kind === 'to_pay' ? 'waiting.do.prepare' : isList ? 'waiting.do' : 'waiting.do.one'
  const label = t(isBatch ? 'waiting.do.batch' : other)
  return {
    count: formats.number(count),
    title: t(`waiting.${kind}`),
    says: says + old,
    ...(when ? { when } : {}),
    action: { href, label, isMain: isFirst },
  }
}

function MonthSection(props: HomeProps) {
  const { t, formats, facts } = props
  const { figures, month, on, lastBatch } = facts
  return (
    <Section title={t('home.month')} says={t('home.month.says', { month: formats.month(month), day: formats.day(on) })}>
      <Figures
        items={[
          {
            label: t('home.used'),
            value: formats.number(figures.used),
            of: t('home.used.of', {
              count: formats.number(figures.usedBefore),
              month: formats.monthName(addMonths(month, -1)),
            }),
            href: '/coordination/mois',
          },
          {
            label: t('home.venues'),
            value: formats.number(figures.activeVenues),
            of: t('home.venues.of', { count: formats.number(figures.qualifiedVenues) }),
            href: '/coordination/lieux?etat=qualified&tri=-used',
          },
          {
            label: t('home.handed'),
            value: formats.number(figures.booksHandedOut),
            of: t('home.handed.of', counted(props, figures.prescribers)),
            href: '/financeur',
          },
          ...(lastBatch
            ? [
                {
                  label: t('home.paid'),
                  value:
                    lastBatch.totalCents === null
                      ? t(`batch.${lastBatch.state}`)
                      : formats.wholeEuros(lastBatch.totalCents),
                  of: t('home.paid.of', { day: formats.day(lastBatch.executesOn) }),
                  href: `/coordination/remises/${lastBatch.id}`,
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

function CalendarSection({ t, formats, facts }: HomeProps) {
  const ends = facts.stocks
    .filter(({ endsOn }) => endsOn >= facts.today)
    .slice(0, 2)
    .map(({ name, endsOn }) => ({ title: t('home.calendar.end'), on: endsOn, says: name }))
  const dates = facts.calendar.map(({ kind, on, month }) => ({
    title: t(`home.calendar.${kind}`),
    on,
    says: t(`home.calendar.${kind}.says`, { month: formats.month(month) }),
  }))
  return (
    <Section title={t('home.calendar')} says={t('home.calendar.says')}>
      <Timeline
        steps={[...dates, ...ends]
          .sort((a, b) => (a.on < b.on ? -1 : 1))
          .map(({ on, ...step }) => ({
            ...step,
            on: formats.day(on),
            ...(on < addDays(facts.today, 1) ? { state: 'you' as const } : {}),
          }))}
      />
    </Section>
  )
}

const quietShown = 4

function StockSection({ t, formats, facts }: HomeProps) {
  const { stocks, quiet } = facts
  return (
    <Section title={t('home.stock')}>
      <div class="two">
        <div>
          <Table
            caption={t('home.stock.books')}
            rows={stocks}
            columns={[
              {
                key: 'campaign',
                label: t('home.stock.campaign'),
                cell: ({ id, name }) => <a href={`/financeur/campagnes/${id}`}>{name}</a>,
              },
              {
                key: 'active',
                label: t('home.stock.active'),
                isNumber: true,
                cell: ({ active }) => formats.number(active),
              },
              {
                key: 'handed',
                label: t('home.stock.handed'),
                isNumber: true,
                cell: ({ handedOut }) => formats.number(handedOut),
              },
              {
                key: 'left',
                label: t('home.stock.left'),
                isNumber: true,
                cell: ({ id, activeInStock }) => <a href={`/stock?campagne=${id}`}>{formats.number(activeInStock)}</a>,
              },
            ]}
          />
        </div>
        <div>
          {quiet.length === 0 ? (
            <p>{t('home.quiet.none')}</p>
          ) : (
            <Table
              caption={t('home.quiet')}
              rows={quiet.slice(0, quietShown)}
              columns={[
                { key: 'name', label: t('venues.name'), cell: ({ name }) => name },
                { key: 'commune', label: t('venues.commune'), cell: ({ commune }) => commune },
                {
                  key: 'used',
                  label: t('venues.used'),
                  cell: ({ lastUsedMonth }) => (lastUsedMonth ? formats.month(lastUsedMonth) : t('venues.never')),
                },
              ]}
            />
          )}
          {quiet.length > quietShown && (
            <p class="under">
              <a href="/coordination/lieux?etat=qualified&tri=used">
                {t('home.quiet.all', { count: formats.number(quiet.length) })}
              </a>
            </p>
          )}
        </div>
      </div>
    </Section>
  )
}

function ChecksSection({ t, facts }: HomeProps) {
  const { checks, ok } = facts.invariants
  return (
    <Section title={t('home.checks')} says={t('home.checks.says')}>
      <div>
        <Notice
          title={
            ok
              ? t('home.checks.ok', { count: checks.length })
              : t('home.checks.broken', { count: checks.filter((check) => !check.ok).length })
          }
          tone={ok ? 'good' : 'stop'}
        >
          {t(ok ? 'home.checks.ok.says' : 'home.checks.broken.says')}
        </Notice>
        <div class="under">
          <details class="data" open={!ok}>
            <summary>{t('home.checks.list')}</summary>
            <ul>
              {checks.map(({ name, ok: holds, detail }) => (
                <li>
                  <Tag tone={holds ? 'done' : 'stop'}>{t(holds ? 'home.checks.holds' : 'home.checks.breaks')}</Tag>{' '}
                  <code>{name}</code>
                  {!holds && ` ${detail}`}
                </li>
              ))}
            </ul>
          </details>
        </div>
      </div>
    </Section>
  )
}
