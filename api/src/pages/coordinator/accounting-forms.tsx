import type { DescribedAccount } from '../../accounting/holder-queries.ts'
import { type Invoice, invoiceNumber } from '../../accounting/invoice.ts'
import type { CallInList } from '../../accounting/invoice-queries.ts'
import { Table } from '../components/data-table.tsx'
import { Figures } from '../components/figures.tsx'
import { ChoiceField, FormErrors, type FormState, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { accountingPath } from './accounting-page.tsx'

const crumbs = ({ t }: PageProps, label: string) => [{ href: accountingPath, label: t('accounting.title') }, { label }]

/** Who invoices for the money on a paying account. Papers that are made keep what was said before. */
export function HolderPage({ account, form, ...page }: PageProps & { account: DescribedAccount; form: FormState }) {
  const { t } = page
  const { holder } = account
  const given = form.values.siret === undefined && holder ? { ...form, values: { ...holder } } : form
  const title = t('accounting.holder.title', { name: account.name })
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      lede={t('accounting.holder.says')}
      crumbs={crumbs(page, title)}
    >
      <Section title={t('accounting.holder')}>
        <form class="form" method="post" action={`${accountingPath}/titulaires/${account.id}`} novalidate>
          <FormErrors
            t={t}
            form={form}
            labels={{
              siret: 'invoice.siret',
              address: 'accounting.holder.address',
              vatMention: 'accounting.holder.vat',
            }}
          />
          <TextField name="siret" label={t('invoice.siret')} form={given} isCode maxlength={20} autocomplete="off" />
          <TextField name="address" label={t('accounting.holder.address')} form={given} maxlength={300} />
          <TextField
            name="vatMention"
            label={t('accounting.holder.vat')}
            hint={t('accounting.holder.vat.says')}
            form={given}
            maxlength={300}
          />
          <button class="button button-main" type="submit">
            {t('accounting.holder.do')}
          </button>
        </form>
      </Section>
    </Layout>
  )
}

/** The invoice of a funding call, before it is made. */
export function CallPage({ call, form, ...page }: PageProps & { call: CallInList; form: FormState }) {
  const { t, formats } = page
  const title = t('accounting.call.title', { reference: call.reference })
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      lede={`${call.funder}, ${call.campaign}`}
      crumbs={crumbs(page, title)}
    >
      <Section title={t('accounting.issue')} says={t('accounting.issue.says')}>
        <form class="form" method="post" action={`${accountingPath}/appels/${call.id}`} novalidate>
          <FormErrors
            t={t}
            form={form}
            labels={{
              ...{ serviceCode: 'invoice.service_code', commitmentNumber: 'invoice.commitment', fee: 'invoice.fee' },
            }}
          />
          <Figures
            items={[
              {
                label: t('accounting.asked'),
                value: formats.euros(call.amountCents),
                of: t('accounting.called.on', { day: formats.day(call.calledOn) }),
              },
            ]}
          />
          <TextField
            name="serviceCode"
            label={t('invoice.service_code')}
            form={form}
            maxlength={50}
            isOptional
            isCode
          />
          <TextField
            name="commitmentNumber"
            label={t('invoice.commitment')}
            hint={t('accounting.platform.says')}
            form={form}
            maxlength={50}
            isOptional
            isCode
          />
          <TextField
            name="fee"
            label={t('invoice.fee')}
            hint={t('accounting.fee.says')}
            form={form}
            isOptional
            inputmode="text"
          />
          <button class="button button-main" type="submit">
            {t('accounting.issue')}
          </button>
        </form>
      </Section>
    </Layout>
  )
}

type InvoiceProps = PageProps & {
  invoice: Invoice
  credited: Invoice | undefined
  notes: readonly Invoice[]
  mayCredit: boolean
  form: FormState
}

/** One invoice or credit note: what it says, what was credited of it, and how to credit the rest. */
export function InvoicePage({ invoice, credited, notes, mayCredit, form, ...page }: InvoiceProps) {
  const { t, formats } = page
  const title = `${t(`invoice.kind.${invoice.kind}`)} ${invoiceNumber(invoice)}`
  const leftCents = invoice.amountCents - notes.reduce((sum, { amountCents }) => sum + amountCents, 0)
  const facts: [string, string | null][] = [
    [t('accounting.subject'), invoice.subject],
    [t('accounting.customer'), invoice.customerName],
    [t('accounting.customer.siret'), invoice.customerSiret],
    [t('invoice.service_code'), invoice.serviceCode],
    [t('invoice.commitment'), invoice.commitmentNumber],
    [t('accounting.holder'), `${invoice.issuerName}, ${invoice.issuerAddress}`],
    [t('invoice.fee'), invoice.feeCents > 0 ? formats.euros(invoice.feeCents) : t('invoice.no_fee')],
    [t('accounting.holder.vat'), invoice.vatMention],
  ]
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      lede={t('accounting.invoice.lede', {
        day: formats.day(invoice.issuedOn),
        amount: formats.euros(invoice.amountCents),
      })}
      crumbs={crumbs(page, title)}
      tools={
        <a class="button" href={`/api/v1/invoices/${invoice.id}/paper.pdf`}>
          PDF
        </a>
      }
    >
      <Section
        title={t('accounting.paper')}
        says={credited && t('invoice.credits', { number: invoiceNumber(credited) })}
      >
        <dl class="stack-s">
          {facts.map(([name, value]) =>
            value === null ? null : (
              <div>
                <dt class="small soft">{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      </Section>
      {invoice.kind === 'invoice' && (
        <Section
          title={t('accounting.credits')}
          says={t('accounting.credits.says', { left: formats.euros(leftCents) })}
        >
          <div class="stack">
            {notes.length > 0 && <Notes {...page} notes={notes} />}
            {mayCredit && leftCents > 0 && <CreditForm {...page} invoice={invoice} form={form} />}
          </div>
        </Section>
      )}
    </Layout>
  )
}

const Notes = ({ notes, t, formats }: PageProps & { notes: readonly Invoice[] }) => (
  <Table
    rows={notes}
    columns={[
      {
        key: 'number',
        label: t('accounting.number'),
        cell: (note) => <a href={`${accountingPath}/factures/${note.id}`}>{invoiceNumber(note)}</a>,
      },
      { key: 'subject', label: t('accounting.subject'), cell: ({ subject }) => subject },
      { key: 'day', label: t('bank.day'), cell: ({ issuedOn }) => formats.day(issuedOn) },
      { key: 'amount', label: t('bank.amount'), isNumber: true, cell: (note) => formats.euros(-note.amountCents) },
    ]}
  />
)

const CreditForm = ({ invoice, form, t }: PageProps & { invoice: Invoice; form: FormState }) => (
  <form class="form no-print" method="post" action={`${accountingPath}/factures/${invoice.id}/avoir`} novalidate>
    <FormErrors t={t} form={form} labels={{ amount: 'accounting.credit.amount', reason: 'accounting.credit.reason' }} />
    <TextField name="amount" label={t('accounting.credit.amount')} hint={t('accounting.euros.says')} form={form} />
    <TextField
      name="reason"
      label={t('accounting.credit.reason')}
      hint={t('accounting.credit.reason.says')}
      form={form}
      maxlength={300}
    />
    <ChoiceField
      name="expiry"
      kind="checkbox"
      label={t('accounting.credit.expiry')}
      hint={t('accounting.credit.expiry.says')}
      form={form}
      options={[{ value: 'yes', label: t('accounting.credit.expiry.yes') }]}
    />
    <button class="button" type="submit">
      {t('accounting.credit.do')}
    </button>
  </form>
)
