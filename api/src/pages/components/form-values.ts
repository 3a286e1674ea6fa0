import { AppError } from '../../shared/errors.ts'
import { type Cents, readEuros } from '../../shared/money.ts'

type Values = Readonly<Record<string, string>>

/** An amount above zero as people write it. Throws `invalid` `euros_unreadable` beside its field. */
export function eurosOf(values: Values, field: string): Cents {
  const cents = readEuros(values[field] ?? '')
  if (cents === null || cents === 0) throw new AppError('invalid', 'euros_unreadable', `${field}: euros`, { field })
  return cents
}

/** Throws `invalid` `text_missing` beside its field. */
export function textOf(values: Values, field: string, least = 3): string {
  const text = values[field] ?? ''
  if (text.length < least) throw new AppError('invalid', 'text_missing', `${field}: a text`, { field })
  return text
}

type Bounds = { least?: number; most?: number }

/** A whole number, blanks in it or not. Throws `invalid` `not_a_count` beside its field. */
export function wholeNumberOf(values: Values, field: string, { least = 0, most = 999_999 }: Bounds = {}): number {
  const text = (values[field] ?? '').replace(/\s/g, '')
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most))
    throw new AppError('invalid', 'not_a_count', `${field}: a whole number`, { field })
  return number
}
