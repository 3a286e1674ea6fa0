import { maskedIban } from '../../venues/bank-account.ts'
import type { BankAccount } from '../../venues/payee-queries.ts'
import type { Organisation } from '../../venues/queries.ts'
import { FormErrors, type FormState, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type BankProps = PageProps & {
  organisation: Organisation
  accounts: readonly BankAccount[]
  documented: ReadonlySet<string>
  form: FormState
  isSent: boolean
}

/** Where the organisation is paid, and how it says so. Nothing is paid on a new account before somebody else verified it. */
export function BankPage({ organisation, accounts, documented, form, isSent, ...page }: BankProps) {
  const { t, formats } = page
  const title = t('venue.account')
  const shown = accounts.filter(({ state }) => state === 'verified' || state === 'submitted')
  const given = { ...form, values: { holderName: organisation.legalName, ...form.values } }
  return (
    <Layout
      {...page}
      title={title}
      audience="venue"
      tenant={organisation.legalName}
      lede={t('payee.lede')}
      crumbs={[{ href: '/lieu', label: t('nav.venue') }, { label: title }]}
    >
      {isSent && (
        <div class="notices">
          <Notice title={t('bank.sent')} tone="good" role="status">
            {t('bank.sent.says')}
          </Notice>
        </div>
      )}
      <Section title={t('bank.now')}>
        {shown.length === 0 ? (
          <p class="soft">{t('venue.account.none')}</p>
        ) : (
          <div class="stack">
            {shown.map(({ id, state, iban, holderName, validFrom }) => (
              <Notice
                title={
                  state === 'verified' && validFrom
                    ? t('venue.account.verified', { day: formats.day(validFrom) })
                    : t('venue.account.submitted')
                }
                tone={state === 'verified' ? 'good' : 'wait'}
              >
                <p>
                  {holderName}, <span class="code">{maskedIban(iban)}</span>
                </p>
                {documented.has(id) && (
                  <p class="small">
                    <a href={`/api/v1/organisations/${organisation.id}/bank-accounts/${id}/document`}>
                      {t('payee.document.read')}
                    </a>
                  </p>
                )}
              </Notice>
            ))}
          </div>
        )}
      </Section>
      <Section title={t('bank.give')} says={t('bank.give.says')}>
        <form class="form" method="post" action="/lieu/compte-bancaire/envoi" enctype="multipart/form-data" novalidate>
          <FormErrors
            t={t}
            form={form}
            labels={{ iban: 'bank.iban', bic: 'bank.bic', holderName: 'bank.holder', document: 'payee.document' }}
          />
          <TextField
            name="holderName"
            label={t('bank.holder')}
            hint={t('bank.holder.says')}
            form={given}
            maxlength={70}
            autocomplete="off"
          />
          <TextField
            name="iban"
            label={t('bank.iban')}
            hint={t('bank.iban.says')}
            form={given}
            maxlength={42}
            isCode
            autocomplete="off"
          />
          <TextField name="bic" label={t('bank.bic')} form={given} maxlength={14} isCode autocomplete="off" />
          <DocumentField {...page} error={form.errors.document} />
          <button class="button button-main" type="submit">
            {t('bank.do')}
          </button>
        </form>
      </Section>
    </Layout>
  )
}

const DocumentField = ({ t, error }: PageProps & { error: string | undefined }) => (
  <div class="field">
    <label for="document">{t('payee.document')}</label>
    <input
      id="document"
      name="document"
      type="file"
      accept="application/pdf,image/png,image/jpeg"
      required
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={error ? 'document-error document-hint' : 'document-hint'}
    />
    {error && (
      <p class="error small" id="document-error">
        {error}
      </p>
    )}
    <p class="small soft" id="document-hint">
      {t('payee.document.says')}
    </p>
  </div>
)
