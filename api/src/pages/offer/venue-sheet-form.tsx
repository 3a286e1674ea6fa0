import type { MessageKey } from '../../shared/messages.ts'
import { hourFields } from '../../venues/application.ts'
import { FormErrors, type FormState, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'
import { type SheetField, sheetFields } from './venue-sheet.ts'

type SheetProps = PageProps & {
  action: string
  also?: Readonly<Record<string, string>>
  form: FormState
  /** Hours that say more than seven lines can. */
  otherHours?: string | undefined
}
const required: readonly SheetField[] = ['nom', 'adresse']
const longest: Partial<Record<SheetField, number>> = { presentation_resume: 280 }

/** What everybody reads of a venue: the search for venues, the map, the file of the national standard. */
export function VenueSheetForm({ action, also = {}, form, otherHours, ...page }: SheetProps) {
  const { t } = page
  return (
    <form method="post" action={action} novalidate>
      {Object.keys(form.errors).length > 0 && (
        <div class="notices">
          <FormErrors t={t} form={form} labels={{ ...sheetFields, hours: 'apply.hours', commune: 'apply.commune' }} />
        </div>
      )}
      {Object.entries(also).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Section title={t('sheet.says')} says={t('sheet.says.says')}>
        <div class="form">
          {(Object.keys(sheetFields) as SheetField[]).map((name) => (
            <TextField
              name={name}
              label={t(sheetFields[name])}
              hint={name === 'presentation_resume' ? t('sheet.presentation_resume.says') : undefined}
              form={form}
              maxlength={longest[name] ?? 300}
              isOptional={!required.includes(name)}
            />
          ))}
        </div>
      </Section>
      <Section title={t('apply.hours')} says={t('apply.hours.says')} id="hours">
        <div class="form">
          {otherHours && (
            <Notice title={t('sheet.hours.other')} tone="wait">
              <p class="code">{otherHours}</p>
            </Notice>
          )}
          {form.errors.hours && <p class="error">{form.errors.hours}</p>}
          <div class="pair">
            {hourFields.map((name, at) => (
              <TextField
                name={name}
                label={t(`day.${at + 1}` as MessageKey)}
                form={form}
                maxlength={60}
                isOptional
                autocomplete="off"
              />
            ))}
          </div>
          <button class="button button-main" type="submit">
            {t('sheet.save')}
          </button>
        </div>
      </Section>
    </form>
  )
}
