import type { Context as HonoContext } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { askForCode } from '../../accounts/ask-for-code.ts'
import { enterCode, type SignedIn } from '../../accounts/enter-code.ts'
import { countPasskeys } from '../../accounts/passkey-queries.ts'
import { safeReturnPath } from '../../accounts/return-path.ts'
import { endSession } from '../../accounts/session.ts'
import { browserOf, forgetSession, keepSession } from '../../accounts/session-routes.ts'
import { goToProvider, providerSignOut, returnFromProvider } from '../../accounts/sign-in-by-oidc.ts'
import { newToken } from '../../accounts/tokens.ts'
import { type AppEnv, atGate } from '../../shared/context.ts'
import { cookieOptions, isHttps } from '../../shared/cookies.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { homeOf } from '../navigation.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { KeyPage, SignedOutPage } from './key-page.tsx'
import { CodePage, SignInPage } from './sign-in-page.tsx'

const minute = 60
const browserCookie = (publicUrl: string) => (isHttps(publicUrl) ? '__Host-carnet-signin' : 'carnet-signin')

/** The secret that binds a sign-in to the browser that began it. */
export const browserTokenOf = (c: HonoContext<AppEnv>, publicUrl: string): string | undefined => {
  const token = getCookie(c, browserCookie(publicUrl))
  return token !== undefined && /^browser_[\w-]{43}$/.test(token) ? token : undefined
}

/** The same, made where there is none yet. */
export function putBrowserToken(c: HonoContext<AppEnv>, publicUrl: string): string {
  const token = browserTokenOf(c, publicUrl) ?? newToken('browser')
  setCookie(c, browserCookie(publicUrl), token, { ...cookieOptions(publicUrl), maxAge: 60 * minute })
  return token
}

/** Where a person goes who just signed in: first to the passkey that is missing, then to the choice of a role. */
export function nextPage({ returnTo, role, hasChoice, isHalfway }: SignedIn): string {
  const to = safeReturnPath(returnTo, homeOf(role))
  if (isHalfway) return `/connexion/cle?to=${encodeURIComponent(to)}`
  return hasChoice ? `/compte/roles?to=${encodeURIComponent(returnTo)}` : to
}

const Sent = z.object({ email: z.string().max(300).catch(''), to: z.string().max(500).catch('') })

/** The ways in. Nothing here says whether an address is known. */
export function createSignInRoutes(parts: PageParts) {
  const { mode, publicUrl, mailer, oidc, demoAccounts, report } = parts

  async function showSignIn(c: HonoContext<AppEnv>, to: string, form: FormState = emptyForm, status = 200) {
    const accounts = await demoAccounts()
    return draw(c, <SignInPage {...propsOf(c, mode)} {...{ to, form, accounts, provider: oidc?.name }} />, status)
  }

  function enter(c: HonoContext<AppEnv>, signedIn: SignedIn) {
    keepSession(c, publicUrl, signedIn)
    return c.redirect(nextPage(signedIn), 303)
  }

  const routes = createRouter()
    .get('/connexion', (c) => showSignIn(c, safeReturnPath(c.req.query('to'), '')))
    .post('/connexion', async (c) => {
      const { email, to } = Sent.parse(await c.req.parseBody())
      const returnTo = safeReturnPath(to, '')
      try {
        c.var.limit('sign_in_caller', c.var.caller)
        c.var.limit('sign_in_mail', email.trim().toLowerCase())
        const browserToken = putBrowserToken(c, publicUrl)
        await askForCode(c.var.context, { email, browserToken, returnTo }, { mailer, publicUrl, report })
      } catch (error) {
        const { locale } = propsOf(c, mode)
        const form = refusedForm({ email }, error, { locale, other: 'email' })
        return showSignIn(c, returnTo, form, error instanceof AppError && error.kind === 'too_many' ? 429 : 422)
      }
      return c.redirect('/connexion/code', 303)
    })
    .get('/connexion/code', (c) => draw(c, <CodePage {...propsOf(c, mode)} form={emptyForm} />))
    .post('/connexion/code', async (c) => {
      const { code = '' } = valuesOf(await c.req.parseBody())
      const typed = { code, browserToken: browserTokenOf(c, publicUrl), browser: browserOf(c, publicUrl) }
      try {
        c.var.limit('sign_in_caller', c.var.caller)
        return enter(c, await enterCode(c.var.context, typed, (address) => c.var.limit('sign_in_try', address)))
      } catch (error) {
        const page = propsOf(c, mode)
        const form = refusedForm({}, error, { locale: page.locale, other: 'code' })
        return draw(c, <CodePage {...page} form={form} />, 401)
      }
    })
    .post('/deconnexion', async (c) => {
      const { sessionToken } = browserOf(c, publicUrl)
      const ended = sessionToken === undefined ? undefined : await endSession(atGate(c.var.context), sessionToken)
      forgetSession(c, publicUrl)
      const href = oidc && ended?.idToken ? await providerSignOut(oidc, ended.idToken, publicUrl) : null
      if (!oidc || !href) return c.redirect('/', 303)
      const page = { ...propsOf(c, mode), person: undefined }
      return draw(c, <SignedOutPage {...page} href={String(href)} name={oidc.name} />)
    })
    .get('/connexion/cle', async (c) => {
      const { actor } = c.var.context
      const to = safeReturnPath(c.req.query('to'), '/compte')
      if (actor.kind !== 'public' || !actor.halfway) return c.redirect(to, 303)
      const { halfway } = actor
      const hasPasskey = (await countPasskeys(atGate(c.var.context).db, halfway.personId)) > 0
      return draw(c, <KeyPage {...propsOf(c, mode)} {...{ halfway, hasPasskey, to }} />)
    })
  if (!oidc) return routes
  const site = { provider: oidc, publicUrl }
  return routes
    .get('/connexion/fournisseur', async (c) => {
      c.var.limit('sign_in_caller', c.var.caller)
      const browserToken = putBrowserToken(c, publicUrl)
      const returnTo = safeReturnPath(c.req.query('to'), '')
      return c.redirect(String(await goToProvider(c.var.context, { browserToken, returnTo }, site)), 303)
    })
    .get('/connexion/retour', async (c) => {
      const back = { query: new URL(c.req.url).search, browserToken: browserTokenOf(c, publicUrl) }
      return enter(c, await returnFromProvider(c.var.context, { ...back, browser: browserOf(c, publicUrl) }, site))
    })
}
