import type { Formats } from '../shared/formats.ts'
import type { Translate } from '../shared/messages.ts'
import type { StatementContent } from './joint-statement.ts'

export type StatementLine = { label: string; value: string; isBold: boolean }

/** The statement as the page and the paper tell it: what came, what became of it, what is left. */
export function linesOf(
  content: StatementContent,
  { t, formats }: { t: Translate; formats: Formats },
): StatementLine[] {
  const { vouchers, cents, partCents, creditNotes } = content
  const money = (key: keyof StatementContent['cents'], isBold = false): StatementLine => ({
    ...{ label: t(`joint.cents.${key}`), value: formats.euros(cents[key]), isBold },
  })
  const count = (key: keyof StatementContent['vouchers']): StatementLine => ({
    ...{ label: t(`joint.vouchers.${key}`), value: formats.number(vouchers[key]), isBold: false },
  })
  const ifAny = (key: keyof StatementContent['cents']) => (cents[key] === 0 ? [] : [money(key)])
  return [
    { label: t('joint.part'), value: formats.euros(partCents), isBold: false },
    ...(['issued', 'used', 'expired'] as const).map(count),
    money('received'),
    ...(['movedIn', 'movedOut', 'refunded', 'corrected'] as const).flatMap(ifAny),
    money('used'),
    money('expired', true),
    money('available', true),
    money('credited', true),
    ...ifAny('notInvoiced'),
    ...creditNotes.map((number) => ({ label: t('joint.note'), value: number, isBold: false })),
  ]
}
