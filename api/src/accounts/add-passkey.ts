import { randomUUID } from 'node:crypto'
import {
  type AuthenticatorTransportFuture,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { queueMail } from '../mail/queue-mail.ts'
import { atGate, type Context, type Halfway, type Person } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { attemptEnd, secretOf } from './attempt.ts'
import { addAttempt, closeAttempts, useAttempt } from './attempt-queries.ts'
import { recordAudit } from './audit.ts'
import { addPasskey, countPasskeys, getPerson, listPasskeys } from './passkey-queries.ts'
import { requireFreshProof } from './proof.ts'
import { type Browser, type NewSession, startSession } from './session.ts'
import { isSession } from './session-queries.ts'
import { hashToken } from './tokens.ts'

const mostPasskeys = 10
export const site = (publicUrl: string) => ({ rpID: new URL(publicUrl).hostname, origin: new URL(publicUrl).origin })

/**
 * Who may add a passkey: a person with a fresh proof, or one who signed in by mail into a role that needs a passkey and has none
 * yet. With one, that one is shown first: a mailbox alone never adds a second. Throws `unauthenticated`, `forbidden`.
 */
async function requireOwner(ctx: Context): Promise<Required<Pick<Person, 'personId' | 'session'>> | Halfway> {
  const { actor } = ctx
  const halfway = actor.kind === 'public' ? actor.halfway : undefined
  if (!halfway) return requireFreshProof(ctx)
  requireFreshProof({ ...ctx, actor: { ...halfway, kind: 'person', tenantId: null, scopes: [] } })
  if ((await countPasskeys(atGate(ctx).db, halfway.personId)) > 0)
    throw new AppError('forbidden', 'passkey_needed', 'Show the passkey of this account first')
  return halfway
}

/** What the browser asks its authenticator for. Throws as `requireOwner`. */
export async function beginPasskey(
  ctx: Context,
  browserToken: string,
  publicUrl: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { personId } = await requireOwner(ctx)
  const [id, now, browserHash] = [randomUUID(), ctx.now(), hashToken(browserToken)]
  const gate = atGate(ctx)
  const { person, keys } = await gate.transaction(async (tx) => {
    await closeAttempts(tx, { kind: 'registration', browserHash, now })
    const times = { createdAt: now, expiresAt: attemptEnd(now) }
    await addAttempt(tx, { id, kind: 'registration', browserHash, personId, returnTo: '/compte', ...times })
    return { person: await getPerson(tx, personId), keys: await listPasskeys(tx, personId) }
  })
  return generateRegistrationOptions({
    rpName: 'Carnet',
    rpID: site(publicUrl).rpID,
    userID: new Uint8Array(Buffer.from(personId.replaceAll('-', ''), 'hex')),
    userName: person.email,
    userDisplayName: person.name,
    challenge: challengeBytes(browserToken, id),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: keys.map(({ credentialId, transports }) => ({
      id: Buffer.from(credentialId).toString('base64url'),
      transports: transports as AuthenticatorTransportFuture[],
    })),
  })
}

/**
 * Keeps the public key and starts a session that rests on it. The challenge is used up whatever comes. Throws as `beginPasskey`,
 * `forbidden` `passkey_refused`, `conflict` `passkey_taken`, `too_many_passkeys`.
 */
export async function finishPasskey(
  ctx: Context,
  answer: { response: RegistrationResponseJSON; name: string; browserToken: string | undefined; browser: Browser },
  publicUrl: string,
): Promise<NewSession> {
  const { personId, session: shown } = await requireOwner(ctx)
  const { response, name, browserToken = '', browser } = answer
  const gate = atGate(ctx)
  const asked = { kind: 'registration', browserHash: hashToken(browserToken), now: ctx.now() } as const
  const attempt = await gate.transaction((tx) => useAttempt(tx, asked))
  if (attempt?.personId !== personId) throw refused()
  const credential = await verify(response, secretOf(browserToken, 'challenge', attempt.id), publicUrl)
  return gate.transaction(async (tx) => {
    await takeLock(tx, 'passkeys', personId)
    // Somebody may have ended it since this request came in.
    if (!(await isSession(tx, shown.id))) throw new AppError('unauthenticated', 'sign_in_needed', 'Sign in first')
    if ((await countPasskeys(tx, personId)) >= mostPasskeys)
      throw new AppError('conflict', 'too_many_passkeys', `At most ${mostPasskeys} passkeys`)
    const isNew = await addPasskey(tx, {
      personId,
      credentialId: new Uint8Array(Buffer.from(credential.id, 'base64url')),
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      name,
      createdOn: ctx.today(),
    })
    if (!isNew) throw new AppError('conflict', 'passkey_taken', 'This passkey is in use already')
    const { email, language } = await getPerson(tx, personId)
    await queueMail(tx, gate, { to: email, language, template: 'passkey_added', facts: { name } })
    const session = await startSession(tx, gate, { personId, method: 'passkey' }, browser)
    await recordAudit(tx, ctx, 'passkey_added', { personId, name })
    return session
  })
}

async function verify(response: RegistrationResponseJSON, expectedChallenge: string, publicUrl: string) {
  const { rpID, origin } = site(publicUrl)
  const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true }
  const checked = await verifyRegistrationResponse({ response, ...expected }).catch(() => undefined)
  if (!checked?.verified) throw refused()
  return checked.registrationInfo.credential
}

export const challengeBytes = (browserToken: string, attemptId: string) =>
  new Uint8Array(Buffer.from(secretOf(browserToken, 'challenge', attemptId), 'base64url'))

export const refused = () => new AppError('forbidden', 'passkey_refused', 'This passkey was not accepted')
