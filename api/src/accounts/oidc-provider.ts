import { createPrivateKey } from 'node:crypto'
import * as openid from 'openid-client'

export type OidcSettings = {
  issuer: string
  clientId: string
  /** One of the two: a shared secret, or a private key in PEM (PKCS 8) that signs `private_key_jwt`. */
  secret: string | undefined
  privateKeyPem: string | undefined
  scope: string
  /** What stands on the button. */
  name: string
  /** The provider vouches for every address, though it says `email_verified` of none. */
  vouchesForEmails: boolean
}

export type OidcProvider = OidcSettings & { discover: () => Promise<openid.Configuration> }

/** Reads the provider's description when it is first needed: a provider that is away keeps nobody from starting. */
export function createOidcProvider(settings: OidcSettings): OidcProvider {
  let known: Promise<openid.Configuration> | undefined
  return {
    ...settings,
    discover() {
      known ??= discover(settings).catch((error: unknown) => {
        known = undefined
        throw error
      })
      return known
    },
  }
}

async function discover({ issuer, clientId, secret, privateKeyPem }: OidcSettings): Promise<openid.Configuration> {
  const { key, alg } = privateKeyPem ? await readKey(privateKeyPem) : { key: undefined, alg: undefined }
  const authentication = key ? openid.PrivateKeyJwt(key) : openid.ClientSecretPost(secret)
  const metadata = alg ? { token_endpoint_auth_signing_alg: alg } : {}
  const isLocal = ['localhost', '127.0.0.1'].includes(new URL(issuer).hostname)
  const config = await openid.discovery(new URL(issuer), clientId, metadata, authentication, {
    timeout: 10,
    execute: [openid.enableNonRepudiationChecks, ...(isLocal ? [openid.allowInsecureRequests] : [])],
  })
  return config
}

/** An elliptic key signs ES256, an RSA key RS256: what providers of public bodies take. */
async function readKey(pem: string): Promise<{ key: CryptoKey; alg: string }> {
  const isRsa = createPrivateKey(pem).asymmetricKeyType === 'rsa'
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  const algorithm = isRsa ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign'])
  return { key, alg: isRsa ? 'RS256' : 'ES256' }
}
