import type { ContestRow } from '../../contests/queries.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import type { PageProps } from '../page-props.tsx'

/** What this organisation's phones contested, and what was answered; nothing when nothing was. */
export function Contests({ t, formats, contests }: PageProps & { contests: readonly ContestRow[] }) {
  if (contests.length === 0) return null
  return (
    <Section title={t('venue.contests')} says={t('venue.contests.says')}>
      <Table
        rows={contests}
        columns={[
          { key: 'refusal', label: t('contests.refusal'), cell: ({ refusal }) => t(`refusal.${refusal}`) },
          {
            key: 'venue',
            label: t('retold.venue'),
            cell: ({ venue, serviceCode, day }) => [venue, <small>{`${serviceCode}, ${formats.day(day)}`}</small>],
          },
          { key: 'reason', label: t('contests.reason'), cell: ({ reason }) => t(`contest.reason.${reason}`) },
          {
            key: 'answer',
            label: t('contests.answer'),
            cell: ({ state, answer }) => [
              <b>{t(`contest.state.${state}`)}</b>,
              <small>
                {state === 'upheld' ? answer && t(`contest.answer.${answer}`) : t(`contest.state.${state}.next`)}
              </small>,
            ],
          },
        ]}
      />
    </Section>
  )
}
