/** The words of a verdict: what happened, the fact that matters, what to do, the buttons. Pure: a picture of what is kept. */
import type { Shown } from '../shown.ts'
import { ofCheck } from './check.ts'
import { notAVoucher, notKept, unknown } from './nothing-kept.ts'
import { again, refusedHere } from './refusal.ts'
import { ofExercise, ofScan } from './scan.ts'
import type { Facts, Verdict } from './shape.ts'

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
