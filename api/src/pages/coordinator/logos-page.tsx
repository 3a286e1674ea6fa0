import type { Logo, LogoOwner } from '../../funders/logo-queries.ts'
import { FormErrors, type FormState, SelectField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { printingHome } from './printing-page.tsx'

export const logosHome = '/coordination/logos'
/** How a form says that a logo is of who runs the scheme. */
export const schemeOwner = 'scheme'

type Owner = { id: LogoOwner; name: string | null; logo: Logo | null }
type LogosProps = PageProps & { owners: readonly Owner[]; form: FormState; isSaved: boolean; mayChange: boolean }

/** Whose sign stands on the paper of the next orders. */
export function LogosPage(props: LogosProps) {
  const { t, owners, isSaved, mayChange } = props
  const title = t('logos.title')
  const crumbs = [{ href: printingHome, label: t('printing.title') }, { label: title }]
  return (
    <Layout {...props} title={title} audience="coordinator" lede={t('logos.lede')} crumbs={crumbs}>
      {isSaved && (
        <div class="notices">
          <Notice title={t('logos.saved')} tone="good" role="status">
            {t('logos.saved.says')}
          </Notice>
        </div>
      )}
      <Section title={title}>
        <ul class="logos">
          {owners.map((owner) => (
            <OneLogo {...props} owner={owner} />
          ))}
        </ul>
      </Section>
      {mayChange && <SendForm {...props} />}
    </Layout>
  )
}

function OneLogo({ t, owner, mayChange }: LogosProps & { owner: Owner }) {
  const name = owner.name ?? t('logos.scheme')
  return (
    <li>
      {owner.logo ? (
        <img
          src={`${logosHome}/${owner.id ?? schemeOwner}.png?v=${owner.logo.id}`}
          alt={t('logos.of', { name })}
          width={owner.logo.width}
          height={owner.logo.height}
        />
      ) : (
        <span class="soft">{t('logos.none')}</span>
      )}
      <b>{name}</b>
      {owner.id === null && <span class="small soft">{t('logos.scheme.says')}</span>}
      {owner.logo && mayChange && (
        <form method="post" action={`${logosHome}/retrait`} class="no-print">
          <input type="hidden" name="owner" value={owner.id ?? schemeOwner} />
          <button class="button" type="submit" aria-label={t('logos.remove.of', { name })}>
            {t('logos.remove')}
          </button>
        </form>
      )}
    </li>
  )
}

function SendForm({ t, owners, form }: LogosProps) {
  const error = form.errors.logo
  const options = owners.map(({ id, name }) => ({ value: id ?? schemeOwner, label: name ?? t('logos.scheme') }))
  return (
    <Section title={t('logos.send')} says={t('logos.send.says')}>
      <form class="form" method="post" action={logosHome} enctype="multipart/form-data">
        <FormErrors t={t} form={form} labels={{ logo: 'logos.file', owner: 'logos.owner' }} />
        <SelectField name="owner" label={t('logos.owner')} form={form} options={options} />
        <div class="field">
          <label for="logo">{t('logos.file')}</label>
          <input
            id="logo"
            name="logo"
            type="file"
            accept="image/png,.png"
            required
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={error ? 'logo-error' : undefined}
          />
          {error && (
            <p class="error small" id="logo-error">
              {error}
            </p>
          )}
        </div>
        <button class="button button-main" type="submit">
          {t('logos.send')}
        </button>
      </form>
    </Section>
  )
}
