import { randomUUID } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { atGate, type Context } from '../shared/context.ts'
import { challengeBytes, refused, site } from './add-passkey.ts'
import { attemptEnd, secretOf } from './attempt.ts'
import { addAttempt, closeAttempts, useAttempt } from './attempt-queries.ts'
import { recordAudit } from './audit.ts'
import type { SignedIn } from './enter-code.ts'
import { findPasskey, notePasskeyUsed, type Passkey } from './passkey-queries.ts'
import { type Browser, startSession } from './session.ts'
import { hashToken } from './tokens.ts'

/** A challenge for whichever passkey the person picks: no address is typed, so none can be tried out. */
export async function askForPasskey(
  ctx: Context,
  { browserToken, returnTo }: { browserToken: string; returnTo: string },
  publicUrl: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const [id, now, browserHash] = [randomUUID(), ctx.now(), hashToken(browserToken)]
  await atGate(ctx).transaction(async (tx) => {
    await closeAttempts(tx, { kind: 'passkey', browserHash, now })
    await addAttempt(tx, { id, kind: 'passkey', browserHash, returnTo, createdAt: now, expiresAt: attemptEnd(now) })
  })
  const { rpID } = site(publicUrl)
  return generateAuthenticationOptions({
    rpID,
    challenge: challengeBytes(browserToken, id),
    userVerification: 'required',
  })
}

/**
 * Signs in, or proves again, by a passkey that says who it belongs to. The challenge is used up whatever comes. Throws
 * `forbidden` `passkey_refused`, `no_membership`, `conflict` `passkey_changed`.
 */
export async function showPasskey(
  ctx: Context,
  answer: { response: AuthenticationResponseJSON; browserToken: string | undefined; browser: Browser },
  publicUrl: string,
): Promise<SignedIn> {
  const { response, browserToken = '', browser } = answer
  const gate = atGate(ctx)
  const asked = { kind: 'passkey', browserHash: hashToken(browserToken), now: ctx.now() } as const
  const attempt = await gate.transaction((tx) => useAttempt(tx, asked))
  const passkey = await findPasskey(gate.db, new Uint8Array(Buffer.from(response.id, 'base64url')))
  if (!attempt || !passkey) throw refused()
  const challenge = secretOf(browserToken, 'challenge', attempt.id)
  const counter = await verify(response, passkey, challenge, publicUrl)
  const { personId } = passkey
  return gate.transaction(async (tx) => {
    await notePasskeyUsed(tx, passkey, counter, ctx.today())
    const session = await startSession(tx, gate, { personId, method: 'passkey' }, browser)
    await recordAudit(tx, ctx, 'signed_in', { personId, method: 'passkey' })
    return { ...session, returnTo: attempt.returnTo }
  })
}

/** Gives the new counter. The library refuses one that did not go up, which tells of a copied key. */
async function verify(
  response: AuthenticationResponseJSON,
  { credentialId, publicKey, counter, personId }: Passkey,
  expectedChallenge: string,
  publicUrl: string,
): Promise<number> {
  const { rpID, origin } = site(publicUrl)
  const handle = response.response.userHandle
  if (handle !== undefined && Buffer.from(handle, 'base64url').toString('hex') !== personId.replaceAll('-', ''))
    throw refused()
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: {
      id: Buffer.from(credentialId).toString('base64url'),
      publicKey: new Uint8Array(publicKey),
      counter,
    },
  }).catch(() => undefined)
  if (!checked?.verified) throw refused()
  return checked.authenticationInfo.newCounter
}
