/** A kid is an Ed25519 key that signs vouchers and the code key that hides their codes. The code key never changes: it is in every codeMac. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { AppError } from '../shared/errors.ts'
import type { Copies } from './copies.ts'
import { readKept, writeKept } from './kept-files.ts'
import { KeyringError } from './keyring-error.ts'
import { type MacKey, macKey } from './mac.ts'
import { codeKeyName, ED25519_LENGTH, KEY_LENGTH, signingKeyName, signingStateName, stemsOf } from './names.ts'

/** retired: signs no more, its vouchers stay good. revoked: phones no longer trust its signature. */
export type KidState = 'active' | 'retired' | 'revoked'
export type PublicKey = { kid: number; publicKey: string; state: KidState }
type Kid = { kid: number; state: KidState; codeKey: MacKey; privateKey: KeyObject; publicKey: KeyObject }

const statesAfter: Record<KidState, readonly KidState[]> = {
  active: ['active', 'retired', 'revoked'],
  retired: ['retired', 'revoked'],
  revoked: ['revoked'],
}

const newSigningKey = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }) as Buffer

/** Undefined for a kid whose making was interrupted, or whose code key is in neither copy. */
function readKid(copies: Copies, kid: number): Kid | undefined {
  const codeKey = copies.read(codeKeyName(kid), KEY_LENGTH)
  const signingKey = copies.read(signingKeyName(kid), ED25519_LENGTH)
  const state = readKept(copies, signingStateName(kid))?.toString() as KidState | undefined
  if (!codeKey || !signingKey || !state) return undefined
  const privateKey = createPrivateKey({ key: signingKey, format: 'der', type: 'pkcs8' })
  signingKey.fill(0)
  return { kid, state, codeKey: macKey(codeKey), privateKey, publicKey: createPublicKey(privateKey) }
}

export function signingKeys(copies: Copies) {
  const kids = new Map<number, Kid>()
  /** Never shrinks: a kid that memory remembers is lost, not unknown. */
  const everSeen = new Set<number>()

  function load(): void {
    const files = copies.list('signing')
    const listed = stemsOf(copies.list('code'), '.key').map(Number)
    for (const kid of [...stemsOf(files, '.key').map(Number), ...kids.keys()]) {
      const read = readKid(copies, kid)
      if (read) kids.set(kid, read)
      else if (kids.delete(kid)) copies.report({ kind: 'lost', file: codeKeyName(kid) })
      else if (!listed.includes(kid) && !everSeen.has(kid))
        throw new KeyringError('keyring_incomplete', `${codeKeyName(kid)} is in neither copy of the keyring`)
    }
    for (const kid of kids.keys()) everSeen.add(kid)
  }

  function getKid(kid: number): Kid {
    const found = kids.get(kid)
    if (!found) throw new AppError('not_found', 'unknown_kid', `There is no key ${kid}`)
    return found
  }

  return {
    load,

    /** Makes the next kid, or finishes one whose making was interrupted. */
    createKid(): number {
      let kid = 1
      while (kids.has(kid) || everSeen.has(kid)) kid++
      copies.create(codeKeyName(kid), randomBytes(KEY_LENGTH))
      copies.create(signingKeyName(kid), newSigningKey())
      writeKept(copies, signingStateName(kid), Buffer.from('active'))
      load()
      return kid
    },

    /** Throws `conflict` for a step back, `not_found` for an unknown kid. */
    setKidState(kid: number, state: KidState): void {
      if (!statesAfter[getKid(kid).state].includes(state))
        throw new AppError('conflict', 'kid_state', `Key ${kid} cannot become ${state} again`)
      writeKept(copies, signingStateName(kid), Buffer.from(state))
      load()
    },

    /** True also when its key has been lost since: such a voucher is answered `retry`, never `unknown_voucher`. */
    isKnownKid: (kid: number): boolean => everSeen.has(kid),
    /** The kids whose codes can be looked up, newest first: a typed code tries each. */
    listKids: (): number[] => [...kids.keys()].sort((a, b) => b - a),
    /** Throws `unavailable` when every kid is retired or revoked. */
    activeKid(): number {
      const active = [...kids.values()].filter(({ state }) => state === 'active').map(({ kid }) => kid)
      if (active.length === 0) throw new AppError('unavailable', 'no_active_kid', 'No key signs vouchers now')
      return Math.max(...active)
    },
    /** For phones: raw 32 bytes in base64url, by kid. */
    listPublicKeys: (): PublicKey[] =>
      [...kids.values()]
        .sort((a, b) => a.kid - b.kid)
        .map(({ kid, publicKey, state }) => ({ kid, publicKey: publicKey.export({ format: 'jwk' }).x!, state })),
    publicKey: (kid: number): KeyObject | undefined => kids.get(kid)?.publicKey,
    /** Throws `conflict` unless the kid is active. */
    signingKey(kid: number): KeyObject {
      const { state, privateKey } = getKid(kid)
      if (state !== 'active') throw new AppError('conflict', 'kid_not_active', `Key ${kid} is ${state}`)
      return privateKey
    },

    /** The primary key of a voucher, from the 8 bytes of its code. Undefined without the kid's code key. */
    codeMac: (kid: number, code: Uint8Array): string | undefined => kids.get(kid)?.codeKey.mac(code),
  }
}
