import type { CatalogueTheme } from '../../catalogue/catalogue-content.ts'
import { nationalServices } from '../../catalogue/national-services.ts'
import type { CatalogueServiceRow, CatalogueVersion } from '../../catalogue/queries.ts'
import { levels } from '../../catalogue/service-level.ts'
import { FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { catalogueHome, fieldLabels, versionHref } from './catalogue-words.ts'
import { newTheme } from './service-form.ts'

type ServiceProps = PageProps & {
  version: CatalogueVersion
  themes: readonly CatalogueTheme[]
  services: readonly CatalogueServiceRow[]
  /** Null for a new one. */
  code: string | null
  form: FormState
}

/** One service of a draft: new, in other words, or retired. */
export function ServicePage({ version, themes, services, code, form, ...page }: ServiceProps) {
  const { t } = page
  const title = code === null ? t('editor.service.new') : `${code}. ${form.values.title ?? ''}`
  const action = `${versionHref(version.id)}/services/${code ?? 'nouveau'}`
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      crumbs={[
        { href: catalogueHome, label: t('reference.title') },
        { href: versionHref(version.id), label: t('editor.version', { number: version.number }) },
        { label: code ?? t('editor.service.new') },
      ]}
    >
      <form class="form" method="post" action={action} novalidate>
        <FormErrors t={t} form={form} labels={fieldLabels} />
        <WhatItIs {...page} {...{ themes, services, form, isNew: code === null }} />
        <HowItIs {...page} form={form} />
        {code !== null && <Retirement {...page} {...{ services, form, code }} />}
        <button class="button button-main" type="submit">
          {t('editor.save')}
        </button>
      </form>
    </Layout>
  )
}

type PartProps = PageProps & { form: FormState }
type Listed = Pick<ServiceProps, 'themes' | 'services'>

function WhatItIs({ t, themes, services, form, isNew }: PartProps & Listed & { isNew: boolean }) {
  return (
    <>
      <SelectField
        name="themeCode"
        label={t('editor.service.theme')}
        form={form}
        options={[
          ...themes.map(({ code, title }) => ({ value: code, label: `${code}. ${title}` })),
          ...(isNew ? [{ value: newTheme, label: t('editor.service.theme.new') }] : []),
        ]}
      />
      {isNew && (
        <TextField
          name="themeTitle"
          label={t('editor.service.theme_title')}
          hint={t('editor.service.theme_title.says', { letters: freeLetters(themes).join(' ') })}
          form={form}
          maxlength={200}
          isOptional
        />
      )}
      {isNew && (
        <TextField
          name="code"
          label={t('editor.service.code')}
          hint={t('editor.service.code.says', { code: freeCode(form.values.themeCode ?? 'A', services) })}
          form={form}
          maxlength={3}
          isCode
        />
      )}
      <TextField name="title" label={t('editor.service.title')} form={form} maxlength={200} />
      <TextField
        name="description"
        label={t('editor.service.description')}
        hint={t('editor.service.description.says')}
        form={form}
        maxlength={500}
      />
    </>
  )
}

const freeLetters = (themes: readonly CatalogueTheme[]) =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((letter) => !themes.some(({ code }) => code === letter))

/** The next code of a theme. */
function freeCode(theme: string, services: readonly CatalogueServiceRow[]): string {
  const used = services.filter(({ code }) => code.startsWith(theme)).map(({ code }) => Number(code.slice(1)))
  return `${theme}${String(Math.min(99, Math.max(0, ...used) + 1)).padStart(2, '0')}`
}

const HowItIs = ({ t, form }: PartProps) => (
  <>
    <SelectField
      name="level"
      label={t('editor.service.level')}
      form={form}
      options={levels.map((value) => ({ value, label: t(`level.${value}`) }))}
    />
    <SelectField
      name="nationalService"
      label={t('editor.service.national')}
      form={form}
      options={nationalServices.map((value) => ({ value, label: value }))}
    />
    <TextField
      name="durationMinutes"
      label={t('editor.service.minutes')}
      form={form}
      inputmode="numeric"
      maxlength={3}
    />
    <TextField
      name="provenance"
      label={t('editor.service.provenance')}
      hint={t('editor.service.provenance.says')}
      form={form}
      maxlength={200}
    />
  </>
)

function Retirement({ t, services, form, code }: PartProps & Pick<Listed, 'services'> & { code: string }) {
  return (
    <>
      <h2>{t('editor.service.retire')}</h2>
      <p class="soft">{t('editor.service.retire.says')}</p>
      <TextField
        name="retiredOn"
        label={t('editor.service.retired_on')}
        hint={t('editor.optional')}
        form={form}
        type="date"
        isOptional
      />
      <TextField
        name="replacedBy"
        label={t('editor.service.replaced_by')}
        hint={t('editor.optional')}
        form={form}
        maxlength={3}
        list="services"
        isOptional
        isCode
      />
      <datalist id="services">
        {services
          .filter((service) => service.retiredOn === null && service.code !== code)
          .map((service) => (
            <option value={service.code}>{service.title}</option>
          ))}
      </datalist>
    </>
  )
}
