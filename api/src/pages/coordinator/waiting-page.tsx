import type { Person } from '../../shared/context.ts'
import { type Day, daysBetween } from '../../shared/days.ts'
import type { MessageKey } from '../../shared/messages.ts'
import type { WaitingItem, WaitingKind } from '../../statistics/waiting-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { counted } from '../components/sentences.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { daysLate } from './home-view.ts'
import { hrefOfWaiting } from './waiting-href.ts'

/** Acts that need nothing but a decision, and who may take them. The use case checks again. */
export const acts = {
  box_on_its_way: ['coordinator'],
  box_to_activate: ['coordinator'],
  bank_account: ['coordinator', 'finance_approver'],
  generation: ['coordinator'],
} as const satisfies Partial<Record<WaitingKind, readonly Person['role'][]>>
export type ActKind = keyof typeof acts
const isActKind = (kind: WaitingKind): kind is ActKind => kind in acts

type WaitingProps = PageProps & {
  kind: WaitingKind
  items: readonly WaitingItem[]
  /** Bank accounts that came with the bank's own paper. */
  documented: ReadonlySet<string>
  today: Day
  query: ListQuery
  /** Why the act was not done. */
  refusal?: string | undefined
}

/** The items behind one line of the home, the oldest first, each with its act. */
export function WaitingPage(props: WaitingProps) {
  const { t, formats, here, kind, items, query } = props
  const title = t(`waiting.${kind}`)
  const columns = columnsOf(props)
  const list = arrange(items, query, { columns, textOf: ({ name }) => name })
  const mayAct = isActKind(kind) && (acts[kind] as readonly string[]).includes(props.person?.role ?? '')
  const size = counted(props, 2).s
  return (
    <Layout
      {...props}
      title={title}
      audience="coordinator"
      lede={
        mayAct
          ? t(`waiting.act.${kind as ActKind}.says`, { size: formats.number(items[0]?.size ?? 0), s: size })
          : undefined
      }
      crumbs={[{ href: '/coordination', label: t('nav.today') }, { label: title }]}
    >
      {props.refusal && (
        <div class="notices">
          <Notice title={t('waiting.refused')} tone="stop" role="alert">
            {props.refusal}
          </Notice>
        </div>
      )}
      {items.length === 0 ? (
        <EmptyState title={t('home.nothing')}>{t('home.nothing.says')}</EmptyState>
      ) : (
        <Section title={title} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('waiting.search')}
            countSays={t('waiting.count', { count: formats.number(list.total) })}
            csvHref={`/coordination/attente/${kind}.csv`}
            isHeld={({ due }) => daysLate(due, props.today) > 0}
          />
        </Section>
      )}
    </Layout>
  )
}

function columnsOf(props: WaitingProps): Column<WaitingItem>[] {
  const { t, formats, kind, today, person } = props
  const hasMoney = props.items.some(({ cents }) => cents !== null)
  const isDated = props.items.some(({ due }) => due !== null)
  const mayAct = isActKind(kind) && (acts[kind] as readonly string[]).includes(person?.role ?? '')
  return [
    {
      key: 'name',
      label: t('waiting.what'),
      sortBy: ({ name }) => name,
      cell: (item) => {
        const href = hrefOfWaiting(item)
        return [href ? <a href={href}>{item.name}</a> : item.name, <Document {...props} item={item} />]
      },
    },
    {
      key: 'since',
      label: t('waiting.since'),
      sortBy: ({ since }) => since ?? '',
      cell: ({ since }) =>
        since
          ? [formats.day(since), <small>{t('waiting.age', counted(props, daysBetween(since, today)))}</small>]
          : '–',
    },
    ...(isDated
      ? [
          {
            key: 'due',
            label: t('waiting.due'),
            sortBy: ({ due }: WaitingItem) => due ?? '',
            cell: ({ due }: WaitingItem) => (due ? formats.day(due) : '–'),
          },
        ]
      : []),
    {
      key: 'size',
      label: t('waiting.size'),
      isNumber: true,
      sortBy: ({ size }) => size,
      cell: ({ size }) => formats.number(size),
    },
    ...(hasMoney
      ? [
          {
            key: 'amount',
            label: t('waiting.amount'),
            isNumber: true,
            sortBy: ({ cents }: WaitingItem) => cents ?? 0,
            cell: ({ cents }: WaitingItem) => formats.wholeEuros(cents ?? 0),
          },
        ]
      : []),
    ...(mayAct
      ? [
          {
            key: 'act',
            label: t('waiting.act'),
            cell: ({ id, size, name }: WaitingItem) => (
              <form method="post" action={`/coordination/attente/${kind}/${id}`} class="no-print">
                <button
                  class="button"
                  type="submit"
                  aria-label={`${t(`waiting.act.${kind}` as MessageKey, { size: formats.number(size) })}, ${name}`}
                >
                  {t(`waiting.act.${kind}` as MessageKey, { size: formats.number(size) })}
                </button>
              </form>
            ),
          },
        ]
      : []),
  ]
}

/** What is verified is read first. */
function Document({ t, kind, documented, person, item: { id, parent } }: WaitingProps & { item: WaitingItem }) {
  if (kind !== 'bank_account' || person?.role === 'auditor') return null
  return (
    <small>
      {documented.has(id) ? (
        <a href={`/api/v1/organisations/${parent}/bank-accounts/${id}/document`}>{t('payee.document.read')}</a>
      ) : (
        t('payee.document.none')
      )}
    </small>
  )
}
