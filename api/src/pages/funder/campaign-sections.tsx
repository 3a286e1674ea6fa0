import type { Child } from 'hono/jsx'
import { nextPayoutOn } from '../../calendar/calendar.ts'
import type { Usage } from '../../statistics/campaign-figures.ts'
import type { Told } from '../../statistics/campaign-queries.ts'
import type { Comparables } from '../../statistics/comparables.ts'
import { methodOf } from '../../statistics/indicators.ts'
import { Waterfall, type WaterfallStep } from '../charts/waterfall.tsx'
import { Figures, RateWithContext } from '../components/figures.tsx'
import { Section } from '../components/page-head.tsx'
import { counted, Rich, typeset } from '../components/sentences.tsx'
import { Notice } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'
import type { CampaignFacts } from './campaign-facts.ts'

export type CampaignProps = PageProps & { facts: CampaignFacts; base: string; today: string }

/** From the order to the payment. Each amount opens what it is made of. */
export function MoneySection(props: CampaignProps) {
  const { t, formats, facts, base } = props
  const { waterfall, split } = facts
  const euros = (cents: number) => formats.wholeEuros(cents)
  const handed = waterfall.booksHandedOut * facts.campaign.bookSize * facts.campaign.faceValueCents
  const says = t('funder.money.picture', {
    funded: euros(waterfall.fundedCents),
    handed: euros(handed),
    day: formats.day(facts.usage.until),
    used: euros(split.usedCents),
    paid: euros(split.paidCents),
  })
  const later = (
    <>
      <span>{t('funder.later')}</span>
      <Later>{t('funder.later.returned', { amount: euros(waterfall.returnedCents) })}</Later>
      <Later>{t('funder.later.grace', { amount: euros(waterfall.inGraceCents) })}</Later>
      <Later>{t('funder.later.expired', { amount: euros(waterfall.expiredCents) })}</Later>
      <Later>{t('funder.later.credited', { amount: euros(waterfall.creditedCents) })}</Later>
      {split.overpaidCents > 0 && <Later>{t('funder.later.overpaid', { amount: euros(split.overpaidCents) })}</Later>}
    </>
  )
  return (
    <Section title={t('funder.money')} says={t('funder.money.says')} id="money" isWide>
      <Waterfall steps={stepsOf(props)} says={says} later={later} />
      <p class="under no-print">
        <a href={`${base}/chiffres.csv?au=${facts.on}`}>CSV</a>
        <a href="#parts">{t('funder.parts.link')}</a>
        <a href={`${base}/accords`}>{t('agreements.title')}</a>
        <a href="/methode">{t('funder.money.method')}</a>
        <a href="/transparence">{t('funder.money.covered')}</a>
      </p>
    </Section>
  )
}

const Later = ({ children }: { children: string }) => (
  <span>
    <Rich>{children}</Rich>
  </span>
)

function stepsOf(props: CampaignProps): WaterfallStep[] {
  const { t, formats, facts, base, today } = props
  const { waterfall, split, held, campaign, phase, parts } = facts
  const { faceValueCents: face, bookSize } = campaign
  const at = (list: string) => `${base}/${list}?au=${facts.on}`
  const books = (vouchers: number): Child => t('funder.of.books', counted(props, Math.round(vouchers / bookSize)))
  const stayed = (
    cents: number,
    label: string,
    { href, sign }: { href?: string; sign?: 'at_least' | 'at_most' } = {},
  ) => {
    const amount = formats.wholeEuros(cents)
    const value = sign && !isExact ? t(`funder.held.${sign}`, { amount }) : amount
    return cents > 0 ? { held: { value, label, ...(href ? { href } : {}) } } : {}
  }
  const step = (
    label: string,
    amount: number,
    of: Child,
    href: string,
    more: Partial<WaterfallStep> = {},
  ): WaterfallStep => ({
    ...{ label, amount, of, href, value: formats.wholeEuros(amount), ...more },
  })
  const withPeople =
    phase.phase === 'before' || phase.phase === 'running' ? 'people' : phase.phase === 'grace' ? 'grace' : 'over'
  const handedOut = waterfall.booksHandedOut * bookSize
  const until = formats.day(facts.usage.until)
  const handedSays = t('funder.of.books_on', { ...counted(props, waterfall.booksHandedOut), day: until })
  const isExact = facts.usage.until === facts.on
  return [
    step(t('funder.step.ordered'), waterfall.ordered * face, books(waterfall.ordered), at('commandes')),
    step(
      t('funder.step.funded'),
      waterfall.fundedCents,
      t('funder.of.funders', counted(props, parts.length)),
      at('versements'),
    ),
    step(
      t('funder.step.issued'),
      waterfall.issued * face,
      books(waterfall.issued),
      at('commandes'),
      stayed(held.availableCents, t('funder.held.available')),
    ),
    step(
      t('funder.step.active'),
      waterfall.active * face,
      books(waterfall.active),
      at('commandes'),
      stayed(held.blockedCents, t('funder.held.blocked')),
    ),
    step(t('funder.step.handed'), handedOut * face, handedSays, at('remises'), {
      look: 'mid',
      ...stayed(held.inStockCents, t('funder.held.prescribers'), { href: '#stock', sign: 'at_most' }),
    }),
    step(
      t('funder.step.used'),
      split.usedCents,
      t('funder.of.vouchers', counted(props, waterfall.redeemed)),
      at('usages'),
      {
        look: 'main',
        ...stayed(held.withPeopleCents, t(`funder.held.${withPeople}`), { sign: 'at_least' }),
      },
    ),
    step(
      t('funder.step.to_pay'),
      split.toPayCents,
      t('funder.of.to_pay', { day: formats.day(nextPayoutOn(today)) }),
      at('paiements'),
      { look: 'split' },
    ),
    step(t('funder.step.in_payment'), split.inPaymentCents, t('funder.of.in_payment'), at('paiements'), {
      look: 'split',
    }),
    step(t('funder.step.paid'), split.paidCents, t('funder.of.paid'), at('paiements'), { look: 'split' }),
  ]
}

