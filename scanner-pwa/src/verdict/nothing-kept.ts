/** Nothing is known of a voucher, and nothing was kept. */
import { mostTypedUnsent, mostUnsent } from '../queue/scan.ts'
import { t } from '../say.ts'
import { calm, type Verdict } from './shape.ts'

export const unknown = (why: 'series' | 'retry'): Verdict => ({
  ...calm,
  silhouette: 'unknown',
  title: t('scanner.verdict.unknown'),
  lead: t('scanner.verdict.unknown.lead'),
  why: t('scanner.verdict.unknown.why'),
  next: [t(`scanner.verdict.unknown.${why}`)],
  sound: 'unknown',
  actions: ['next', 'send_now'],
})

export const notAVoucher = (what: 'typed' | 'damaged' | 'cover' | 'other'): Verdict => ({
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
export const notKept = (why: 'full' | 'full_of_typed' | 'broken'): Verdict => ({
  ...calm,
  silhouette: 'unknown',
  title: t('scanner.verdict.not_kept'),
  lead: t('scanner.verdict.not_kept.lead'),
  why: t('scanner.verdict.not_kept.why'),
  next: [t(`scanner.verdict.not_kept.${why}`, { count: why === 'full' ? mostUnsent : mostTypedUnsent })],
  sound: 'unknown',
  actions: [why === 'broken' ? 'restart' : 'send_now', 'other'],
})
