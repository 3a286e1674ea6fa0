import { freezingDay, sealingDays } from '../../periods/period.ts'
import { addMonths, type Day } from '../../shared/days.ts'
import type { PeriodRow } from '../../statistics/scheme-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { counted } from '../components/sentences.tsx'
import { Notice, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { type Blocker, blockersOf } from './period-view.ts'
import { SealingSection } from './sealing-section.tsx'

type PeriodsProps = PageProps & {
  rows: readonly PeriodRow[]
  today: Day
  hasKey: (id: number) => boolean
  query: ListQuery
  mayAct: boolean
}

const tones: Record<PeriodRow['state'], Tone> = {
  open: 'run',
  closed: 'hold',
  frozen: 'hold',
  sealing: 'hold',
  sealed: 'done',
}

/** The months and what holds up the next step of each. */
export function PeriodsPage(props: PeriodsProps) {
  const { t, formats, here, rows, query } = props
  const columns = columnsOf(props)
  const list = arrange(rows, query, { columns, textOf: ({ month, id }) => `${formats.month(month)} ${month} ${id}` })
  return (
    <Layout {...props} title={t('periods.title')} audience="coordinator" lede={t('periods.lede')}>
      <Acts {...props} />
      <SealingSection {...props} />
      <Section title={t('periods.title')} isWide>
        <DataTable
          {...{ t, formats, here, columns, list, query }}
          searchLabel={t('periods.search')}
          countSays={t('periods.count', { count: formats.number(list.total) })}
          csvHref="/coordination/mois.csv"
          isHeld={(row) => blockersOf(row, props).length > 0}
        />
      </Section>
    </Layout>
  )
}

function columnsOf(props: PeriodsProps): Column<PeriodRow>[] {
  const { t, formats } = props
  return [
    {
      key: 'month',
      label: t('periods.month'),
      sortBy: ({ id }) => id,
      cell: ({ month, id }) => [formats.month(month), <small>n° {id}</small>],
    },
    {
      key: 'state',
      label: t('periods.state'),
      sortBy: ({ state }) => state,
      cell: ({ state }) => <Tag tone={tones[state]}>{t(`period.${state}`)}</Tag>,
    },
    {
      key: 'accepted',
      label: t('periods.accepted'),
      isNumber: true,
      sortBy: ({ accepted }) => accepted,
      cell: ({ accepted }) => formats.number(accepted),
    },
    {
      key: 'statements',
      label: t('periods.statements'),
      isNumber: true,
      cell: ({ statements }) => formats.number(statements),
    },
    {
      key: 'amount',
      label: t('periods.amount'),
      isNumber: true,
      sortBy: ({ statementCents }) => statementCents,
      cell: ({ statementCents }) => formats.wholeEuros(statementCents),
    },
    {
      key: 'next',
      label: t('periods.next'),
      cell: (row) => [
        nextStep(props, row),
        ...(row.auditHash ? [<small class="code">{row.auditHash.slice(0, 16)}…</small>] : []),
        ...blockersOf(row, props).map((blocker) => <small>{blockerText(props, row, blocker)}</small>),
      ],
    },
  ]
}

export function nextStep({ t, formats }: Pick<PageProps, 't' | 'formats'>, row: PeriodRow): string {
  const { state, month, sealedOn, isAbandoned } = row
  const { from, until } = sealingDays(month)
  if (isAbandoned && state !== 'sealed') return t('periods.abandoned')
  if (state === 'open') return t('periods.next.open', { day: formats.day(addMonths(month, 1)) })
  if (state === 'closed') return t('periods.next.freeze', { day: formats.day(freezingDay(month, 3)) })
  if (state === 'frozen') return t('periods.next.seal', { from: formats.day(from), until: formats.day(until) })
  if (state === 'sealing') return t('periods.next.sealing')
  return sealedOn ? t('periods.next.sealed', { day: formats.day(sealedOn) }) : t('period.sealed')
}

function blockerText({ t, formats }: Pick<PageProps, 't' | 'formats'>, row: PeriodRow, blocker: Blocker): string {
  if (blocker === 'statements') return t('periods.blocked.statements', { count: formats.number(row.missingStatements) })
  if (blocker === 'reviews')
    return t('periods.blocked.reviews', {
      count: formats.number(row.openReviews),
      day: formats.day(sealingDays(row.month).reviewsPaidFrom),
    })
  return t(`periods.blocked.${blocker}`)
}

/** Steps that a person may take: freezing a month that is over, and in the demo closing the open one ahead. */
function Acts(props: PeriodsProps) {
  const { t, formats, rows, isDemo, mayAct } = props
  if (!mayAct) return null
  const act = ({ id, month, accepted }: PeriodRow, name: 'freeze' | 'close') => {
    const monthName = formats.month(month)
    return (
      <Notice
        title={t(`periods.${name}`, { month: monthName })}
        tone="wait"
        action={
          <form method="post" action={`/coordination/mois/${id}/${name === 'freeze' ? 'arret' : 'cloture'}`}>
            <button class={name === 'freeze' ? 'button button-main' : 'button'} type="submit">
              {t(`periods.${name}`, { month: monthName })}
            </button>
          </form>
        }
      >
        {t(`periods.${name}.says`, { ...counted(props, accepted), month: monthName })}
      </Notice>
    )
  }
  return (
    <div class="notices no-print">
      {rows.filter(({ state }) => state === 'closed').map((row) => act(row, 'freeze'))}
      {isDemo && rows.filter(({ state }) => state === 'open').map((row) => act(row, 'close'))}
    </div>
  )
}
