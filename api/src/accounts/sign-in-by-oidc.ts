import { randomUUID } from 'node:crypto'
import * as openid from 'openid-client'
import { checkAddress } from '../mail/address.ts'
import { atGate, type Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { acceptInvitations } from './accept-invitations.ts'
import { attemptEnd, secretOf } from './attempt.ts'
import { addAttempt, closeAttempts, findPersonByEmail, useAttempt } from './attempt-queries.ts'
import { recordAudit } from './audit.ts'
import type { SignedIn } from './enter-code.ts'
import type { OidcProvider } from './oidc-provider.ts'
import { addIdentity, findIdentity } from './oidc-queries.ts'
import { type Browser, startSession } from './session.ts'
import { freshMinutes } from './session-rules.ts'
import { hashToken } from './tokens.ts'

type Site = { provider: OidcProvider; publicUrl: string }
const callbackPath = '/connexion/retour'
const maxAge = freshMinutes * 60

/**
 * The address at the provider to go to: code flow with PKCE, state and nonce, all derived from this browser's secret. It asks for a
 * proof of the last ten minutes, so that the session begins with one. Throws `unavailable` `provider_away`.
 */
export async function goToProvider(
  ctx: Context,
  { browserToken, returnTo }: { browserToken: string; returnTo: string },
  { provider, publicUrl }: Site,
): Promise<URL> {
  const config = await discover(provider)
  const [id, now, browserHash] = [randomUUID(), ctx.now(), hashToken(browserToken)]
  await atGate(ctx).transaction(async (tx) => {
    await closeAttempts(tx, { kind: 'oidc', browserHash, now })
    await addAttempt(tx, { id, kind: 'oidc', browserHash, returnTo, createdAt: now, expiresAt: attemptEnd(now) })
  })
  return openid.buildAuthorizationUrl(config, {
    redirect_uri: publicUrl + callbackPath,
    scope: provider.scope,
    state: secretOf(browserToken, 'state', id),
    nonce: secretOf(browserToken, 'nonce', id),
    code_challenge: await openid.calculatePKCECodeChallenge(secretOf(browserToken, 'verifier', id)),
    code_challenge_method: 'S256',
    max_age: String(maxAge),
  })
}

/**
 * Back from the provider, once. Whom it names is known by issuer and subject; the first time by an address that it verified and that
 * somebody was invited by. Throws `forbidden` `provider_refused`, `email_not_verified`, `no_membership`, `unavailable` `provider_away`.
 */
export async function returnFromProvider(
  ctx: Context,
  back: { query: string; browserToken: string | undefined; browser: Browser },
  { provider, publicUrl }: Site,
): Promise<SignedIn> {
  const { browserToken = '', browser } = back
  const gate = atGate(ctx)
  const asked = { kind: 'oidc', browserHash: hashToken(browserToken), now: ctx.now() } as const
  const attempt = await gate.transaction((tx) => useAttempt(tx, asked))
  if (!attempt) throw refusedBy()
  const callback = new URL(callbackPath + back.query, publicUrl)
  const claims = await redeem(provider, callback, browserToken, attempt.id)
  return gate.transaction(async (tx) => {
    const { issuer, subject } = claims
    const known = await findIdentity(tx, issuer, subject)
    const personId = known ?? (await findPersonByEmail(tx, verifiedAddress(claims, provider)))?.id
    if (personId === undefined) throw new AppError('forbidden', 'no_membership', 'Nobody invited this address')
    if (!known) {
      await addIdentity(tx, { issuer, subject, personId, createdOn: ctx.today() })
      await acceptInvitations(tx, gate, personId)
    }
    const { idToken, provenAt, acr, amr } = claims
    const session = await startSession(tx, gate, { personId, method: 'oidc', idToken, provenAt }, browser)
    await recordAudit(tx, ctx, 'signed_in', { personId, method: 'oidc', issuer, acr, amr })
    return { ...session, returnTo: attempt.returnTo }
  })
}

type Claims = {
  issuer: string
  subject: string
  email: unknown
  emailVerified: unknown
  idToken: string
  provenAt: Date
  acr: string | null
  amr: string[]
}

/** The code against tokens, and the claims of the person; every signature, issuer, state and nonce is checked by openid-client. */
async function redeem(provider: OidcProvider, callback: URL, browserToken: string, attemptId: string): Promise<Claims> {
  const config = await discover(provider)
  try {
    const tokens = await openid.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: secretOf(browserToken, 'verifier', attemptId),
      expectedState: secretOf(browserToken, 'state', attemptId),
      expectedNonce: secretOf(browserToken, 'nonce', attemptId),
      idTokenExpected: true,
      maxAge,
    })
    const { iss, sub, auth_time, acr = null, amr = [] } = tokens.claims()!
    const { email, email_verified } = await openid.fetchUserInfo(config, tokens.access_token, sub)
    const provenAt = new Date(Number(auth_time) * 1000)
    const person = { issuer: iss, subject: sub, email, emailVerified: email_verified, idToken: tokens.id_token! }
    return {
      ...person,
      provenAt,
      acr: acr === null ? null : String(acr),
      amr: Array.isArray(amr) ? amr.map(String) : [],
    }
  } catch {
    throw refusedBy()
  }
}

function verifiedAddress({ email, emailVerified }: Claims, { vouchesForEmails }: OidcProvider): string {
  const isVerified = emailVerified === true || (emailVerified === undefined && vouchesForEmails)
  if (!isVerified || typeof email !== 'string')
    throw new AppError('forbidden', 'email_not_verified', 'The provider did not verify this address')
  return checkAddress(email)
}

/** Where to end the session at the provider too; null when it has no such place. */
export async function providerSignOut(provider: OidcProvider, idToken: string, publicUrl: string): Promise<URL | null> {
  const config = await discover(provider)
  if (!config.serverMetadata().end_session_endpoint) return null
  return openid.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: `${publicUrl}/` })
}

const discover = (provider: OidcProvider) =>
  provider.discover().catch(() => {
    throw new AppError('unavailable', 'provider_away', 'The identity provider does not answer: sign in another way')
  })

const refusedBy = () => new AppError('forbidden', 'provider_refused', 'Signing in at the provider did not work')
