import type { StatementSummary } from '../../payouts/read-statements.ts'
import { Tag, type Tone } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'

const tones: Record<StatementSummary['state'], Tone> = {
  open: 'run',
  closed: 'hold',
  frozen: 'hold',
  in_payment: 'run',
  paid: 'done',
}

export const StatementTag = ({ t, statement }: Pick<PageProps, 't'> & { statement: StatementSummary }) => (
  <Tag tone={tones[statement.state]}>{t(`statement.state.${statement.state}`)}</Tag>
)

/** A running statement has no number yet. */
export const statementName = ({ t }: Pick<PageProps, 't'>, { number }: Pick<StatementSummary, 'number'>) =>
  number === null ? t('statement.running') : t('statement.number', { number })

export const statementHref = ({ id }: Pick<StatementSummary, 'id'>, file?: 'csv' | 'pdf') =>
  `/lieu/bordereaux/${id}${file ? `/bordereau.${file}` : ''}`
