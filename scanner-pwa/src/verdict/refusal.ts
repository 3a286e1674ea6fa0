/** A voucher that does not pay, and one that has paid already. */
import { howMended } from '../queue/mending.ts'
import type { RefusalReason } from '../queue/scan.ts'
import { type Key, shortDay, t } from '../say.ts'
import type { Shown } from '../shown.ts'
import { calm, type Verdict } from './shape.ts'

/** Of today it is counted, and all is well; of another day it has paid for that one. */
export const again = ({ rank, day }: Extract<Shown, { kind: 'again' }>): Verdict =>
  day === null
    ? usedHere(rank)
    : {
        ...usedHere(null),
        lead: t('scanner.verdict.used_here.day', { day: shortDay(day) }),
        why: t('scanner.verdict.what_to_do'),
        next: [t('refusal.already_used.next')],
        actions: ['other', 'keep_anyway'],
      }

export const usedHere = (rank: number | null): Verdict => ({
  ...calm,
  silhouette: 'used_here',
  title: t('scanner.verdict.used_here'),
  lead: rank === null ? t('scanner.verdict.used_here.lead') : t('scanner.verdict.used_here.rank', { rank }),
  why: t('scanner.verdict.used_here.why'),
  next: [t('scanner.verdict.used_here.next')],
  sound: 'used_here',
  actions: ['next', 'see_line'],
})

export function refusal(reason: RefusalReason): Verdict {
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
    actions: howMended(reason) === 'service' ? ['change_service', 'other'] : ['other', 'settled'],
  }
}

/** The rules on this phone are certain of it. Nothing is kept, so nothing can be contested. */
export function refusedHere(reason: RefusalReason): Verdict {
  const { foot: _, next = [], ...verdict } = refusal(reason)
  return { ...verdict, next: [...next, t('scanner.verdict.offline_refusal')], actions: ['other', 'keep_anyway'] }
}
