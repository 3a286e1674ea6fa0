import { AppError } from '../../shared/errors.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { hourFields, readHours } from '../../venues/application.ts'
import { hoursForm } from '../../venues/hours-form.ts'
import type { StandardRow } from '../../venues/national-standard.ts'
import type { FormState } from '../components/form.tsx'

/** What a venue says of itself, as a form: a column of the national standard for each field, and a line for each day. */
export const sheetFields = {
  nom: 'sheet.nom',
  adresse: 'sheet.adresse',
  complement_adresse: 'sheet.complement_adresse',
  telephone: 'sheet.telephone',
  courriels: 'sheet.courriels',
  site_web: 'sheet.site_web',
  prise_rdv: 'sheet.prise_rdv',
  presentation_resume: 'sheet.presentation_resume',
} as const satisfies Record<string, MessageKey>
export type SheetField = keyof typeof sheetFields
const names = Object.keys(sheetFields) as SheetField[]

/** `05 45 93 11 58` is `+33545931158`. */
const phoneOf = (text: string) => text.replace(/[\s.\-()]/g, '').replace(/^0(?=[1-9]\d{8}$)/, '+33')
const spoken = (number: string) =>
  number.replace(/^\+33(\d)/, '0$1').replace(/^(0\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5')

export const sheetOf = (row: StandardRow): Record<string, string> => ({
  ...Object.fromEntries(names.map((name) => [name, row[name] ?? ''])),
  telephone: spoken(row.telephone ?? ''),
  ...hoursForm(row.horaires ?? null),
})

type Read = { change: StandardRow } | { hoursAreWrong: true }

/** The columns that the form changes. Hours that the form could not show stay as they are until a line is typed. */
export function readSheet(values: Readonly<Record<string, string>>, row: StandardRow): Read {
  const hours = readHours(values)
  if (hours === undefined) return { hoursAreWrong: true }
  const isKept = hours === null && row.horaires !== undefined && hoursForm(row.horaires) === undefined
  const isSame = hourFields.every((name) => (values[name] ?? '') === (hoursForm(row.horaires ?? null)?.[name] ?? ''))
  const said = names.map((name) => [name, name === 'telephone' ? phoneOf(values[name] ?? '') : (values[name] ?? '')])
  return {
    change: { ...Object.fromEntries(said), horaires: isKept || isSame ? (row.horaires ?? '') : (hours ?? '') },
  }
}

/** Beside each column that the standard refuses; anything else is thrown on. */
export function wrongSheet(values: Record<string, string>, error: unknown, says: string): FormState {
  if (!(error instanceof AppError) || error.code !== 'venue_columns_wrong') throw error
  const columns = (error.facts?.columns ?? []) as string[]
  return { values, errors: Object.fromEntries(columns.map((column) => [column, says])) }
}