type UsageRateProps = PageProps & {
  usage: Usage
  comparables?: Comparables
  note: Told | undefined
  noteLinks?: Child
}

/** The rate with its fraction, its day and its note, and what was used since: the same wherever a campaign is shown. */
export function UsageRate(props: UsageRateProps) {
  const { t, formats, usage, note, noteLinks, comparables } = props
  const day = formats.day(usage.until)
  return (
    <>
      <RateWithContext
        t={t}
        formats={formats}
        numerator={usage.numerator}
        denominator={usage.denominator}
        rate={usage.rate}
        fraction={
          usage.denominator === 0 ? (
            t('funder.usage.wait')
          ) : (
            <Rich>
              {t('funder.usage.fraction', {
                used: formats.number(usage.numerator),
                handed: formats.number(usage.denominator),
                day,
              })}
            </Rich>
          )
        }
        method={methodOf('usage')}
        note={note ? { body: typeset(note.body), author: note.author, writtenOn: note.on } : null}
        noteLinks={noteLinks}
        comparables={
          comparables?.range
            ? {
                ...comparables.range,
                says: t('funder.usage.comparables', { count: formats.number(comparables.campaigns) }),
              }
            : undefined
        }
      />
      <RateRemarks {...props} />
    </>
  )
}

/** What was used since, what it may be compared with, and when it may be too high. */
function RateRemarks({ usage, comparables, ...page }: UsageRateProps) {
  const { t, formats } = page
  const isFew = comparables !== undefined && comparables.range === null && usage.rate !== null
  const isTooHigh = usage.isHandoutIncomplete && usage.denominator > 0
  return (
    <div class="small soft">
      {usage.usedSince > 0 && <p>{t('funder.usage.since', counted(page, usage.usedSince))}</p>}
      {isTooHigh && <p>{t('funder.usage.incomplete', { day: formats.day(usage.until) })}</p>}
      {isFew && (
        <p>
          {t('funder.usage.comparables.few', { count: formats.number(comparables.campaigns) })}{' '}
          <a href={methodOf('comparables')}>{t('nav.method')}</a>
        </p>
      )}
    </div>
  )
}

/** The rate and its note, then the other rates with their fractions, of the same evening. Without a note there is none anywhere. */
export function UsageSection(props: CampaignProps) {
  const { t, formats, facts, base } = props
  const { usage, steering, campaign } = facts
  const [note] = steering.notes
  const count = steering.notes.length + steering.decisions.length
  const inBooks = campaign.bookSize
  const fractions = [
    {
      label: 'funder.usage.of_issued',
      id: 'usage_of_issued',
      fraction: usage.ofIssued,
      size: 1,
      of: 'funder.usage.vouchers',
      list: 'usages',
    },
    {
      label: 'funder.usage.circulating',
      id: 'circulation',
      fraction: usage.circulation,
      size: inBooks,
      of: 'funder.usage.books',
      list: 'commandes',
    },
    {
      label: 'funder.usage.handed',
      id: 'handed_out_rate',
      fraction: usage.handedOut,
      size: inBooks,
      of: 'funder.usage.books',
      list: 'remises',
    },
  ] as const
  return (
    <Section title={t('funder.usage')} says={t('funder.usage.says')} id="usage">
      <div class="stack">
        <UsageRate
          {...props}
          usage={usage}
          comparables={facts.comparables}
          note={note}
          noteLinks={
            count > 1 && (
              <a class="no-print" href={`${base}/notes`}>
                {t('funder.notes.all', { count: formats.number(count) })}
              </a>
            )
          }
        />
        <Figures
          items={fractions.flatMap(({ label, id, fraction: { numerator, denominator, rate }, size, of, list }) =>
            rate === null
              ? []
              : {
                  label: t(label),
                  method: methodOf(id),
                  value: formats.percent(rate),
                  of: t(of, { part: formats.number(numerator / size), whole: formats.number(denominator / size) }),
                  href: `${base}/${list}?au=${facts.on}`,
                },
          )}
        />
      </div>
    </Section>
  )
}

export function NotKept({ t, formats, facts }: CampaignProps) {
  if (facts.notKeptBefore === null) return null
  return (
    <div class="notices">
      <Notice title={t('funder.not_kept')} tone="wait" role="status">
        {t('funder.not_kept.says', { day: formats.day(facts.notKeptBefore) })}
      </Notice>
    </div>
  )
}
