import type { Child } from 'hono/jsx'
import { nextPayoutOn } from '../../calendar/calendar.ts'
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
  const stayed = (cents: number, label: string, href?: string) =>
    cents > 0 ? { held: { value: formats.wholeEuros(cents), label, ...(href ? { href } : {}) } } : {}
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
    step(t('funder.step.handed'), handedOut * face, books(handedOut), at('remises'), {
      look: 'mid',
      ...stayed(held.atPrescribersCents, t('funder.held.prescribers'), '#stock'),
    }),
    step(
      t('funder.step.used'),
      split.usedCents,
      t('funder.of.vouchers', counted(props, waterfall.redeemed)),
      at('usages'),
      {
        look: 'main',
        ...stayed(held.withPeopleCents, t(`funder.held.${withPeople}`)),
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

/** The rate and its note, then the other rates with their fractions. Without a note there is no rate anywhere. */
export function UsageSection(props: CampaignProps) {
  const { t, formats, facts, base } = props
  const { usage, waterfall, steering, campaign } = facts
  const [note] = steering.notes
  const count = steering.notes.length + steering.decisions.length
  const { bookSize } = campaign
  const fractions = [
    {
      label: t('funder.usage.of_issued'),
      part: usage.numerator,
      whole: waterfall.issued,
      of: 'funder.usage.vouchers',
      list: 'usages',
    },
    {
      label: t('funder.usage.circulating'),
      part: waterfall.circulating / bookSize,
      whole: waterfall.ordered / bookSize,
      of: 'funder.usage.books',
      list: 'commandes',
    },
    {
      label: t('funder.usage.handed'),
      part: waterfall.booksHandedOut,
      whole: waterfall.circulating / bookSize,
      of: 'funder.usage.books',
      list: 'remises',
    },
  ] as const
  return (
    <Section title={t('funder.usage')} says={t('funder.usage.says')} id="usage">
      <div class="stack">
        <RateWithContext
          t={t}
          formats={formats}
          numerator={usage.numerator}
          denominator={usage.denominator}
          rate={usage.rate}
          fraction={
            <Rich>
              {t('funder.usage.fraction', {
                used: formats.number(usage.numerator),
                handed: formats.number(usage.denominator),
              })}
            </Rich>
          }
          note={note ? { body: typeset(note.body), author: note.author, writtenOn: note.on } : null}
          noteLinks={
            count > 1 && (
              <a class="no-print" href={`${base}/notes`}>
                {t('funder.notes.all', { count: formats.number(count) })}
              </a>
            )
          }
        />
        {usage.isHandoutIncomplete && <p class="small soft">{t('funder.usage.incomplete')}</p>}
        {note && (
          <Figures
            items={fractions
              .filter(({ whole }) => whole > 0)
              .map(({ label, part, whole, of, list }) => ({
                label,
                value: formats.percent(part / whole),
                of: t(of, { part: formats.number(part), whole: formats.number(whole) }),
                href: `${base}/${list}?au=${facts.on}`,
              }))}
          />
        )}
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
