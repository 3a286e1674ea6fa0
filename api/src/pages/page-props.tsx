import type { Context as HonoContext } from 'hono'
import { setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { AppEnv, Person } from '../shared/context.ts'
import { type Formats, formatsOf } from '../shared/formats.ts'
import { readLocale } from '../shared/http.ts'
import { type Locale, locales, type Translate, translate } from '../shared/messages.ts'

/** What every page gets beside its own data. */
export type PageProps = {
  t: Translate
  locale: Locale
  formats: Formats
  isDemo: boolean
  /** Path and query of this page. */
  here: string
  person: Person | undefined
  now: Date
}

export type Mode = 'demo' | 'production'

const formatsByLocale = { fr: formatsOf('fr'), en: formatsOf('en') }

/** The language that was chosen by `?lang` is kept in a cookie, the only one a page sets by itself. */
export function propsOf(c: HonoContext<AppEnv>, mode: Mode): PageProps {
  const locale = readLocale(c)
  if (locales.some((known) => known === c.req.query('lang')))
    setCookie(c, 'lang', locale, { path: '/', sameSite: 'Lax', maxAge: 31_536_000 })
  c.header('content-language', locale)
  c.header('vary', 'Accept-Language, Cookie')
  const { actor, now } = c.var.context
  const { pathname, search } = new URL(c.req.url)
  return {
    t: translate(locale),
    locale,
    formats: formatsByLocale[locale],
    isDemo: mode === 'demo',
    here: pathname + search,
    person: actor.kind === 'person' ? actor : undefined,
    now: now(),
  }
}

/** Without the doctype a browser falls back to the quirks of another century. */
export const draw = (c: HonoContext, page: Child, status = 200) => c.html(html`<!doctype html>${page}`, status as 200)

/** The address of this page with some parameters changed; an empty value takes its parameter away. What was done is said once. */
export function hrefWith(here: string, changes: Record<string, string | number>): string {
  const url = new URL(here, 'http://page')
  url.searchParams.delete('fait')
  for (const [name, value] of Object.entries(changes))
    if (value === '') url.searchParams.delete(name)
    else url.searchParams.set(name, String(value))
  const query = url.searchParams.toString()
  return query === '' ? url.pathname : `${url.pathname}?${query}`
}
