import { longestAuditDays, schemeRoles, type Tenant } from '../../accounts/invitation.ts'
import { addDays, type Day } from '../../shared/days.ts'
import { locales, type MessageKey } from '../../shared/messages.ts'
import { ChoiceField, FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import type { PageProps } from '../page-props.tsx'

const labels: Record<string, MessageKey> = {
  name: 'people.invite.name',
  email: 'people.email',
  role: 'people.invite.role',
  validUntil: 'people.invite.until',
}
type InviteProps = PageProps & { form: FormState; tenant: Tenant | null; today: Day }

/** A name and an address; only the coordination chooses a role. */
export function InviteForm({ form, tenant, today, t, locale, person }: InviteProps) {
  const action = tenant === null || tenant.id === person?.tenantId ? '/equipe' : `/equipe/${tenant.id}`
  return (
    <form class="form" method="post" action={action} novalidate>
      <FormErrors t={t} form={form} labels={labels} />
      <PersonFields t={t} form={form} />
      {tenant === null && (
        <>
          <ChoiceField
            name="role"
            label={t('people.invite.role')}
            form={form}
            options={schemeRoles.map((role) => ({ value: role, label: t(`people.invite.role.${role}`) }))}
          />
          <TextField
            name="validUntil"
            type="date"
            label={t('people.invite.until')}
            hint={t('people.invite.until.says')}
            form={form}
            min={today}
            max={addDays(today, longestAuditDays)}
            isOptional
          />
        </>
      )}
      <LanguageField t={t} form={{ ...form, values: { language: locale, ...form.values } }} />
      <button class="button button-main" type="submit">
        {t('people.invite.do')}
      </button>
    </form>
  )
}

/** Who is invited; also part of the forms that make a structure with its first person. */
export const PersonFields = ({ t, form }: Pick<InviteProps, 't' | 'form'>) => (
  <>
    <TextField
      name="name"
      label={t('people.invite.name')}
      hint={t('people.invite.name.example')}
      form={form}
      maxlength={120}
      autocomplete="off"
    />
    <TextField
      name="email"
      type="email"
      label={t('people.email')}
      hint={t('people.invite.email.example')}
      form={form}
      maxlength={254}
      autocomplete="off"
    />
  </>
)

export const LanguageField = ({ t, form }: Pick<InviteProps, 't' | 'form'>) => (
  <SelectField
    name="language"
    label={t('people.invite.language')}
    form={form}
    options={locales.map((value) => ({ value, label: t(`people.language.${value}`) }))}
  />
)
