import type { StatementSummary } from '../../payouts/read-statements.ts'
import { netCents } from '../../payouts/statement.ts'
import { type Column, Table } from '../components/data-table.tsx'
import type { PageProps } from '../page-props.tsx'
import { StatementTag, statementHref, statementName } from './statement-words.tsx'

/** One line a month. What stands in a statement is behind its name. */
export const statementColumns = ({ t, formats }: Pick<PageProps, 't' | 'formats'>): Column<StatementSummary>[] => [
  {
    key: 'bordereau',
    label: t('statement.one'),
    sortBy: ({ number }) => number ?? Number.MAX_SAFE_INTEGER,
    cell: (statement) => <a href={statementHref(statement)}>{statementName({ t }, statement)}</a>,
  },
  { key: 'mois', label: t('statement.month'), sortBy: ({ month }) => month, cell: ({ month }) => formats.month(month) },
  {
    key: 'cheques',
    label: t('statement.vouchers'),
    isNumber: true,
    sortBy: ({ voucherCount }) => voucherCount,
    cell: ({ voucherCount }) => formats.number(voucherCount),
  },
  {
    key: 'montant',
    label: t('statement.amount'),
    isNumber: true,
    sortBy: netCents,
    cell: (statement) => formats.euros(netCents(statement)),
  },
  { key: 'etat', label: t('statement.state'), cell: (statement) => <StatementTag t={t} statement={statement} /> },
  {
    key: 'verse',
    label: t('statement.payable'),
    sortBy: ({ payableOn }) => payableOn,
    cell: ({ payableOn }) => formats.day(payableOn),
  },
  {
    key: 'fichiers',
    label: t('statement.files'),
    cell: (statement) =>
      statement.number === null ? (
        <span class="soft">{t('statement.files.later')}</span>
      ) : (
        <>
          <a
            href={statementHref(statement, 'pdf')}
            aria-label={t('statement.file_of', { file: 'PDF', name: statementName({ t }, statement) })}
          >
            PDF
          </a>
          {' · '}
          <a
            href={statementHref(statement, 'csv')}
            aria-label={t('statement.file_of', { file: 'CSV', name: statementName({ t }, statement) })}
          >
            CSV
          </a>
        </>
      ),
  },
]

export const StatementTable = ({
  t,
  formats,
  statements,
}: Pick<PageProps, 't' | 'formats'> & { statements: readonly StatementSummary[] }) => (
  <Table columns={statementColumns({ t, formats })} rows={statements} />
)
