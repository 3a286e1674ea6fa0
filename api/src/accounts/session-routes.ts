import { createRoute, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type AppEnv, atGate } from '../shared/context.ts'
import { cookieOptions } from '../shared/cookies.ts'
import { createRouter, problems } from '../shared/http.ts'
import { cookieName } from './authenticate.ts'
import { browserName } from './browser-name.ts'
import { safeReturnPath } from './return-path.ts'
import { type Browser, endSession, type NewSession, signInToDemo } from './session.ts'

/** The session's cookie, for no longer than the session. */
export const keepSession = (c: HonoContext<AppEnv>, publicUrl: string, { token, expiresAt }: NewSession): void =>
  setCookie(c, cookieName(publicUrl), token, { ...cookieOptions(publicUrl), expires: expiresAt })

export const forgetSession = (c: HonoContext<AppEnv>, publicUrl: string): void => {
  deleteCookie(c, cookieName(publicUrl), cookieOptions(publicUrl))
}

export const browserOf = (c: HonoContext<AppEnv>, publicUrl: string): Browser => ({
  name: browserName(c.req.header('user-agent')),
  sessionToken: getCookie(c, cookieName(publicUrl)),
})

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  responses: { 204: { description: 'The session is over, everywhere' }, ...problems('forbidden') },
})

/** Ending a session. The cookie's name depends on how this installation is reached. */
export const createSessionRoutes = (publicUrl: string) =>
  createRouter().openapi(signOut, async (c) => {
    const token = getCookie(c, cookieName(publicUrl))
    if (token !== undefined) await endSession(atGate(c.var.context), token)
    forgetSession(c, publicUrl)
    return c.body(null, 204)
  })

const signInByLink = createRoute({
  method: 'get',
  path: '/demo/sign-in/{token}',
  summary: 'Sign in as one of the demo’s people (demo mode only)',
  request: {
    params: z.object({ token: z.string().min(20).max(100) }),
    query: z.object({ to: z.string().max(500).default('/') }),
  },
  responses: { 303: { description: 'Signed in: on to the page asked for' }, ...problems('invalid', 'not_found') },
})

/** One click, one role: mounted in demo mode only. */
export const createDemoSignInRoutes = (publicUrl: string) =>
  createRouter().openapi(signInByLink, async (c) => {
    const { token } = c.req.valid('param')
    keepSession(c, publicUrl, await signInToDemo(atGate(c.var.context), token, browserOf(c, publicUrl)))
    return c.redirect(safeReturnPath(c.req.valid('query').to, '/'), 303)
  })
