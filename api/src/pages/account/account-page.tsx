import type { Locale } from '../../shared/messages.ts'
import { FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import { type KeyRow, Keys } from './account-keys.tsx'
import { type SessionRow, Sessions, type TokenRow, Tokens } from './account-lists.tsx'

export type AccountView = {
  me: { name: string; email: string; language: Locale }
  keys: readonly KeyRow[]
  sessions: readonly SessionRow[]
  tokens: readonly TokenRow[]
  hasRoles: boolean
  isFresh: boolean
}
export type AccountProps = PageProps & {
  view: AccountView
  form: FormState
  isSaved: boolean
  /** Made a moment ago: its text is on this page and nowhere else. */
  newToken: string | undefined
}

/** Everything a person may know and change about their own account. */
export function AccountPage(props: AccountProps) {
  const { t, view, person, isSaved, newToken } = props
  const lede = t('account.lede', { email: view.me.email, role: person ? t(`role.${person.role}`) : '' })
  const tools = view.hasRoles && (
    <a class="button" href="/compte/roles">
      {t('account.change_role')}
    </a>
  )
  return (
    <Layout {...props} title={t('account.title')} audience={audienceOf(person)} lede={lede} tools={tools}>
      {isSaved && (
        <Notice title={t('account.saved')} tone="good" role="status">
          {''}
        </Notice>
      )}
      {newToken && (
        <Notice title={t('account.token.once')} tone="wait" role="status">
          <p>{t('account.token.once.says')}</p>
          <pre class="code" tabindex={0}>
            {newToken}
          </pre>
        </Notice>
      )}
      <FormErrors t={t} form={props.form} labels={labels} />
      <Me {...props} />
      <Keys {...props} />
      <Sessions {...props} />
      <Tokens {...props} />
    </Layout>
  )
}

const labels = {
  name: 'account.name',
  label: 'account.token.label',
  scopes: 'account.token.scopes',
  expiresOn: 'account.token.until',
} as const

function Me({ t, view, form }: AccountProps) {
  const { name, language } = view.me
  const filled = { ...form, values: { name, language, ...form.values } }
  return (
    <Section title={t('account.me')} says={t('account.me.says')}>
      <form class="form" method="post" action="/compte">
        <TextField name="name" label={t('account.name')} form={filled} autocomplete="name" maxlength={120} />
        <SelectField
          name="language"
          label={t('account.language')}
          form={filled}
          options={[
            { value: 'fr', label: t('account.language.fr') },
            { value: 'en', label: t('account.language.en') },
          ]}
        />
        <button class="button" type="submit">
          {t('account.save')}
        </button>
      </form>
    </Section>
  )
}
