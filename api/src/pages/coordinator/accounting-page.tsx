import { type Invoice, invoiceNumber } from '../../accounting/invoice.ts'
import { type Column, Table } from '../components/data-table.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export type CallToInvoice = { id: string; reference: string; amountCents: number; calledOn: string }
export type AccountingFacts = {
  invoices: readonly Invoice[]
  calls: readonly CallToInvoice[]
  accounts: readonly { id: string; name: string }[]
}

/** What the accountant takes along: the journal of each account, and what was invoiced to funders. */
export function AccountingPage({
  facts,
  mayIssue,
  ...page
}: PageProps & { facts: AccountingFacts; mayIssue: boolean }) {
  const { t, formats } = page
  const columns: Column<CallToInvoice>[] = [
    { key: 'reference', label: t('accounting.call'), isCode: true, cell: ({ reference }) => reference },
    { key: 'day', label: t('bank.day'), cell: ({ calledOn }) => formats.day(calledOn) },
    { key: 'amount', label: t('bank.amount'), isNumber: true, cell: (call) => formats.euros(call.amountCents) },
  ]
  return (
    <Layout
      {...page}
      title={t('accounting.title')}
      audience="coordinator"
      head={
        <PageHead
          title={t('accounting.title')}
          lede={t('accounting.lede')}
          crumbs={[{ href: '/coordination/banque', label: t('bank.title') }, { label: t('accounting.title') }]}
        />
      }
    >
      <Section title={t('accounting.journal')} says={t('accounting.journal.says')}>
        <ul>
          {facts.accounts.map(({ id, name }) => (
            <li>
              {name}
              {' · '}
              <a href={`/api/v1/paying-accounts/${id}/journal`}>{t('accounting.journal.txt')}</a>
              {' · '}
              <a href={`/api/v1/paying-accounts/${id}/journal?format=csv`}>{t('accounting.journal.csv')}</a>
            </li>
          ))}
        </ul>
      </Section>
      {facts.calls.length > 0 && (
        <Section title={t('accounting.calls')} isWide>
          <Table rows={facts.calls} columns={mayIssue ? [...columns, issueColumn(page)] : columns} />
        </Section>
      )}
      <Invoices {...page} invoices={facts.invoices} />
    </Layout>
  )
}

const issueColumn = ({ t }: PageProps): Column<CallToInvoice> => ({
  key: 'issue',
  label: t('accounting.issue'),
  cell: ({ id }) => (
    <form class="stack-s" method="post" action={`/coordination/comptes/${id}`}>
      <label>
        {t('invoice.service_code')}
        <input name="serviceCode" maxlength={50} />
      </label>
      <label>
        {t('invoice.commitment')}
        <input name="commitmentNumber" maxlength={50} />
      </label>
      <button class="button" type="submit">
        {t('accounting.issue')}
      </button>
    </form>
  ),
})

const Invoices = ({ invoices, t, formats }: PageProps & { invoices: readonly Invoice[] }) => (
  <Section title={t('accounting.invoices')} says={t('accounting.invoices.says')} isWide>
    {invoices.length === 0 ? (
      <p>{t('accounting.invoices.none')}</p>
    ) : (
      <Table
        rows={invoices}
        columns={[
          {
            key: 'number',
            label: t('accounting.number'),
            cell: (invoice) => <a href={`/api/v1/invoices/${invoice.id}/paper.pdf`}>{invoiceNumber(invoice)}</a>,
          },
          { key: 'kind', label: t('accounting.kind'), cell: ({ kind }) => t(`invoice.kind.${kind}`) },
          { key: 'customer', label: t('accounting.customer'), cell: ({ customerName }) => customerName },
          { key: 'day', label: t('bank.day'), cell: ({ issuedOn }) => formats.day(issuedOn) },
          { key: 'amount', label: t('bank.amount'), isNumber: true, cell: (row) => formats.euros(row.amountCents) },
        ]}
      />
    )}
  </Section>
)
