import { firstMonthOf } from '../statistics/release.ts'
import type { PageProps } from './page-props.tsx'

/** `mars 2026`, `T1 2026` or `2026`. */
export function spanText(span: string, { t, formats }: Pick<PageProps, 't' | 'formats'>): string {
  const [year = '', part] = span.split('-')
  if (part === undefined) return year
  return part.startsWith('Q')
    ? t('data.span.quarter', { number: part.slice(1), year })
    : formats.month(firstMonthOf(span))
}
