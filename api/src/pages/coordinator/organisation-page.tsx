import type { MessageKey } from '../../shared/messages.ts'
import { FormErrors, type FormState, TextField } from '../components/form.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

const labels: Record<string, MessageKey> = { legalName: 'structures.name', siret: 'apply.siret' }

export const organisationHref = (id: string) => `/coordination/structures/${id}`

/** Whom a venue belongs to: without a SIRET it can be neither qualified nor paid. */
export function OrganisationPage({
  id,
  name,
  form,
  ...page
}: PageProps & { id: string; name: string; form: FormState }) {
  const { t } = page
  return (
    <Layout
      {...page}
      title={name}
      audience="coordinator"
      lede={t('structures.change.lede')}
      crumbs={[{ href: '/coordination/structures', label: t('structures.title') }, { label: name }]}
    >
      <form class="form" method="post" action={organisationHref(id)} novalidate>
        <FormErrors t={t} form={form} labels={labels} />
        <TextField name="legalName" label={t('structures.name')} form={form} maxlength={200} autocomplete="off" />
        <TextField
          name="siret"
          label={t('apply.siret')}
          hint={t('structures.change.siret')}
          form={form}
          inputmode="numeric"
          maxlength={30}
          autocomplete="off"
          isCode
        />
        <button class="button button-main" type="submit">
          {t('structures.change.do')}
        </button>
      </form>
    </Layout>
  )
}
