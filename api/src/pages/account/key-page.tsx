import type { Halfway } from '../../shared/context.ts'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { PasskeyForm } from './passkey-form.tsx'

type KeyProps = PageProps & { halfway: Halfway; hasPasskey: boolean; to: string }

/** Signed in by mail into a role that works with a passkey: make the first one, or show the one there is. */
export function KeyPage({ halfway, hasPasskey, to, ...page }: KeyProps) {
  const { t } = page
  const says = t(hasPasskey ? 'key.show' : 'key.first', { name: halfway.name, role: t(`role.${halfway.role}`) })
  return (
    <Layout {...page} title={t('key.title')} lede={says}>
      {hasPasskey ? (
        <PasskeyForm t={t} act="show" label={t('sign_in.passkey.go')} to={to} />
      ) : (
        <PasskeyForm t={t} act="add" label={t('account.key.add')} to={to}>
          <input type="hidden" name="keyName" value={t('account.key.first')} />
        </PasskeyForm>
      )}
      <form method="post" action="/deconnexion" class="under">
        <button class="link" type="submit">
          {t('nav.sign_out', { name: halfway.name })}
        </button>
      </form>
    </Layout>
  )
}

/** Of Carnet, not yet of the provider: its session ends there, by a link, as no form may lead away from this site. */
export const SignedOutPage = ({ href, name, ...page }: PageProps & { href: string; name: string }) => {
  const { t } = page
  return (
    <Layout {...page} title={t('signed_out.title')}>
      <p class="lede">{t('signed_out.provider', { name })}</p>
      <p>
        <a class="button" href={href}>
          {t('signed_out.go', { name })}
        </a>
      </p>
    </Layout>
  )
}
