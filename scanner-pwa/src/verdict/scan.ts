/** A scan that this phone keeps: what the server said of it, or that it said nothing yet. */
import { exerciseSteps } from '../exercise-steps.ts'
import { isLive, type KeptScan, mayContest, mostUnsent, warnAt } from '../queue/scan.ts'
import { euros, shortDay, t, tCount } from '../say.ts'
import { type Action, silhouetteOf } from '../shown.ts'
import { unknown } from './nothing-kept.ts'
import { refusal, usedHere } from './refusal.ts'
import { calm, type Facts, type Verdict } from './shape.ts'

export function ofScan(scan: KeptScan, facts: Facts): Verdict {
  const { isTraining } = scan
  const silhouette = silhouetteOf(scan)
  if (isTraining && isLive(scan) && facts.exercise === null) return trainingForReal()
  if (silhouette === 'accepted') return accepted(scan, facts)
  if (silhouette === 'used_here') return { ...usedHere(null), isTraining }
  if (silhouette === 'unknown') return { ...unknown(scan.tries > 0 ? 'retry' : 'series'), isTraining }
  if (silhouette === 'kept') return { ...kept(scan, facts), ...(isTraining && ofExercise(facts)) }
  if (silhouette === 'undone')
    return {
      ...calm,
      silhouette,
      title: t('scanner.verdict.undone'),
      ...(scan.answer.reason === 'withdrawn'
        ? { lead: t('refusal.withdrawn'), next: [t('refusal.withdrawn.next')] }
        : { lead: t('scanner.verdict.undone.lead') }),
      goesOn: true,
      sound: silhouette,
      actions: ['next'],
    }
  return { ...refusal(scan.answer.reason ?? 'unknown_voucher'), isTraining, mayContest: mayContest(scan) }
}

/** A training voucher leads on to the next step. */
export const ofExercise = ({ exercise }: Facts): Partial<Verdict> & { isTraining: true } => ({
  isTraining: true,
  ...(exercise !== null && { actions: ['go_on', 'next'] }),
})

function accepted(scan: KeptScan, facts: Facts): Verdict {
  const { total, exercise } = facts
  const common = {
    silhouette: 'accepted',
    title: t('scanner.verdict.accepted'),
    goesOn: true,
    sound: 'accepted',
  } as const
  if (scan.isTraining)
    return {
      ...common,
      lead: t('scanner.verdict.training.lead'),
      why: t('scanner.exercise.done', { done: exercise ?? 0, all: exerciseSteps.length }),
      next: [t('scanner.verdict.training.next')],
      isTraining: true,
      actions: ['go_on', 'undo'],
    }
  return {
    ...common,
    lead: paymentOf(scan, facts),
    sum: { text: tCount('scanner.verdict.accepted.sum', total.count), amount: euros(total.euros) },
    foot: t('scanner.verdict.accepted.keep'),
    isTraining: false,
    actions: ['next', 'undo'],
  }
}

function paymentOf({ euros: amount, answer: { paidOn } }: KeptScan, { isPayable }: Facts): string {
  if (!paidOn) return ''
  if (!isPayable) return t('scanner.paid_later')
  const day = shortDay(paidOn)
  return amount === null
    ? t('scanner.verdict.accepted.lead.plain', { day })
    : t('scanner.verdict.accepted.lead', { amount: euros(amount), day })
}

/** Somebody hands it in as if it paid: green would be taken for money. */
const trainingForReal = (): Verdict => ({
  ...calm,
  silhouette: 'checked',
  title: t('scanner.verdict.training'),
  lead: t('scanner.verdict.training.for_real'),
  why: t('scanner.verdict.what_to_do'),
  next: [t('scanner.verdict.training.for_real.next')],
  isTraining: true,
  sound: 'unknown',
  actions: ['other', 'undo'],
})

function kept({ isTraining }: KeptScan, { reach, isExpected, pendingCount }: Facts): Verdict {
  const common = {
    silhouette: 'kept',
    isTraining,
    goesOn: true,
    actions: ['next', 'undo'] as [Action, Action],
  } as const
  if (isExpected && reach === 'online')
    return { ...common, title: t('scanner.verdict.sending'), lead: t('scanner.verdict.sending.lead'), sound: null }
  const room = Math.max(0, mostUnsent - pendingCount)
  const next = [t(reach === 'unlinked' ? 'scanner.verdict.kept.unlinked.next' : 'scanner.verdict.kept.next')]
  if (pendingCount >= warnAt)
    next.push(room === 0 ? t('scanner.verdict.kept.last') : tCount('scanner.verdict.kept.warn', room))
  return {
    ...common,
    title: t('scanner.verdict.kept'),
    lead: t('scanner.verdict.kept.lead'),
    why: t(`scanner.verdict.kept.${reach}`),
    next,
    sound: 'kept',
  }
}
