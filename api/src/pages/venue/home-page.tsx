import { netCents } from '../../payouts/statement.ts'
import { obstacleSentence } from '../../payouts/warn-of-payment.ts'
import { maskedIban } from '../../venues/bank-account.ts'
import { Bars } from '../charts/bars.tsx'
import { NextPayment } from '../components/lists.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { EmptyState, Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { Contests } from './contests.tsx'
import { Phones } from './phones.tsx'
import type { VenueHome } from './read-venue-home.ts'
import { StatementTable } from './statement-table.tsx'
import { statementHref, statementName } from './statement-words.tsx'

type HomeProps = PageProps & { home: VenueHome }

/** When am I paid, how much, and is anything missing: in this order. */
export function VenueHomePage({ home, ...page }: HomeProps) {
  const { t } = page
  const { organisation, statements } = home
  return (
    <Layout
      {...page}
      title={t('nav.venue')}
      audience="venue"
      tenant={organisation.legalName}
      head={<Head {...page} home={home} />}
    >
      <Payment {...page} home={home} />
      <ThisMonth {...page} home={home} />
      <Section title={t('nav.statements')} says={t('venue.statements.says')}>
        <div>
          <StatementTable {...page} statements={statements.slice(0, 4)} />
          <p class="under no-print">
            <a href="/lieu/bordereaux">{t('venue.statements.all')}</a>
          </p>
        </div>
      </Section>
      <Phones {...page} home={home} />
      <Contests {...page} contests={home.contests} />
      <Account {...page} home={home} />
    </Layout>
  )
}

function Head({ t, formats, home }: HomeProps) {
  const { organisation, venues } = home
  const qualified = venues.filter(({ qualification }) => qualification === 'qualified').length
  const key = venues.length === 1 ? 'venue.places.one' : 'venue.places'
  const communes = [...new Set(venues.map(({ commune }) => commune))]
  return (
    <PageHead
      title={organisation.legalName}
      facts={
        <>
          <span>{`${t(key, { count: formats.number(venues.length) })} ${communes.slice(0, 3).join(', ')}${communes.length > 3 ? '…' : ''}`}</span>
          {qualified === venues.length ? (
            <Tag tone="done">{t('venue.qualified')}</Tag>
          ) : (
            <Tag tone="hold">
              {t('venue.qualified.some', { count: formats.number(qualified), all: formats.number(venues.length) })}
            </Tag>
          )}
        </>
      }
      tools={
        <a class="button" href="/scanner">
          {t('venue.scanner')}
        </a>
      }
    />
  )
}

function Payment({ t, formats, locale, home }: HomeProps) {
  const { next, running, account } = home
  if (!next && (!running || running.voucherCount === 0))
    return (
      <div class="notices">
        <EmptyState title={t('venue.pay.none')}>{t('venue.pay.none.says')}</EmptyState>
      </div>
    )
  const shown = next ?? {
    payableOn: running!.payableOn,
    isLate: false,
    amountCents: netCents(running!),
    statements: [running!],
  }
  const count = shown.statements.reduce((sum, { voucherCount }) => sum + voucherCount, 0)
  const day = formats.weekdayAndDay(shown.payableOn)
  return (
    <NextPayment
      label={t('venue.pay')}
      title={t(shown.isLate ? 'venue.pay.late' : 'venue.pay.on', { day })}
      amount={formats.euros(shown.amountCents)}
      aside={<Delays t={t} formats={formats} locale={locale} home={home} />}
    >
      <p>
        {t('venue.pay.of', {
          count: formats.number(count),
          months: shown.statements.map(({ month }) => formats.monthName(month)).join(', '),
        })}
        {account?.state === 'verified' && (
          <>
            {t('venue.pay.account')}
            <b class="code">{account.iban.slice(-4)}</b>
          </>
        )}
      </p>
      {shown.statements.map((statement) => (
        <p class="small">
          <a href={statementHref(statement)}>{statementName({ t }, statement)}</a>
        </p>
      ))}
    </NextPayment>
  )
}

