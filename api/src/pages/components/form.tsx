import type { Child } from 'hono/jsx'
import type { MessageKey, Translate } from '../../shared/messages.ts'
import { Notice } from './states.tsx'

/** What was typed, so that nothing is lost, and what is wrong with it, field by field. */
export type FormState = { values: Readonly<Record<string, string>>; errors: Readonly<Record<string, string>> }
export const emptyForm: FormState = { values: {}, errors: {} }

type FieldProps = {
  name: string
  label: string
  form: FormState
  hint?: Child
  type?: 'text' | 'email' | 'date' | 'search'
  autocomplete?: string
  maxlength?: number
  isOptional?: boolean
  isCode?: boolean
  inputmode?: 'numeric' | 'text'
  max?: string
  min?: string
  /** The id of a datalist: what may be meant. */
  list?: string
}

/** One line to type, its example below it, and beside it what is wrong. */
export function TextField({ name, label, form, hint, isOptional, isCode, type = 'text', ...input }: FieldProps) {
  const error = form.errors[name]
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={form.values[name]}
        required={!isOptional}
        class={isCode ? 'code' : undefined}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(name, hint, error)}
        {...input}
      />
      <Beside name={name} hint={hint} error={error} />
    </div>
  )
}

/** The code of a mail, which a browser may fill in by itself. */
export const CodeField = (field: Pick<FieldProps, 'label' | 'hint' | 'form'>) => (
  <TextField {...field} name="code" inputmode="numeric" autocomplete="one-time-code" maxlength={20} isCode />
)

type Option = { value: string; label: string }
type ChoiceProps = { name: string; label: string; form: FormState; options: readonly Option[]; hint?: Child }

/** `id`: where a page has several fields of one name. */
export function SelectField({ name, id = name, label, form, options, hint }: ChoiceProps & { id?: string }) {
  const error = form.errors[name]
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {options.map(({ value, label: says }) => (
          <option value={value} selected={form.values[name] === value}>
            {says}
          </option>
        ))}
      </select>
      <Beside name={id} hint={hint} error={error} />
    </div>
  )
}

/** One of some (radio) or several (checkbox); what was chosen travels as one text with commas. */
export function ChoiceField({
  name,
  label,
  form,
  options,
  hint,
  kind = 'radio',
}: ChoiceProps & { kind?: 'radio' | 'checkbox' }) {
  const error = form.errors[name]
  const chosen = (form.values[name] ?? '').split(',')
  return (
    <fieldset
      class={kind === 'checkbox' ? 'field choices many' : 'field choices'}
      aria-describedby={describedBy(name, hint, error)}
    >
      <legend>{label}</legend>
      {options.map(({ value, label: says }) => (
        <label>
          <input type={kind} name={name} value={value} checked={chosen.includes(value)} /> {says}
        </label>
      ))}
      <Beside name={name} hint={hint} error={error} />
    </fieldset>
  )
}

const describedBy = (name: string, hint: Child, error: string | undefined): string | undefined =>
  [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined

function Beside({ name, hint, error }: { name: string; hint?: Child; error?: string | undefined }) {
  return (
    <>
      {error && (
        <p class="error small" id={`${name}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p class="small soft" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </>
  )
}

/** At the head of a form that came back: what is wrong, each leading to its field. */
export function FormErrors({ t, form, labels }: { t: Translate; form: FormState; labels: Record<string, MessageKey> }) {
  const wrong = Object.entries(form.errors)
  if (wrong.length === 0) return null
  return (
    <Notice title={t('form.errors')} tone="stop" role="alert">
      <p>{t('form.errors.says')}</p>
      <ul>
        {wrong.map(([name, says]) => (
          <li>{labels[name] ? <a href={`#${name}`}>{`${t(labels[name])} – ${says}`}</a> : says}</li>
        ))}
      </ul>
    </Notice>
  )
}
