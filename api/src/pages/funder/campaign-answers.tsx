import { endingSteps } from '../../campaigns/ending.ts'
import { Answers } from '../components/page-head.tsx'
import { counted, Rich } from '../components/sentences.tsx'
import type { CampaignProps } from './campaign-sections.tsx'

/** Where do we stand, why, what is to be decided: the sentence first, the charts prove it. */
export function CampaignAnswers(props: CampaignProps) {
  const { t, formats, facts } = props
  const { split, waterfall, campaign } = facts
  const handedCents = waterfall.booksHandedOut * campaign.bookSize * campaign.faceValueCents
  const isSmall = campaign.budgetedBooks < 100
  const where = (
    <>
      <p class="say">
        {waterfall.booksHandedOut === 0 ? (
          t('funder.where.nothing')
        ) : (
          <Rich>
            {t('funder.where.say', {
              used: formats.wholeEuros(split.usedCents),
              handed: formats.wholeEuros(handedCents),
              ...counted(props, waterfall.redeemed),
            })}
          </Rich>
        )}
      </p>
      <p>{t(isSmall ? 'funder.as_of.weekly' : 'funder.as_of', { day: formats.day(facts.on) })}</p>
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
  const { wanted, waterfall, held, campaign, pace } = facts
  const gap = wanted === null ? null : waterfall.redeemed - wanted
  const books = Math.round(held.atPrescribersCents / campaign.faceValueCents / campaign.bookSize)
  const gapSays = gap !== null && t(gap < 0 ? 'funder.why.behind' : 'funder.why.ahead', counted(props, Math.abs(gap)))
  return (
    <>
      <p class="say">
        <Rich>{gapSays || t('funder.why.no_target')}</Rich>{' '}
        {books > 0 && (
          <Rich>
            {t('funder.why.stock', { ...counted(props, books), amount: formats.wholeEuros(held.atPrescribersCents) })}
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

/** At most three, each with what it moves and its date. */
function ToDecide(props: CampaignProps) {
  const { t, formats, facts, base } = props
  const { held, campaign, orders, dates, phase, on } = facts
  const isLive = phase.phase === 'before' || phase.phase === 'running'
  const stopDay = formats.day(endingSteps(dates).find(({ step }) => step === 'stop_handouts')!.on)
  const nextStep = endingSteps(dates).find((step) => step.on > on)
  const books = Math.round(held.atPrescribersCents / campaign.faceValueCents / campaign.bookSize)
  const proofs = orders.filter(({ state }) => state === 'requested')
  const amount = formats.wholeEuros(held.availableCents)
  const stocked = { ...counted(props, books), amount: formats.wholeEuros(held.atPrescribersCents), day: stopDay }
  const choices: { href: string; does: string; says: string }[] = [
    ...proofs.map((run) => ({
      href: `${base}/commandes`,
      does: t('funder.do.proof', counted(props, run.books)),
      says: t('funder.do.proof.says'),
    })),
    ...(isLive && held.availableCents > 0
      ? [
          {
            href: '#money',
            does: t('funder.do.available', { amount }),
            says: t('funder.do.available.says', { day: stopDay }),
          },
        ]
      : []),
    ...(isLive && books > 0
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
  if (choices.length === 0) return <p>{t('funder.do.nothing')}</p>
  return (
    <ul class="do">
      {choices.slice(0, 3).map(({ href, does, says }) => (
        <li>
          <a href={href}>{does}</a>
          <span>{says}</span>
        </li>
      ))}
    </ul>
  )
}
