import type { DemoAccount } from '../../accounts/demo-accounts.ts'
import { isStrict } from '../../accounts/session-rules.ts'
import { CodeField, FormErrors, type FormState, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { RoleList } from '../role-list.tsx'
import { PasskeyForm } from './passkey-form.tsx'

export type SignInProps = PageProps & {
  /** A page of this site, or empty: where the role works. */
  to: string
  form: FormState
  accounts: readonly DemoAccount[]
  provider: string | undefined
}

/** The ways in; and, for somebody who is in, the same ways to prove it again. */
export function SignInPage(props: SignInProps) {
  const { t, person, accounts, to, isDemo } = props
  const asks = person ? 'sign_in.proof' : 'sign_in'
  const title = t(`${asks}.title`)
  const needsPasskey = person !== undefined && isStrict(person.role)
  const own = person ? accounts.filter(({ role, name }) => role === person.role && name === person.name) : accounts
  return (
    <Layout {...props} title={title} lede={t(`${asks}.lede`)}>
      <Section title={t('sign_in.passkey')} says={t('sign_in.passkey.says')}>
        <PasskeyForm t={t} act="show" label={t('sign_in.passkey.go')} to={to} />
      </Section>
      {!needsPasskey && <CodeForm {...props} />}
      {!needsPasskey && <Provider {...props} />}
      {isDemo && (
        <Section title={t('sign_in.demo')} says={t('reserved.demo')} id="roles" isWide>
          <RoleList t={t} accounts={own} to={to} />
          <p class="under">
            <a href="/demo/courriels">{t('sign_in.mailbox')}</a>
          </p>
        </Section>
      )}
    </Layout>
  )
}

const CodeForm = ({ t, to, form }: SignInProps) => (
  <Section title={t('sign_in.code')} says={t('sign_in.code.says')}>
    <form class="form" method="post" action="/connexion">
      <FormErrors t={t} form={form} labels={{ email: 'sign_in.email' }} />
      <input type="hidden" name="to" value={to} />
      <TextField
        name="email"
        type="email"
        label={t('sign_in.email')}
        hint={t('sign_in.email.hint')}
        form={form}
        autocomplete="username"
        maxlength={254}
      />
      <button class="button" type="submit">
        {t('sign_in.code.ask')}
      </button>
    </form>
  </Section>
)

const Provider = ({ t, to, provider }: SignInProps) =>
  provider === undefined ? null : (
    <Section title={t('sign_in.provider', { name: provider })} says={t('sign_in.provider.says')}>
      <p>
        <a class="button" href={`/connexion/fournisseur?to=${encodeURIComponent(to)}`}>
          {t('sign_in.provider.go', { name: provider })}
        </a>
      </p>
    </Section>
  )

/** Says the same whether the address is known or not. */
export const CodePage = ({ form, ...page }: PageProps & { form: FormState }) => {
  const { t } = page
  return (
    <Layout {...page} title={t('code.title')} lede={t('code.lede')}>
      <form class="form" method="post" action="/connexion/code">
        <FormErrors t={t} form={form} labels={{ code: 'code.label' }} />
        <CodeField label={t('code.label')} hint={t('code.hint')} form={form} />
        <button class="button button-main" type="submit">
          {t('code.go')}
        </button>
      </form>
      <p class="under">
        <a href="/connexion">{t('code.again')}</a>
      </p>
    </Layout>
  )
}
