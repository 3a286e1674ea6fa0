/** The words of a verdict: what happened, the fact that matters, what to do, the buttons. Pure: a picture of what is kept. */
import { exerciseSteps } from './exercise-steps.ts'
import type { KeptScan, RefusalReason } from './queue/scan.ts'
import { mayContest, mostTypedUnsent, mostUnsent, warnAt } from './queue/scan.ts'
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
  isOnline: boolean
  /** Still within the seconds in which an answer usually comes. */
  isExpected: boolean
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
      return { ...usedHere(shown.rank), ...(shown.isTraining && ofExercise(facts)) }
    case 'local':
      return { ...refusal(shown.reason), foot: t('scanner.verdict.offline_refusal'), actions: ['other', 'keep_anyway'] }
    case 'not_a_voucher':
      return { ...refusal('malformed_code'), actions: shown.isTyped ? ['type_again', 'other'] : ['other'] }
    case 'full':
      return full(shown.room)
    case 'check':
      return ofCheck(shown)
  }
}

function ofScan(scan: KeptScan, facts: Facts): Verdict {
  const { isTraining } = scan
  const silhouette = silhouetteOf(scan)
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
  const { paidOn } = scan.answer
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
      why:
        exercise === null
          ? t('scanner.verdict.training.why')
          : t('scanner.exercise.done', { done: exercise, all: exerciseSteps.length }),
      next: [t('scanner.verdict.training.next')],
      isTraining: true,
      actions: exercise === null ? ['next', 'undo'] : ['go_on', 'undo'],
    }
  const day = paidOn ? shortDay(paidOn) : ''
  const lead =
    scan.euros === null
      ? t('scanner.verdict.accepted.lead.plain', { day })
      : t('scanner.verdict.accepted.lead', { amount: euros(scan.euros), day })
  return {
    ...common,
    lead: day ? lead : '',
    sum: { text: tCount('scanner.verdict.accepted.sum', total.count), amount: euros(total.euros) },
    foot: t('scanner.verdict.accepted.keep'),
    isTraining: false,
    actions: ['next', 'undo'],
  }
}

function kept({ isTraining }: KeptScan, { isOnline, isExpected, pendingCount }: Facts): Verdict {
  const common = {
    silhouette: 'kept',
    isTraining,
    goesOn: true,
    actions: ['next', 'undo'] as [Action, Action],
  } as const
  if (isExpected && isOnline)
    return { ...common, title: t('scanner.verdict.sending'), lead: t('scanner.verdict.sending.lead'), sound: null }
  const room = mostUnsent - pendingCount
  return {
    ...common,
    title: t('scanner.verdict.kept'),
    lead: t('scanner.verdict.kept.lead'),
    why: t(isOnline ? 'scanner.verdict.kept.slow' : 'scanner.verdict.kept.why'),
    next: [t('scanner.verdict.kept.next')],
    ...(pendingCount >= warnAt && { foot: t('scanner.verdict.kept.warn', { count: room }) }),
    sound: 'kept',
  }
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
const mendedByService = new Set<RefusalReason>(['service_not_covered', 'service_not_offered'])

function refusal(reason: RefusalReason): Verdict {
  const isUsed = reason === 'already_used'
  const next = [t(`refusal.${reason}.next` as Key), ...(isUsed ? [t('scanner.verdict.used.contest')] : [])]
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

const unknown = (why: 'series' | 'retry' | 'check'): Verdict => ({
  ...calm,
  silhouette: 'unknown',
  title: t('scanner.verdict.unknown'),
  lead: t('scanner.verdict.unknown.lead'),
  why: t('scanner.verdict.unknown.why'),
  next: [t(`scanner.verdict.unknown.${why}`)],
  sound: 'unknown',
  actions: ['next', 'send_now'],
})

const full = (room: 'full' | 'full_of_typed'): Verdict => ({
  ...unknown('retry'),
  next: [t(`scanner.verdict.unknown.${room}`, { count: room === 'full' ? mostUnsent : mostTypedUnsent })],
  actions: ['send_now', 'other'],
})

function ofCheck({ answer, euros: amount, lastDay }: Extract<Shown, { kind: 'check' }>): Verdict {
  if (!answer || answer.outcome === 'retry') return { ...unknown('check'), actions: ['check_other'] }
  if (answer.outcome === 'refused') {
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
