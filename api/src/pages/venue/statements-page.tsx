import type { StatementSummary } from '../../payouts/read-statements.ts'
import { DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { statementColumns } from './statement-table.tsx'

type StatementsProps = PageProps & { statements: readonly StatementSummary[]; query: ListQuery; organisation: string }

/** Every month, the newest first. */
export function StatementsPage({ statements, query, organisation, ...page }: StatementsProps) {
  const { t, formats, here } = page
  const columns = statementColumns(page)
  const textOf = ({ number, month, state }: StatementSummary) =>
    `${number ?? ''} ${formats.month(month)} ${t(`statement.state.${state}`)}`
  const list = arrange(statements, query, { columns, textOf })
  const countKey = list.total === 1 ? 'venue.statements.count.one' : 'venue.statements.count'
  return (
    <Layout {...page} title={t('nav.statements')} audience="venue" tenant={organisation}>
      <DataTable
        t={t}
        formats={formats}
        here={here}
        columns={columns}
        list={list}
        query={query}
        searchLabel={t('venue.statements.search')}
        countSays={t(countKey, { count: formats.number(list.total) })}
        csvHref="/lieu/bordereaux.csv"
      />
    </Layout>
  )
}
