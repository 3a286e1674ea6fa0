import type { Batch } from '../../payouts/batch-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { counted } from '../components/sentences.tsx'
import { EmptyState, Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { batchTones } from './batch-page.tsx'

type BatchesProps = PageProps & {
  batches: readonly Batch[]
  payable: { count: number; cents: number }
  query: ListQuery
  mayPrepare: boolean
}

/** Every batch, the newest first, and the way to start one. */
export function BatchesPage(props: BatchesProps) {
  const { t, formats, here, batches, query } = props
  const columns: Column<Batch>[] = [
    {
      key: 'number',
      label: t('batches.number'),
      sortBy: ({ number }) => number,
      cell: ({ id, number }) => <a href={`/coordination/remises/${id}`}>n° {number}</a>,
    },
    {
      key: 'state',
      label: t('batches.state'),
      sortBy: ({ state }) => state,
      cell: ({ state }) => <Tag tone={batchTones[state]}>{t(`batch.${state}`)}</Tag>,
    },
    {
      key: 'prepared',
      label: t('batches.prepared'),
      sortBy: ({ preparedOn }) => preparedOn,
      cell: ({ preparedOn }) => formats.day(preparedOn),
    },
    {
      key: 'executes',
      label: t('batches.executes'),
      sortBy: ({ executesOn }) => executesOn,
      cell: ({ executesOn }) => formats.day(executesOn),
    },
    {
      key: 'total',
      label: t('batches.total'),
      isNumber: true,
      sortBy: ({ totalCents }) => totalCents ?? 0,
      cell: ({ totalCents }) => (totalCents === null ? '' : formats.euros(totalCents)),
    },
  ]
  const list = arrange(batches, query, { columns, textOf: ({ number, state }) => `${number} ${t(`batch.${state}`)}` })
  return (
    <Layout {...props} title={t('batches.title')} audience="coordinator" lede={t('batches.lede')}>
      <Prepare {...props} />
      {batches.length === 0 ? (
        <EmptyState title={t('batches.none')}>{t('batches.none.says')}</EmptyState>
      ) : (
        <Section title={t('batches.title')} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('batches.search')}
            countSays={t('batches.count', { count: formats.number(list.total) })}
            csvHref="/coordination/remises.csv"
          />
        </Section>
      )}
    </Layout>
  )
}

function Prepare(props: BatchesProps) {
  const { t, formats, payable, mayPrepare, batches } = props
  const draft = batches.find(({ state }) => state === 'draft')
  if (!mayPrepare || draft) return null
  const hasMoney = payable.count > 0
  return (
    <div class="notices no-print">
      <Notice
        title={t(hasMoney ? 'batches.prepare' : 'batches.prepare.nothing')}
        tone={hasMoney ? 'wait' : 'info'}
        action={
          hasMoney && (
            <form method="post" action="/coordination/remises/preparation">
              <button class="button button-main" type="submit">
                {t('batches.prepare')}
              </button>
            </form>
          )
        }
      >
        {hasMoney
          ? t('batches.prepare.says', { ...counted(props, payable.count), amount: formats.euros(payable.cents) })
          : t('batches.prepare.nothing.says')}
      </Notice>
    </div>
  )
}
