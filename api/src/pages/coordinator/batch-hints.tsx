import type { Batch } from '../../payouts/batch-queries.ts'
import type { Oddity } from '../../payouts/oddity.ts'
import type { Column } from '../components/data-table.tsx'
import { Notice } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'
import type { BatchLine } from './batch-view.ts'

/** By the id of its line. */
export type Oddities = ReadonlyMap<string, readonly Oddity[]>

export const oddityWords = (oddities: readonly Oddity[], { t, formats }: Pick<PageProps, 't' | 'formats'>): string =>
  oddities
    .map((oddity) =>
      t(`oddity.${oddity.kind}`, {
        days: oddity.kind === 'account_new' ? formats.number(oddity.days) : '',
        median: oddity.kind === 'amount_high' ? formats.euros(oddity.medianCents) : '',
      }),
    )
    .join(', ')

/** A line may leave before the approval: its money is payable again, and the list that is approved is another one. */
export function withdrawColumn({ t, person }: PageProps, batch: Pick<Batch, 'id' | 'state'>): Column<BatchLine>[] {
  if (batch.state !== 'frozen' || person?.role === 'auditor') return []
  const cell = ({ id, state, organisation }: BatchLine) =>
    state === 'pending' && (
      <details class="data no-print">
        <summary aria-label={`${t('batch.withdraw')}, ${organisation}`}>{t('batch.withdraw')}</summary>
        <form method="post" action={`/coordination/remises/${batch.id}/retrait`} class="stack-s">
          <input type="hidden" name="payout" value={id} />
          <label>
            {t('batch.withdraw.reason')}
            <input name="reason" required minlength={3} maxlength={300} />
          </label>
          <button class="button" type="submit">
            {t('batch.withdraw.do')}
          </button>
        </form>
      </details>
    )
  return [{ key: 'withdraw', label: t('batch.withdraw'), cell }]
}

/** Before an approval: how many lines are out of the ordinary, and what can be done about one. */
export function LookFirst({
  t,
  formats,
  lines,
  oddities,
}: PageProps & { lines: readonly BatchLine[]; oddities: Oddities }) {
  const odd = lines.filter(({ id, state }) => state !== 'withdrawn' && (oddities.get(id) ?? []).length > 0)
  if (odd.length === 0) return null
  const amount = formats.euros(odd.reduce((sum, { cents }) => sum + cents, 0))
  return (
    <Notice
      tone="wait"
      title={t('oddity.title', { count: formats.number(odd.length), whole: formats.number(lines.length), amount })}
    >
      {t('oddity.says')}
    </Notice>
  )
}
