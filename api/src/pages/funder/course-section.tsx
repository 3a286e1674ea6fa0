import { monthOf } from '../../shared/days.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { isMonthRunning } from '../../statistics/campaign-course.ts'
import { Trajectory } from '../charts/trajectory.tsx'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { shortened, typeset } from '../components/sentences.tsx'
import type { CampaignProps } from './campaign-sections.tsx'

const eventsShown = 6
const eventLength = 140

/** Month by month and in all, with the context where it happened. */
export function CourseSection({ t, formats, facts, base }: CampaignProps) {
  const { campaign, on, months, wanted, waterfall, steering } = facts
  const counts = { count: formats.number(waterfall.redeemed), day: formats.day(on) }
  const says =
    wanted === null
      ? t('funder.course.picture', counts)
      : t('funder.course.picture.target', { ...counts, wanted: formats.number(wanted) })
  const voted = facts.targets.filter(({ indicator }) => indicator === 'vouchers_used')
  const events = [
    ...steering.notes.map((note) => ({ ...note, isDecision: false })),
    ...steering.decisions.map((decision) => ({ ...decision, isDecision: true })),
  ]
    .filter((event) => event.on >= campaign.startsOn && event.on <= on)
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .slice(-eventsShown)
  return (
    <Section
      title={t('funder.course')}
      id="course"
      says={
        <>
          <p>{t('funder.course.says')}</p>
          {voted.length > 0 && <p>{t('funder.course.target')}</p>}
        </>
      }
    >
      <Trajectory
        t={t}
        formats={formats}
        says={says}
        csvHref={`${base}/usages.csv?au=${on}`}
        data={{
          startsOn: campaign.startsOn,
          endsOn: [on, facts.forecast?.used.on ?? campaign.endsOn].sort()[1]!,
          on,
          months: months.map(({ month, redeemed }) => ({
            month,
            count: redeemed,
            isRunning: month === monthOf(on) && isMonthRunning(on),
          })),
          target:
            voted.length > 0 ? voted.map(({ dueOn, target }) => ({ month: monthOf(dueOn), total: target })) : undefined,
          forecast: facts.forecast?.points,
          events: events.map(({ on: from, body, author, isDecision }) => ({
            from,
            says: shortened(typeset(body), eventLength),
            by: author,
            isDecision,
          })),
        }}
      />
    </Section>
  )
}

/** What was voted, what is done, and the gap between them. */
export function TargetsSection({ t, formats, facts }: CampaignProps) {
  if (facts.targets.length === 0) return null
  const named = (indicator: string) => {
    const key = `indicator.${indicator}`
    return key === 'indicator.vouchers_used' || key === 'indicator.books_handed_out' ? t(key as MessageKey) : indicator
  }
  const signed = (gap: number) => (gap > 0 ? `+${formats.number(gap)}` : formats.number(gap))
  return (
    <Section title={t('funder.targets')} says={t('funder.targets.says')} id="targets">
      <Table
        rows={facts.targets}
        columns={[
          { key: 'what', label: t('funder.targets.what'), cell: ({ indicator }) => named(indicator) },
          { key: 'due', label: t('funder.targets.due'), cell: ({ dueOn }) => formats.day(dueOn) },
          {
            key: 'wanted',
            label: t('funder.targets.wanted'),
            isNumber: true,
            cell: ({ target }) => formats.number(target),
          },
          {
            key: 'actual',
            label: t('funder.targets.actual'),
            isNumber: true,
            cell: ({ actual }) => (actual === null ? t('funder.targets.not_counted') : formats.number(actual)),
          },
          {
            key: 'gap',
            label: t('funder.targets.gap'),
            isNumber: true,
            cell: ({ gap }) => (gap === null ? '–' : signed(gap)),
          },
          { key: 'who', label: t('funder.targets.who'), cell: ({ responsible }) => responsible },
        ]}
      />
    </Section>
  )
}
