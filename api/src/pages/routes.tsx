import { readFileSync } from 'node:fs'
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { DemoAccount } from '../accounts/demo-accounts.ts'
import type { ApiDocument } from '../shared/api-docs.ts'
import type { AppEnv } from '../shared/context.ts'
import { createRouter, readLocale } from '../shared/http.ts'
import { errorSentence, translate } from '../shared/messages.ts'
import { ErrorPage } from './error-page.tsx'
import type { PageProps } from './layout.tsx'
import { ReferencePage } from './reference-page.tsx'
import { StartPage } from './start-page.tsx'

export type PageParts = {
  mode: 'demo' | 'production'
  document: () => ApiDocument
  /** Empty in production. */
  demoAccounts: () => Promise<readonly DemoAccount[]>
}

const stylesheet = readFileSync(new URL('./pages.css', import.meta.url), 'utf8')

/** Without the doctype a browser falls back to the quirks of another century. */
const draw = (c: HonoContext, page: Child, status = 200) => c.html(html`<!doctype html>${page}`, status as 200)

function propsOf(c: HonoContext, mode: PageParts['mode']): PageProps {
  const locale = readLocale(c)
  c.header('content-language', locale)
  c.header('vary', 'Accept-Language, Cookie')
  return { t: translate(locale), locale, isDemo: mode === 'demo' }
}

/** Pages are a second door to the same use cases: the handler loads, the page draws. */
export const createPageRoutes = ({ mode, document, demoAccounts }: PageParts) =>
  createRouter()
    .get('/', async (c) => {
      const { actor } = c.var.context
      const person = actor.kind === 'person' ? actor : undefined
      const accounts = await demoAccounts()
      return draw(c, <StartPage {...propsOf(c, mode)} person={person} accounts={accounts} />)
    })
    .get('/api/docs', (c) => draw(c, <ReferencePage {...propsOf(c, mode)} document={document()} />))
    .get('/assets/pages.css', (c) =>
      c.body(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' }),
    )

/** What a person sees of an error, in their language. */
export function errorPage(
  c: HonoContext<AppEnv>,
  mode: PageParts['mode'],
  { status, code }: { status: number; code: string },
): Response | Promise<Response> {
  const page = propsOf(c, mode)
  const sentence = errorSentence(code, page.locale)
  return draw(c, <ErrorPage {...page} status={status} sentence={sentence} requestId={c.var.requestId} />, status)
}
