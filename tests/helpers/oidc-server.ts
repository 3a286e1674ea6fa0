import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { JWK } from 'oidc-provider'
import { Provider } from 'oidc-provider'
import { afterwards } from './afterwards.ts'

type Account = { email: string; email_verified?: boolean }

/**
 * A real OpenID provider as public bodies run one: `private_key_jwt`, PKCE, `iss` in the answer, userinfo as a signed JWT, sign-out.
 * `signIn` is a person with a browser of their own in front of its sign-in page.
 */
export async function givenOidcServer({ port, redirectUri }: { port: number; redirectUri: string }) {
  const issuer = `http://127.0.0.1:${port}`
  const accounts = new Map<string, Account>()
  const userinfoTypes: string[] = []
  const client = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signing = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = (key: KeyObject, more: object) => ({ ...key.export({ format: 'jwk' }), ...more }) as JWK
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'carnet',
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [`${new URL(redirectUri).origin}/`],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        userinfo_signed_response_alg: 'RS256',
        jwks: { keys: [jwk(client.publicKey, { use: 'sig', alg: 'ES256' })] },
      },
    ],
    jwks: { keys: [jwk(signing.privateKey, { use: 'sig', alg: 'RS256', kid: 'own' })] },
    cookies: { keys: ['tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: {
      jwtUserinfo: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true },
    },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...accounts.get(sub) }) }),
    // A scheme for the people of one house: whoever signs in agreed already.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: 'carnet', accountId: ctx.oidc.session!.accountId! })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
  })
  provider.use(async (ctx, next) => {
    await next()
    if (ctx.path === '/me') userinfoTypes.push(ctx.response.type)
  })
  const answer = provider.callback()
  const server = createServer((request, response) => {
    const subject = request.headers['x-sign-in-as']
    if (request.url?.startsWith('/interaction/') && typeof subject === 'string')
      void provider.interactionFinished(request, response, { login: { accountId: subject, amr: ['pwd', 'mfa'] } })
    else void answer(request, response)
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  afterwards(() => new Promise<void>((closed) => void server.close(() => closed())))

  async function signIn(address: string, subject: string): Promise<string> {
    const cookies = new Map<string, string>()
    let next = address
    while (next.startsWith(issuer)) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(next, { redirect: 'manual', headers: { cookie, 'x-sign-in-as': subject } })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      const location = response.headers.get('location')
      if (!location) throw new Error(`The provider stopped at ${next}: ${response.status} ${await response.text()}`)
      next = String(new URL(location, issuer))
    }
    return next
  }
  const privateKeyPem = client.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  return { issuer, accounts, userinfoTypes, privateKeyPem, signIn }
}
