/** What a voucher would be answered: a check, or one of the sample of a box. */
import type { CheckTrouble, Sample } from '../phone/server.ts'
import { howMended } from '../queue/mending.ts'
import { euros, longDay, t } from '../say.ts'
import type { Shown } from '../shown.ts'
import { unknown } from './nothing-kept.ts'
import { refusal, usedHere } from './refusal.ts'
import { calm, type Verdict } from './shape.ts'

/** A check without an answer: nothing was kept either. */
const unchecked = (why: CheckTrouble): Verdict => ({
  ...unknown('retry'),
  why: t('scanner.verdict.unknown.checked'),
  next: [t(`scanner.verdict.unknown.${why}`)],
  actions: ['check_other'],
})

/** A voucher of a box that is not active yet: read as one of three, on purpose. */
function ofSample({ isCounted, goodSamples, nextCovers }: Sample): Verdict {
  const next = nextCovers
    ? t('scanner.verdict.sample.next', { first: nextCovers.first, last: nextCovers.last })
    : t('scanner.verdict.sample.done')
  return {
    ...calm,
    silhouette: isCounted ? 'checked' : 'unknown',
    title: t('scanner.verdict.sample', { count: goodSamples }),
    lead: t(isCounted ? 'scanner.verdict.sample.lead' : 'scanner.verdict.sample.again'),
    next: [next],
    sound: isCounted ? 'checked' : 'unknown',
    actions: ['check_other'],
  }
}

export function ofCheck({ answer, euros: amount, lastDay }: Extract<Shown, { kind: 'check' }>): Verdict {
  if (typeof answer === 'string') return unchecked(answer)
  if (answer.outcome === 'retry') return unchecked('no_answer')
  if (answer.outcome === 'refused') {
    if (answer.sample) return ofSample(answer.sample)
    const reason = answer.reason ?? 'unknown_voucher'
    const { foot: _, ...verdict } = reason === 'already_used' && answer.usedHere ? usedHere(null) : refusal(reason)
    return {
      ...verdict,
      actions: howMended(reason) === 'service' ? ['change_service', 'check_other'] : ['check_other'],
    }
  }
  const isTraining = answer.training === true
  const known = amount !== null && lastDay !== null && !isTraining
  return {
    ...calm,
    silhouette: 'checked',
    title: t('scanner.verdict.checked'),
    lead: t('scanner.verdict.checked.lead'),
    ...(known && { why: t('scanner.verdict.checked.until', { amount: euros(amount), day: longDay(lastDay) }) }),
    next: [t('scanner.verdict.checked.next')],
    isTraining,
    sound: 'checked',
    actions: ['use_it', 'check_other'],
  }
}
