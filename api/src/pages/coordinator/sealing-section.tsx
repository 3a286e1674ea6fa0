import { freezingDay, sealingDays } from '../../periods/period.ts'
import { addMonths, type Day, daysBetween } from '../../shared/days.ts'
import type { PeriodRow } from '../../statistics/scheme-queries.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { SealingProof } from '../components/sealing-proof.tsx'
import { Notice, Tag } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'
import { sealingBlockersOf } from './period-view.ts'

type SealingProps = Pick<PageProps, 't' | 'formats'> & {
  rows: readonly PeriodRow[]
  today: Day
  hasKey: (id: number) => boolean
}

/** What will be sealed and when, what stands in its way, and what was sealed last with its proof. */
export function SealingSection(props: SealingProps) {
  const { t, formats, rows, today } = props
  const coming = rows.filter(({ state }) => state !== 'sealed').sort((a, b) => a.id - b.id)
  const last = rows.find(({ sealedOn }) => sealedOn !== null)
  return (
    <Section title={t('sealing.title')} says={t('sealing.says')}>
      <div class="stack">
        <Table
          caption={t('sealing.coming')}
          rows={coming}
          isHeld={({ month }) => today >= sealingDays(month).reviewsPaidFrom}
          columns={[
            {
              key: 'month',
              label: t('periods.month'),
              cell: ({ month, id }) => [formats.month(month), <small>n° {id}</small>],
            },
            { key: 'from', label: t('sealing.from'), cell: ({ month }) => formats.day(sealingDays(month).from) },
            { key: 'until', label: t('sealing.until'), cell: (row) => untilOf(props, row) },
            { key: 'waits', label: t('sealing.waits'), cell: (row) => waitsOf(props, row) },
          ]}
        />
        {last?.sealedOn ? (
          <div>
            <h3>{t('privacy.sealed')}</h3>
            <SealingProof {...{ t, formats }} sealing={{ ...last, sealedOn: last.sealedOn }} />
          </div>
        ) : (
          <Notice title={t('privacy.sealed.none')}>{t('privacy.sealed.none.next')}</Notice>
        )}
      </div>
    </Section>
  )
}

function untilOf({ t, formats, today }: SealingProps, { month }: PeriodRow) {
  const { until } = sealingDays(month)
  const left = daysBetween(today, until)
  const says = left < 0 ? t('sealing.overdue', { days: -left }) : t('sealing.left', { days: left })
  return [formats.day(until), <small>{says}</small>]
}

function waitsOf(props: SealingProps, row: PeriodRow) {
  const { t, formats } = props
  const blockers = sealingBlockersOf(row, props)
  if (blockers.length === 0) return <Tag tone="run">{t('sealing.ready')}</Tag>
  const { from, reviewsPaidFrom } = sealingDays(row.month)
  const says: Record<(typeof blockers)[number], string> = {
    not_over: t('sealing.waits.not_over', { day: formats.day(addMonths(row.month, 1)) }),
    not_frozen: t('sealing.waits.not_frozen', { day: formats.day(freezingDay(row.month, 3)) }),
    statements: t('periods.blocked.statements', { count: formats.number(row.missingStatements) }),
    reviews: t('periods.blocked.reviews', {
      count: formats.number(row.openReviews),
      day: formats.day(reviewsPaidFrom),
    }),
    key: t('periods.blocked.key'),
    older: t('sealing.waits.older'),
    too_early: t('sealing.waits.too_early', { day: formats.day(from) }),
  }
  return (
    <ul>
      {blockers.map((blocker) => (
        <li>{says[blocker]}</li>
      ))}
    </ul>
  )
}
