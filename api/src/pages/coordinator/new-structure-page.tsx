import type { FunderKind } from '../../funders/funder.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { ChoiceField, FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { LanguageField, PersonFields } from '../people/invite-form.tsx'

const labels: Record<string, MessageKey> = {
  kind: 'structures.new.kind',
  legalName: 'structures.name',
  siret: 'structures.siret',
  name: 'people.invite.name',
  email: 'people.email',
}

type NewStructureProps = PageProps & { form: FormState; funderKinds: readonly FunderKind[] }

/** A funder or a prescriber with its first person, in one go: both are there, or neither. */
export function NewStructurePage({ form, funderKinds, ...page }: NewStructureProps) {
  const { t } = page
  const title = t('structures.new')
  const given = { ...form, values: { kind: 'funder', language: page.locale, ...form.values } }
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      lede={t('structures.new.lede')}
      crumbs={[{ href: '/coordination/structures', label: t('structures.title') }, { label: title }]}
    >
      <form class="form" method="post" action="/coordination/structures/nouvelle" novalidate>
        <FormErrors t={t} form={form} labels={labels} />
        <ChoiceField
          name="kind"
          label={t('structures.new.kind')}
          form={given}
          options={(['funder', 'prescriber'] as const).map((value) => ({ value, label: t(`structures.new.${value}`) }))}
        />
        <TextField name="legalName" label={t('structures.name')} form={given} maxlength={200} />
        <SelectField
          name="funderKind"
          label={t('structures.funder_kind')}
          form={given}
          options={funderKinds.map((value) => ({ value, label: t(`funder_kind.${value}`) }))}
        />
        <TextField
          name="siret"
          label={t('structures.siret')}
          hint={t('structures.siret.says')}
          form={given}
          inputmode="numeric"
          isOptional
          isCode
        />
        <h2>{t('structures.first')}</h2>
        <p class="soft">{t('people.invite.says')}</p>
        <PersonFields t={t} form={given} />
        <LanguageField t={t} form={given} />
        <button class="button button-main" type="submit">
          {t('structures.new.do')}
        </button>
      </form>
    </Layout>
  )
}
