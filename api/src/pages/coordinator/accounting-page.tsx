import type { DescribedAccount } from '../../accounting/holder-queries.ts'
import type { Invoice } from '../../accounting/invoice.ts'
import type { CallInList } from '../../accounting/invoice-queries.ts'
import type { Day } from '../../shared/days.ts'
import { Calls, Invoices } from '../accounting/papers.tsx'
import type { Column } from '../components/data-table.tsx'
import type { ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export type AccountingFacts = {
  invoices: readonly Invoice[]
  calls: readonly CallInList[]
  accounts: readonly DescribedAccount[]
  funders: readonly { id: string; name: string }[]
}
type Props = PageProps & { facts: AccountingFacts; mayIssue: boolean; query: ListQuery; today: Day }

export const accountingPath = '/coordination/comptes'

/** What the accountant takes along: who invoices, the journal of each account, what was called, invoiced and credited. */
export function AccountingPage({ facts, mayIssue, query, today, ...page }: Props) {
  const { t } = page
  const { accounts, calls, invoices, funders } = facts
  const waiting = calls.filter(({ invoiceId }) => invoiceId === null)
  return (
    <Layout
      {...page}
      title={t('accounting.title')}
      audience="coordinator"
      lede={t('accounting.lede')}
      crumbs={[{ href: '/coordination/banque', label: t('bank.title') }, { label: t('accounting.title') }]}
    >
      <Section title={t('accounting.holders')} says={t('accounting.journal.says')}>
        <div class="stack">
          {accounts.map((account) => (
            <Account {...page} account={account} mayIssue={mayIssue} />
          ))}
        </div>
      </Section>
      {waiting.length > 0 && (
        <Section title={t('accounting.calls')} says={t('accounting.calls.says')} isWide>
          <Calls
            {...page}
            calls={waiting}
            today={today}
            isOfOneFunder={false}
            {...(mayIssue ? { more: issueColumn(page) } : {})}
          />
        </Section>
      )}
      <Section title={t('accounting.invoices')} says={t('accounting.invoices.says')} isWide>
        {invoices.length === 0 ? (
          <EmptyState title={t('accounting.invoices.none')}>{t('accounting.invoices.none.next')}</EmptyState>
        ) : (
          <Invoices
            {...page}
            {...{ invoices, query }}
            csvHref={`${accountingPath}.csv`}
            hrefOf={({ id }) => `${accountingPath}/factures/${id}`}
            isOfOneFunder={false}
          />
        )}
      </Section>
      <Section title={t('annual.titles')} says={t('annual.says')}>
        <ul class="stack-s">
          {funders.map(({ id, name }) => (
            <li>
              <a href={`/financeur/compte-annuel?financeur=${id}`}>{name}</a>
            </li>
          ))}
        </ul>
      </Section>
    </Layout>
  )
}

/** Who invoices for the money on this account, and its journal; without a holder there is neither. */
function Account({
  account: { id, name, holder },
  mayIssue,
  t,
}: PageProps & { account: DescribedAccount; mayIssue: boolean }) {
  const change = mayIssue && (
    <a class="button no-print" href={`${accountingPath}/titulaires/${id}`}>
      {t(holder ? 'accounting.holder.change' : 'accounting.holder.describe')}
    </a>
  )
  if (!holder)
    return (
      <Notice tone="wait" title={t('accounting.holder.none', { name })} action={change}>
        {t('accounting.holder.none.says')}
      </Notice>
    )
  return (
    <Notice title={`${name}, ${holder.name}`} action={change}>
      <p>
        {holder.address}
        <br />
        {t('invoice.siret')} <span class="code">{holder.siret}</span>
      </p>
      <p class="small soft">{holder.vatMention}</p>
      <p class="small">
        {t('accounting.journal')}
        {' · '}
        <a href={`/api/v1/paying-accounts/${id}/journal`}>{t('accounting.journal.txt')}</a>
        {' · '}
        <a href={`/api/v1/paying-accounts/${id}/journal?format=csv`}>{t('accounting.journal.csv')}</a>
      </p>
    </Notice>
  )
}

const issueColumn = ({ t }: PageProps): Column<CallInList> => ({
  key: 'issue',
  label: t('accounting.issue'),
  cell: ({ id }) => (
    <a class="button" href={`${accountingPath}/appels/${id}`}>
      {t('accounting.issue')}
    </a>
  ),
})
