import { accountingMessages } from './messages/accounting.ts'
import { contestMessages } from './messages/contests.ts'
import { endingMessages } from './messages/endings.ts'
import { campaignErrors } from './messages/errors/campaign.ts'
import { catalogueErrors } from './messages/errors/catalogue.ts'
import { contestErrors } from './messages/errors/contest.ts'
import { paperErrors } from './messages/errors/paper.ts'
import { peopleErrors } from './messages/errors/people.ts'
import { releaseErrors } from './messages/errors/release.ts'
import { schemeErrors } from './messages/errors/scheme.ts'
import { signInErrors } from './messages/errors/sign-in.ts'
import { stockErrors } from './messages/errors/stock.ts'
import { treasuryErrors } from './messages/errors/treasury.ts'
import { generalErrors } from './messages/errors.ts'
import { campaignMailMessages } from './messages/mail/campaigns.ts'
import { peopleMailMessages } from './messages/mail/people.ts'
import { phoneMailMessages, queueFileMessages } from './messages/mail/phones.ts'
import { mailMessages } from './messages/mail.ts'
import { pageMessages } from './messages/pages.ts'
import { paperMessages } from './messages/paper.ts'
import { paymentMessages } from './messages/payments.ts'
import { phoneMessages } from './messages/phone.ts'
import { scannerMessages } from './messages/scanner.ts'
import { scanMessages } from './messages/scans.ts'
import { verdictMessages } from './messages/verdicts.ts'
import { words } from './messages/words.ts'

/** Everything that people read, in both languages side by side. French is the first language. */
export const errorMessages = {
  ...generalErrors,
  ...campaignErrors,
  ...catalogueErrors,
  ...contestErrors,
  ...paperErrors,
  ...peopleErrors,
  ...schemeErrors,
  ...stockErrors,
  ...treasuryErrors,
  ...releaseErrors,
  ...signInErrors,
}
export const messages = {
  ...accountingMessages,
  ...mailMessages,
  ...campaignMailMessages,
  ...endingMessages,
  ...peopleMailMessages,
  ...phoneMailMessages,
  ...queueFileMessages,
  ...pageMessages,
  ...paymentMessages,
  ...paperMessages,
  ...contestMessages,
  ...scanMessages,
  ...phoneMessages,
  ...scannerMessages,
  ...verdictMessages,
  ...words,
}

export const locales = ['fr', 'en'] as const
export type Locale = (typeof locales)[number]
export type MessageKey = keyof typeof messages
export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string

/** Gives the sentences of one language; `{name}` in a sentence takes its value. */
export const translate =
  (locale: Locale): Translate =>
  (key, values = {}) =>
    messages[key][locale].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))

/** The sentence of an error code. `campaign_is_*` stands for the code of every state; an unknown code says `internal`. */
export function errorSentence(code: string, locale: Locale): string {
  const known: Record<string, { readonly [L in Locale]: string }> = errorMessages
  const family =
    known[code] ?? known[code.replace(/_is_.*$/, '_is_*')] ?? known[code.replace(/^.*(?=_(not_found|unknown)$)/, '*')]
  return (family ?? errorMessages.internal)[locale]
}

/** `?lang` first, then what the browser prefers, then French. */
export function localeOf(wanted: { lang?: string | undefined; acceptLanguage?: string | undefined }): Locale {
  const asked = locales.find((locale) => locale === wanted.lang)
  if (asked) return asked
  const ranked = (wanted.acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean)
      return { language: tag.split('-')[0], quality: Number(quality ?? 1) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return ranked.flatMap(({ language }) => locales.find((locale) => locale === language) ?? [])[0] ?? 'fr'
}
