import type { MessageKey } from '../../shared/messages.ts'
import type { ApplicationField } from '../../venues/application.ts'
import { hourFields } from '../../venues/application.ts'
import { ChoiceField, FormErrors, type FormState, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { LanguageField } from '../people/invite-form.tsx'

type ApplyProps = PageProps & {
  form: FormState
  themes: readonly { code: string; title: string }[]
  programmes: readonly string[]
}

const fieldLabels: Record<ApplicationField, MessageKey> = {
  siret: 'apply.siret',
  legalName: 'apply.legal_name',
  venueName: 'apply.venue_name',
  address: 'apply.address',
  postalCode: 'apply.postal_code',
  commune: 'apply.commune',
  themes: 'apply.themes',
  hours: 'apply.hours',
  contactName: 'apply.contact_name',
  contactEmail: 'apply.contact_email',
}

/** A structure asks to become a venue: one page, no account, nothing lost when something is wrong. */
export function ApplyPage({ form, themes, programmes, ...page }: ApplyProps) {
  const { t } = page
  const given = { ...form, values: { scope: 'all', language: page.locale, ...form.values } }
  return (
    <Layout {...page} title={t('apply.title')} lede={t('apply.lede')}>
      <form method="post" action="/devenir-lieu" novalidate>
        {Object.keys(form.errors).length > 0 && (
          <div class="notices">
            <FormErrors t={t} form={form} labels={fieldLabels} />
          </div>
        )}
        <Section title={t('apply.structure')} says={t('apply.structure.says')}>
          <StructureFields t={t} form={given} />
        </Section>
        <Section title={t('apply.offer')} says={t('apply.offer.says')}>
          <OfferFields t={t} form={given} themes={themes} programmes={programmes} />
        </Section>
        <Section title={t('apply.hours')} says={t('apply.hours.says')} id="hours">
          <div class="form">
            {given.errors.hours && <p class="error">{given.errors.hours}</p>}
            <div class="pair">
              {hourFields.map((name, at) => (
                <TextField
                  name={name}
                  label={t(`day.${at + 1}` as MessageKey)}
                  form={given}
                  maxlength={60}
                  isOptional
                  autocomplete="off"
                />
              ))}
            </div>
          </div>
        </Section>
        <Section title={t('apply.contact')} says={t('apply.contact.says')}>
          <div class="form">
            <div class="pair">
              <TextField
                name="contactName"
                label={t('apply.contact_name')}
                form={given}
                maxlength={120}
                autocomplete="name"
              />
              <TextField
                name="contactEmail"
                type="email"
                label={t('apply.contact_email')}
                form={given}
                maxlength={200}
                autocomplete="email"
              />
            </div>
            <LanguageField t={t} form={given} />
            <button class="button button-main" type="submit">
              {t('apply.do')}
            </button>
            <p class="small soft">{t('apply.next')}</p>
          </div>
        </Section>
      </form>
    </Layout>
  )
}

const StructureFields = ({ t, form }: Pick<ApplyProps, 't' | 'form'>) => (
  <div class="form">
    <TextField
      name="siret"
      label={t('apply.siret')}
      hint={t('structures.siret.says')}
      form={form}
      maxlength={30}
      inputmode="numeric"
      isCode
      autocomplete="off"
    />
    <TextField name="legalName" label={t('apply.legal_name')} form={form} maxlength={200} autocomplete="organization" />
    <TextField
      name="venueName"
      label={t('apply.venue_name')}
      hint={t('apply.venue_name.says')}
      form={form}
      maxlength={200}
      autocomplete="off"
    />
    <TextField name="address" label={t('apply.address')} form={form} maxlength={200} autocomplete="street-address" />
    <div class="pair">
      <TextField
        name="postalCode"
        label={t('apply.postal_code')}
        form={form}
        maxlength={10}
        inputmode="numeric"
        autocomplete="postal-code"
      />
      <TextField name="commune" label={t('apply.commune')} form={form} maxlength={100} autocomplete="address-level2" />
    </div>
  </div>
)

const OfferFields = ({ t, form, themes, programmes }: Pick<ApplyProps, 't' | 'form' | 'themes' | 'programmes'>) => (
  <div class="form">
    <ChoiceField
      name="scope"
      label={t('apply.scope')}
      form={form}
      options={(['all', 'some'] as const).map((value) => ({ value, label: t(`apply.scope.${value}`) }))}
    />
    <div id="themes">
      <ChoiceField
        name="themes"
        kind="checkbox"
        label={t('apply.themes')}
        form={form}
        options={themes.map(({ code, title }) => ({ value: code, label: title }))}
      />
    </div>
    <ChoiceField
      name="labels"
      kind="checkbox"
      label={t('apply.labels')}
      form={form}
      options={programmes.map((value) => ({ value, label: value.replaceAll("'", '’') }))}
    />
  </div>
)
