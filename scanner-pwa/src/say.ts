/** Sentences, amounts and days, in the language of whoever holds the phone. */
import { contestMessages } from '@carnet/api/messages-contests'
import { phoneMessages } from '@carnet/api/messages-phone'
import { scannerMessages } from '@carnet/api/messages-scanner'
import { scanMessages } from '@carnet/api/messages-scans'
import { verdictMessages } from '@carnet/api/messages-verdicts'
import { signal } from '@preact/signals'

const messages = { ...scannerMessages, ...phoneMessages, ...verdictMessages, ...scanMessages, ...contestMessages }
export type Key = keyof typeof messages
type Values = Record<string, string | number>

export const locale = signal<'fr' | 'en'>('fr')

/** `{name}` in a sentence takes its value. */
export const t = (key: Key, values: Values = {}): string =>
  messages[key][locale.value].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))

/** The sentence for one, where there is one, and for many. */
export function tCount(key: Key, count: number, values: Values = {}): string {
  const one = `${key}.one`
  const isOne = count === 1 && one in messages
  return t(isOne ? (one as Key) : key, { count, ...values })
}

const tag = () => (locale.value === 'fr' ? 'fr-FR' : 'en-GB')

export const euros = (amount: number): string =>
  new Intl.NumberFormat(tag(), { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(amount)

const dayText = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(tag(), { timeZone: 'UTC', ...options }).format(new Date(`${day}T12:00:00Z`))
/** 5 décembre. */
export const shortDay = (day: string): string => dayText(day, { day: 'numeric', month: 'long' })
/** 30 juin 2027. */
export const longDay = (day: string): string => dayText(day, { day: 'numeric', month: 'long', year: 'numeric' })
/** Jeudi 19 novembre 2026. */
export function fullDay(day: string): string {
  const text = dayText(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  return text.charAt(0).toUpperCase() + text.slice(1)
}
/** Novembre. */
export const monthName = (day: string): string => dayText(day, { month: 'long' })
export const weekday = (day: string): string => dayText(day, { weekday: 'long' })
export const ranks = (list: readonly number[]): string =>
  new Intl.ListFormat(tag(), { type: 'conjunction' }).format([...list].sort((a, b) => a - b).map(String))
