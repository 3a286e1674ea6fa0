import { endingSteps } from '../../campaigns/ending.ts'
import { Answers } from '../components/page-head.tsx'
import { counted, Rich } from '../components/sentences.tsx'
import type { PageProps } from '../page-props.tsx'
import { asOfText } from './as-of-text.ts'
import type { CampaignProps } from './campaign-sections.tsx'
import type { Waiting } from './waiting-facts.ts'

/** Where do we stand, why, what is to be decided: the sentence first, the charts prove it. */
export function CampaignAnswers(props: CampaignProps) {
  const { t, formats, facts } = props
  const { split, waterfall, campaign } = facts
  const handedCents = waterfall.booksHandedOut * campaign.bookSize * campaign.faceValueCents
  const until = formats.day(facts.usage.until)
  const where = (
    <>
      <p class="say">
        {waterfall.redeemed === 0 ? (
          t('funder.where.nothing')
        ) : (
          <Rich>
            {t('funder.where.say', {
              used: formats.wholeEuros(split.usedCents),
              ...counted(props, waterfall.redeemed),
            })}
          </Rich>
        )}
      </p>
      <p>
        <Rich>{t('funder.where.handed', { handed: formats.wholeEuros(handedCents), day: until })}</Rich>{' '}
        {asOfText(props, facts)}
      </p>
    </>
  )
  return (
    <Answers
      parts={[
        { title: t('funder.where'), body: where },
        { title: t('funder.why'), body: <Why {...props} /> },
        { title: t('funder.what'), body: <ToDecide {...props} /> },
      ]}
    />
  )
}

function Why(props: CampaignProps) {
  const { t, formats, facts } = props
  const { wanted, waterfall, held, pace } = facts
  const gap = wanted === null ? null : waterfall.redeemed - wanted
  const books = facts.waitingBooks
  const gapSays = gap !== null && t(gap < 0 ? 'funder.why.behind' : 'funder.why.ahead', counted(props, Math.abs(gap)))
  return (
    <>
      <p class="say">
        <Rich>{gapSays || t('funder.why.no_target')}</Rich>{' '}
        {books > 0 && (
          <Rich>
            {t('funder.why.stock', { ...counted(props, books), amount: formats.wholeEuros(held.inStockCents) })}
          </Rich>
        )}
      </p>
      {pace && (
        <p>
          {t('funder.why.pace', {
            last: formats.number(pace.last.redeemed),
            month: formats.monthName(pace.last.month),
            before: formats.number(pace.before.redeemed),
            monthBefore: formats.monthName(pace.before.month),
          })}
        </p>
      )}
    </>
  )
}

const mostChoices = 3

/** What must be signed, then what could be decided: each with what it moves and its date. */
function ToDecide(props: CampaignProps) {
  const { t, facts, base } = props
  const must = facts.waiting.map((one) => waitingChoice(one, { ...props, base }))
  const choices = [...must, ...choicesOf(props).slice(0, Math.max(0, mostChoices - must.length))]
  if (choices.length === 0) return <p>{t('funder.do.nothing')}</p>
  return (
    <ul class="do">
      {choices.map(({ href, does, says }) => (
        <li>
          <a href={href}>{does}</a>
          <span>{says}</span>
        </li>
      ))}
    </ul>
  )
}

export type Choice = { href: string; does: string; says: string }

/** What waits for the reader's approval, and where it is given. */
export function waitingChoice(
  waiting: Waiting,
  page: Pick<PageProps, 't' | 'locale' | 'formats'> & { base: string },
): Choice {
  const { t, base } = page
  const facts =
    waiting.act === 'proof'
      ? counted(page, waiting.books)
      : waiting.act === 'statement'
        ? { number: String(waiting.number) }
        : {}
  return {
    href: base + waiting.at,
    does: t(`funder.do.${waiting.act}`, facts),
    says: t(`funder.do.${waiting.act}.says`),
  }
}

/** What the figures say could be done, while there is time. */
function choicesOf(props: CampaignProps): Choice[] {
  const { t, formats, facts } = props
  const { held, dates, phase, on, waitingBooks } = facts
  const isLive = phase.phase === 'before' || phase.phase === 'running'
  const stopDay = formats.day(endingSteps(dates).find(({ step }) => step === 'stop_handouts')!.on)
  const nextStep = endingSteps(dates).find((step) => step.on > on)
  const amount = formats.wholeEuros(held.availableCents)
  const stocked = {
    ...counted(props, waitingBooks),
    amount: formats.wholeEuros(held.inStockCents),
    day: stopDay,
  }
  return [
    ...(isLive && held.availableCents > 0
      ? [
          {
            href: '#money',
            does: t('funder.do.available', { amount }),
            says: t('funder.do.available.says', { day: stopDay }),
          },
        ]
      : []),
    ...(isLive && waitingBooks > 0
      ? [{ href: '#stock', does: t('funder.do.stock', stocked), says: t('funder.do.stock.says', stocked) }]
      : []),
    ...(nextStep
      ? [
          {
            href: '#ending',
            does: t('funder.do.ending'),
            says: t('funder.do.ending.says', { day: formats.day(nextStep.on) }),
          },
        ]
      : []),
  ]
}
