import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Keyring } from '../keyring/keyring.ts'

/*
 * A sign-in under way belongs to the browser that began it. The browser holds a secret of 256 bits; whatever it must answer is
 * an HMAC under that secret, so the database, which keeps the secret's hash alone, neither knows a code nor can guess one.
 */

const attemptMinutes = 10
export const codeTries = 5
export const codesPerHour = { address: 5, browser: 10 }
const codeDigits = 8

export const attemptEnd = (now: Date): Date => new Date(now.getTime() + attemptMinutes * 60_000)
export const newCode = (): string => String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0')

/** As it was typed or pasted: blanks and hyphens between the digits do not count. */
export const readCode = (typed: string): string => typed.replace(/[\s\u00a0\u202f-]/g, '')

type Purpose = 'code' | 'challenge' | 'state' | 'nonce' | 'verifier'
const derive = (browserToken: string, purpose: Purpose, text: string): Buffer =>
  createHmac('sha256', browserToken).update(`${purpose}|${text}`).digest()

export const hashCode = (browserToken: string, attemptId: string, code: string): Buffer =>
  derive(browserToken, 'code', `${attemptId}|${code}`)
/** Text for a challenge, a state, a nonce or a PKCE verifier: 43 characters. */
export const secretOf = (browserToken: string, purpose: Exclude<Purpose, 'code'>, attemptId: string): string =>
  derive(browserToken, purpose, attemptId).toString('base64url')

export const isSame = (known: Uint8Array, given: Uint8Array): boolean =>
  known.length === given.length && timingSafeEqual(known, given)

/** Counts codes by address without keeping the address: a hash under a key that no database holds. */
export function hashAddress(keyring: Pick<Keyring, 'answerMac'>, address: string): Buffer {
  const digest = createHash('sha256').update(`sign-in|${address}`).digest('hex').slice(0, 32)
  return createHash('sha256').update(keyring.answerMac(digest)).digest()
}