/** What could delay it, said before it is asked about; and what comes after it. */
function Delays({ t, formats, locale, home }: Pick<HomeProps, 't' | 'formats' | 'locale' | 'home'>) {
  const { next, running, obstacles } = home
  const isPaid = obstacles.every(({ reason }) => reason === 'phones_owe')
  const tag = obstacles.some(({ reason }) => reason === 'no_verified_account')
    ? t('venue.pay.no_account')
    : t('venue.pay.delayed')
  return (
    <>
      <p>{isPaid ? <Tag tone="done">{t('venue.pay.clear')}</Tag> : <Tag tone="hold">{tag}</Tag>}</p>
      {isPaid && (
        <p>
          {t(next?.isLate ? 'venue.pay.late.says' : 'venue.pay.clear.says')}{' '}
          {obstacles.length === 0 && <b>{t('venue.pay.nothing_to_do')}</b>}
        </p>
      )}
      {obstacles.map((obstacle) => (
        <p>{obstacleSentence(obstacle, locale)}</p>
      ))}
      {next && running && running.voucherCount > 0 && (
        <ul class="steps">
          <li>
            <span>
              {t('venue.pay.then', {
                month: formats.monthName(running.month),
                count: formats.number(running.voucherCount),
              })}
            </span>
            <b>{formats.euros(netCents(running))}</b>
          </li>
          <li>
            <span class="soft">{t('venue.pay.then.on', { day: formats.day(running.payableOn) })}</span>
          </li>
        </ul>
      )}
      <p class="small no-print">
        <a href="/lieu/calendrier">{t('payout_calendar.title')}</a>
      </p>
    </>
  )
}

function ThisMonth({ t, formats, home }: HomeProps) {
  const { running, services } = home
  if (!running) return null
  const says = t('venue.month.says', { count: formats.number(running.voucherCount) })
  return (
    <Section title={capital(formats.monthName(running.month))} says={says}>
      {services.length === 0 ? (
        <p class="soft">{t('venue.month.none')}</p>
      ) : (
        <Bars
          t={t}
          formats={formats}
          heading={{ label: t('venue.month.service'), count: t('venue.month.count') }}
          total={services.reduce((sum, { count }) => sum + count, 0)}
          bars={services.map(({ code, title, count }) => ({
            count,
            label: (
              <>
                <span class="code soft">{code}</span> <span lang="fr">{title}</span>
              </>
            ),
          }))}
        />
      )}
    </Section>
  )
}

function Account({ t, formats, home }: HomeProps) {
  const { account, owedCents, organisation } = home
  return (
    <Section title={t('venue.account')}>
      {owedCents > 0 && (
        <Notice
          tone="wait"
          title={t('repayment.notice')}
          action={
            <a class="button" href={`/api/v1/organisations/${organisation.id}/repayment-request.pdf`}>
              {t('repayment.open')}
            </a>
          }
        >
          {t('repayment.notice.says', { amount: formats.euros(owedCents) })}
        </Notice>
      )}
      {account ? (
        <Notice
          tone={account.state === 'verified' ? 'good' : 'wait'}
          title={
            account.state === 'verified' && account.validFrom
              ? t('venue.account.verified', { day: formats.day(account.validFrom) })
              : t('venue.account.submitted')
          }
          action={
            <a class="button" href="/lieu/compte-bancaire">
              {t('venue.account.change')}
            </a>
          }
        >
          <p>
            {account.holderName}, <span class="code">{maskedIban(account.iban)}</span>. {t('venue.account.says')}
          </p>
        </Notice>
      ) : (
        <Notice
          tone="wait"
          title={t('venue.account.none')}
          action={
            <a class="button button-main" href="/lieu/compte-bancaire">
              {t('venue.account.give')}
            </a>
          }
        >
          {t('venue.account.none.says')}
        </Notice>
      )}
    </Section>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
