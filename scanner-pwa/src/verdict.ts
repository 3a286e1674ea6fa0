/** The words of a verdict: what happened, the fact that matters, what to do, the buttons. Pure: a picture of what is kept. */
import { exerciseSteps } from './exercise-steps.ts'
import type { CheckTrouble, Sample } from './phone/server.ts'
import type { KeptScan, RefusalReason } from './queue/scan.ts'
import { isLive, mayContest, mostTypedUnsent, mostUnsent, warnAt } from './queue/scan.ts'
import { euros, type Key, longDay, shortDay, t, tCount } from './say.ts'
import { type Action, type Shown, type Silhouette, silhouetteOf } from './shown.ts'

export type Verdict = {
  silhouette: Silhouette
  title: string
  lead: string
  why?: string
  next?: string[]
  foot?: string
  sum?: { text: string; amount: string }
  isTraining: boolean
  /** The coordination may be asked to look at this refusal again. */
  mayContest?: boolean
  /** The camera goes on behind, and the next voucher replaces it. */
  goesOn: boolean
  /** Null: not answered yet, so no sound. */
  sound: Silhouette | null
  actions: [Action, Action?]
}
export type Facts = {
  scan: KeptScan | undefined
  /** `silent`: there is a network, and nothing of ours answers on it. */
  reach: 'online' | 'silent' | 'offline' | 'unlinked'
  /** Still within the seconds in which an answer usually comes. */
  isExpected: boolean
  /** False: its venue has no verified bank account, so no day is promised. */
  isPayable: boolean
  pendingCount: number
  total: { count: number; euros: number }
  /** Steps done of the first-day exercise; null: it is not under way. */
  exercise: number | null
}

const calm = { isTraining: false, goesOn: false }

export function verdictOf(shown: Shown, facts: Facts): Verdict {
  switch (shown.kind) {
    case 'scan':
      return facts.scan ? ofScan(facts.scan, facts) : unknown('retry')
    case 'again':
      return { ...again(shown), ...(shown.isTraining && ofExercise(facts)) }
    case 'local':
      return refusedHere(shown.reason)
    case 'not_a_voucher':
      return notAVoucher(shown.what)
    case 'not_kept':
      return notKept(shown.why)
    case 'check':
      return ofCheck(shown)
  }
}

function ofScan(scan: KeptScan, facts: Facts): Verdict {
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
const ofExercise = ({ exercise }: Facts): Partial<Verdict> & { isTraining: true } => ({
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

/** Of today it is counted, and all is well; of another day it has paid for that one. */
const again = ({ rank, day }: Extract<Shown, { kind: 'again' }>): Verdict =>
  day === null
    ? usedHere(rank)
    : {
        ...usedHere(null),
        lead: t('scanner.verdict.used_here.day', { day: shortDay(day) }),
        why: t('scanner.verdict.what_to_do'),
        next: [t('refusal.already_used.next')],
        actions: ['other', 'keep_anyway'],
      }

const usedHere = (rank: number | null): Verdict => ({
  ...calm,
  silhouette: 'used_here',
  title: t('scanner.verdict.used_here'),
  lead: rank === null ? t('scanner.verdict.used_here.lead') : t('scanner.verdict.used_here.rank', { rank }),
  why: t('scanner.verdict.used_here.why'),
  next: [t('scanner.verdict.used_here.next')],
  sound: 'used_here',
  actions: ['next', 'see_line'],
})

/** Another service could be paid by the same voucher. */
export const mendedByService = new Set<RefusalReason>(['service_not_covered', 'service_not_offered'])

function refusal(reason: RefusalReason): Verdict {
  const isUsed = reason === 'already_used'
  const next = [t(`refusal.${reason}.next` as Key)]
  return {
    ...calm,
    silhouette: isUsed ? 'used' : 'refused',
    title: t(isUsed ? 'scanner.verdict.used' : 'scanner.verdict.refused'),
    lead: isUsed ? t('scanner.verdict.used.lead') : t(`refusal.${reason}` as Key),
    why: t('scanner.verdict.what_to_do'),
    next,
    foot: t('scanner.verdict.stays'),
    sound: isUsed ? 'used' : 'refused',
    actions: mendedByService.has(reason) ? ['change_service', 'other'] : ['other', 'settled'],
  }
}

const unknown = (why: 'series' | 'retry'): Verdict => ({
  ...calm,
  silhouette: 'unknown',
  title: t('scanner.verdict.unknown'),
  lead: t('scanner.verdict.unknown.lead'),
  why: t('scanner.verdict.unknown.why'),
  next: [t(`scanner.verdict.unknown.${why}`)],
  sound: 'unknown',
  actions: ['next', 'send_now'],
})

/** A check without an answer: nothing was kept either. */
const unchecked = (why: CheckTrouble): Verdict => ({
  ...unknown('retry'),
  why: t('scanner.verdict.unknown.checked'),
  next: [t(`scanner.verdict.unknown.${why}`)],
  actions: ['check_other'],
})

/** The rules on this phone are certain of it. Nothing is kept, so nothing can be contested. */
function refusedHere(reason: RefusalReason): Verdict {
  const { foot: _, next = [], ...verdict } = refusal(reason)
  return { ...verdict, next: [...next, t('scanner.verdict.offline_refusal')], actions: ['other', 'keep_anyway'] }
}

const notAVoucher = (what: 'typed' | 'damaged' | 'cover' | 'other'): Verdict => ({
  ...calm,
  silhouette: 'unknown',
  title: t(`scanner.verdict.not_a_voucher.${what}`),
  lead: t('scanner.verdict.nothing_kept'),
  why: t('scanner.verdict.what_to_do'),
  next: [t(`scanner.verdict.not_a_voucher.${what}.next`)],
  goesOn: what !== 'typed',
  sound: 'unknown',
  actions: what === 'typed' ? ['type_again', 'other'] : ['other'],
})

/** The one screen that says so: not even this phone has it. */
const notKept = (why: 'full' | 'full_of_typed' | 'broken'): Verdict => ({
  ...calm,
  silhouette: 'unknown',
  title: t('scanner.verdict.not_kept'),
  lead: t('scanner.verdict.not_kept.lead'),
  why: t('scanner.verdict.not_kept.why'),
  next: [t(`scanner.verdict.not_kept.${why}`, { count: why === 'full' ? mostUnsent : mostTypedUnsent })],
  sound: 'unknown',
  actions: [why === 'broken' ? 'restart' : 'send_now', 'other'],
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

function ofCheck({ answer, euros: amount, lastDay }: Extract<Shown, { kind: 'check' }>): Verdict {
  if (typeof answer === 'string') return unchecked(answer)
  if (answer.outcome === 'retry') return unchecked('no_answer')
  if (answer.outcome === 'refused') {
    if (answer.sample) return ofSample(answer.sample)
    const reason = answer.reason ?? 'unknown_voucher'
    const { foot: _, ...verdict } = reason === 'already_used' && answer.usedHere ? usedHere(null) : refusal(reason)
    return { ...verdict, actions: mendedByService.has(reason) ? ['change_service', 'check_other'] : ['check_other'] }
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
