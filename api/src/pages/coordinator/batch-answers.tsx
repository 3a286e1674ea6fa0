import type { Batch } from '../../payouts/batch-queries.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Tag, type Tone } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'
import { type BatchLine, sumOf } from './batch-view.ts'

export const payoutTones: Record<string, Tone> = {
  pending: 'hold',
  accepted: 'run',
  booked: 'done',
  rejected: 'stop',
  returned: 'stop',
  withdrawn: 'plain',
}

/** What the bank said of a batch that left, summed up; before that there is nothing to answer. */
export function Answers({ batch, lines, t, formats }: PageProps & { batch: Batch; lines: readonly BatchLine[] }) {
  if (batch.state !== 'exported' && batch.state !== 'sent') return null
  const rows = Object.keys(payoutTones)
    .map((state) => ({ state, of: lines.filter((line) => line.state === state) }))
    .filter(({ of }) => of.length > 0)
  return (
    <Section title={t('batch.answers')} says={t('batch.answers.says')}>
      <Table
        rows={rows}
        columns={[
          {
            key: 'state',
            label: t('batches.state'),
            cell: ({ state }) => <Tag tone={payoutTones[state] ?? 'plain'}>{t(`payout.${state}` as MessageKey)}</Tag>,
          },
          {
            key: 'count',
            label: t('batch.answers.payouts'),
            isNumber: true,
            cell: ({ of }) => formats.number(of.length),
          },
          { key: 'amount', label: t('batch.amount'), isNumber: true, cell: ({ of }) => formats.euros(sumOf(of)) },
        ]}
      />
    </Section>
  )
}
