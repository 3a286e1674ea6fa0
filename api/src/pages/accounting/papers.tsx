import { type Invoice, invoiceNumber } from '../../accounting/invoice.ts'
import type { CallInList } from '../../accounting/invoice-queries.ts'
import type { Day } from '../../shared/days.ts'
import { type CallState, callState } from '../../treasury/call-queries.ts'
import { type Column, DataTable, Table } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Tag, type Tone } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'

type InvoicesProps = PageProps & {
  invoices: readonly Invoice[]
  query: ListQuery
  csvHref: string
  /** Where one of them is read; its paper where there is no page for it. */
  hrefOf: (invoice: Invoice) => string
  isOfOneFunder: boolean
}

const kinds = ['invoice', 'credit_note'] as const

/** Invoices and credit notes: the same list for those who make them and for those who get them. */
export function Invoices({ invoices, query, csvHref, hrefOf, isOfOneFunder, ...page }: InvoicesProps) {
  const { t, formats, here } = page
  const customer: Column<Invoice> = {
    key: 'customer',
    label: t('accounting.customer'),
    sortBy: ({ customerName }) => customerName,
    cell: ({ customerName }) => customerName,
  }
  const columns: Column<Invoice>[] = [
    {
      key: 'number',
      label: t('accounting.number'),
      isCode: true,
      sortBy: invoiceNumber,
      cell: (invoice) => <a href={hrefOf(invoice)}>{invoiceNumber(invoice)}</a>,
    },
    { key: 'kind', label: t('accounting.kind'), cell: ({ kind }) => t(`invoice.kind.${kind}`) },
    ...(isOfOneFunder ? [] : [customer]),
    { key: 'subject', label: t('accounting.subject'), cell: ({ subject }) => subject },
    {
      key: 'day',
      label: t('bank.day'),
      sortBy: ({ issuedOn }) => issuedOn,
      cell: ({ issuedOn }) => formats.day(issuedOn),
    },
    {
      key: 'amount',
      label: t('bank.amount'),
      isNumber: true,
      sortBy: signed,
      cell: (invoice) => formats.euros(signed(invoice)),
    },
    {
      key: 'pdf',
      label: t('accounting.paper'),
      cell: ({ id }) => <a href={`/api/v1/invoices/${id}/paper.pdf`}>PDF</a>,
    },
  ]
  const list = arrange(invoices, query, {
    columns,
    textOf: (invoice) => [invoiceNumber(invoice), invoice.customerName, invoice.subject].join(' '),
    filters: { document: ({ kind }, value) => kind === value },
  })
  const options = kinds.map((kind) => ({ value: kind, label: t(`invoice.kind.${kind}`) }))
  return (
    <DataTable
      {...{ t, formats, here, columns, list, query, csvHref }}
      searchLabel={t('accounting.search')}
      countSays={t('accounting.count', { count: formats.number(list.total) })}
      filters={[{ name: 'document', label: t('accounting.kind'), options }]}
    />
  )
}

/** What a credit note gives back is written with its sign. */
const signed = ({ kind, amountCents }: Pick<Invoice, 'kind' | 'amountCents'>): number =>
  kind === 'invoice' ? amountCents : -amountCents

const tones: Record<CallState, Tone> = { paid: 'done', part: 'run', waiting: 'run', overdue: 'hold' }

type CallsProps = PageProps & {
  calls: readonly CallInList[]
  today: Day
  isOfOneFunder: boolean
  more?: Column<CallInList>
}

/** Funding calls: what was asked, by when, and what came. */
export function Calls({ calls, today, isOfOneFunder, more, t, formats }: CallsProps) {
  return (
    <Table
      rows={calls}
      columns={[
        {
          key: 'reference',
          label: t('accounting.call'),
          cell: ({ reference, campaign }) => (
            <>
              <span class="code">{reference}</span>
              <small>{campaign}</small>
            </>
          ),
        },
        ...(isOfOneFunder
          ? []
          : [{ key: 'funder', label: t('accounting.customer'), cell: ({ funder }: CallInList) => funder }]),
        { key: 'day', label: t('accounting.called'), cell: ({ calledOn }) => formats.day(calledOn) },
        { key: 'due', label: t('accounting.due'), cell: ({ dueOn }) => formats.day(dueOn) },
        {
          key: 'amount',
          label: t('accounting.asked'),
          isNumber: true,
          cell: ({ amountCents }) => formats.euros(amountCents),
        },
        {
          key: 'received',
          label: t('accounting.received'),
          isNumber: true,
          cell: ({ receivedCents }) => formats.euros(receivedCents),
        },
        {
          key: 'state',
          label: t('accounting.state'),
          cell: (call) => {
            const state = callState(call, today)
            return <Tag tone={tones[state]}>{t(`accounting.call.${state}`)}</Tag>
          },
        },
        ...(more ? [more] : []),
      ]}
    />
  )
}
