import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { HonoRequest } from 'hono'
import { z } from 'zod'
import { beginPasskey, finishPasskey } from '../../accounts/add-passkey.ts'
import { safeReturnPath } from '../../accounts/return-path.ts'
import { browserOf, keepSession } from '../../accounts/session-routes.ts'
import { askForPasskey, showPasskey } from '../../accounts/show-passkey.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import type { PageParts } from '../page-parts.ts'
import { passkeyScript } from './passkey-script.ts'
import { browserTokenOf, nextPage, putBrowserToken } from './sign-in-routes.tsx'

const text = z.string().max(20_000)
/** What both kinds of answer of an authenticator have; the library reads the rest, and believes none of it. */
const Credential = z.looseObject({
  id: text.min(1),
  rawId: text,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: text }),
  clientExtensionResults: z.looseObject({}).default({}),
})
const Asked = z.object({ to: z.string().max(500).catch('') })
const Shown = z.object({ response: Credential })
const Added = z.object({
  response: Credential,
  keyName: z.string().trim().min(1).max(60),
  to: z.string().max(500).catch(''),
})

/** Throws `invalid`, for what is no JSON too. */
async function read<Schema extends z.ZodType>(schema: Schema, request: HonoRequest): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await request.json().catch(() => undefined))
  if (!parsed.success) throw new AppError('invalid', 'invalid_request', 'This is no answer of a passkey')
  return parsed.data
}

/** What the script of the pages asks. Passkeys are the one thing here that needs a script. */
export const createPasskeyRoutes = ({ publicUrl }: PageParts) =>
  createRouter()
    .get('/assets/passkeys.js', (c) =>
      c.body(passkeyScript, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': c.req.query('v') === undefined ? 'public, max-age=300' : 'public, max-age=31536000, immutable',
      }),
    )
    .post('/cles/preuve', async (c) => {
      c.var.limit('sign_in_caller', c.var.caller)
      const returnTo = safeReturnPath((await read(Asked, c.req)).to, '')
      const browserToken = putBrowserToken(c, publicUrl)
      return c.json(await askForPasskey(c.var.context, { browserToken, returnTo }, publicUrl))
    })
    .post('/cles/preuve/reponse', async (c) => {
      c.var.limit('sign_in_caller', c.var.caller)
      const response = (await read(Shown, c.req)).response as unknown as AuthenticationResponseJSON
      const from = { browserToken: browserTokenOf(c, publicUrl), browser: browserOf(c, publicUrl) }
      const signedIn = await showPasskey(c.var.context, { response, ...from }, publicUrl)
      keepSession(c, publicUrl, signedIn)
      return c.json({ to: nextPage(signedIn) })
    })
    .post('/cles/ajout', async (c) =>
      c.json(await beginPasskey(c.var.context, putBrowserToken(c, publicUrl), publicUrl)),
    )
    .post('/cles/ajout/reponse', async (c) => {
      const { response, keyName: name, to } = await read(Added, c.req)
      const from = { browserToken: browserTokenOf(c, publicUrl), browser: browserOf(c, publicUrl) }
      const answer = { response: response as unknown as RegistrationResponseJSON, name, ...from }
      keepSession(c, publicUrl, await finishPasskey(c.var.context, answer, publicUrl))
      return c.json({ to: safeReturnPath(to, '/compte') })
    })
