import { AppError } from '../../shared/errors.ts'
import { errorSentence, type Locale } from '../../shared/messages.ts'
import type { FormState } from './form.tsx'

type Body = Record<string, unknown>

/** The fields of a sent form as texts; several of one name become one text with commas. A file is no text. */
export function valuesOf(body: Body): Record<string, string> {
  const text = (value: unknown): string =>
    Array.isArray(value) ? value.map(text).filter(Boolean).join(',') : typeof value === 'string' ? value.trim() : ''
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, text(value).slice(0, 2000)]))
}

/** What was typed, with the refusal beside the field that it names, or beside `other`. A bug stays a bug, and a proof that is too old leads to its page. */
export function refusedForm(
  values: Record<string, string>,
  error: unknown,
  { locale, other }: { locale: Locale; other: string },
): FormState {
  if (!(error instanceof AppError) || error.code === 'fresh_proof_needed') throw error
  const { field } = error.facts ?? {}
  return { values, errors: { [typeof field === 'string' ? field : other]: errorSentence(error.code, locale) } }
}
