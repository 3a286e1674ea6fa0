import type { Invoice } from '../../accounting/invoice.ts'
import type { CallInList } from '../../accounting/invoice-queries.ts'
import type { Payee } from '../../accounting/payment-queries.ts'
import type { Day } from '../../shared/days.ts'
import { spacedIban } from '../../venues/bank-account.ts'
import { Calls, Invoices } from '../accounting/papers.tsx'
import type { ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type Props = PageProps & {
  invoices: readonly Invoice[]
  calls: readonly CallInList[]
  payees: readonly Payee[]
  query: ListQuery
  today: Day
  tenant: string | undefined
}

export const invoicesPath = '/financeur/factures'

/** What a funder was asked for, what it paid, and the papers of it. */
export function InvoicesPage({ invoices, calls, payees, query, today, tenant, ...page }: Props) {
  const { t, formats } = page
  const open = calls.reduce((sum, call) => sum + Math.max(0, call.amountCents - call.receivedCents), 0)
  return (
    <Layout
      {...page}
      title={t('nav.invoices')}
      audience="funder"
      tenant={tenant}
      lede={open > 0 ? t('funder.invoices.open', { amount: formats.euros(open) }) : t('funder.invoices.lede')}
      tools={
        <a class="button" href="/financeur/compte-annuel">
          {t('annual.one')}
        </a>
      }
    >
      <Section title={t('funder.calls')} says={t('funder.calls.says')} isWide>
        {calls.length === 0 ? (
          <EmptyState title={t('funder.calls.none')}>{t('funder.calls.none.next')}</EmptyState>
        ) : (
          <div class="stack-s">
            <Calls {...page} calls={calls} today={today} isOfOneFunder />
            {payees.map(({ holderName, iban, bic }) => (
              <p>{t('accounting.pay', { holder: holderName, iban: spacedIban(iban), bic })}</p>
            ))}
          </div>
        )}
      </Section>
      <Section title={t('accounting.invoices')} says={t('funder.invoices.says')} isWide>
        {invoices.length === 0 ? (
          <EmptyState title={t('accounting.invoices.none')}>{t('funder.invoices.none.next')}</EmptyState>
        ) : (
          <Invoices
            {...page}
            {...{ invoices, query }}
            csvHref={`${invoicesPath}.csv`}
            hrefOf={({ id }) => `/api/v1/invoices/${id}/paper.pdf`}
            isOfOneFunder
          />
        )}
      </Section>
    </Layout>
  )
}
