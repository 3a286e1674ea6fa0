import { isSignedBy } from '../books/sign-voucher.ts'
import { readVoucherText } from '../books/voucher-payload.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Context } from '../shared/context.ts'
import { findKnownCodeMac } from './queries.ts'
import { codeOf, type RefusalReason } from './scan.ts'

/** `lost`: its key was ours and is gone from both copies, so that nothing can be told now. */
export type Identified =
  | { kind: 'voucher'; code: Uint8Array; codeMac: string; isTyped: boolean }
  | { kind: 'training' }
  | { kind: 'lost' }
  | { kind: 'refused'; reason: 'malformed_code' | 'bad_signature' }

const highestKid = 255
const listLostKids = ({ isKnownKid, listKids }: Keyring): number[] => {
  const live = listKids()
  return Array.from({ length: highestKid }, (_, at) => at + 1).filter((kid) => isKnownKid(kid) && !live.includes(kid))
}

/** The voucher behind a QR text or a typed code. No such key was ever ours: `bad_signature`. */
export async function identifyVoucher(ctx: Context, text: string): Promise<Identified> {
  const { keyring } = ctx
  const read = codeOf(text, keyring.listKids())
  if (read.kind === 'training') return read
  if (read.kind === 'malformed') return { kind: 'refused', reason: 'malformed_code' }
  const { code, kids, isTyped } = read
  const codeMacs = kids.flatMap((kid) => keyring.codeMac(kid, code) ?? [])
  const voucher = (codeMac: string): Identified => ({ kind: 'voucher', code, codeMac, isTyped })
  if (!isTyped) {
    if (codeMacs[0]) return voucher(codeMacs[0])
    return kids.some(keyring.isKnownKid) ? { kind: 'lost' } : { kind: 'refused', reason: 'bad_signature' }
  }
  // A typed code does not say under which key it was made.
  const isAnyLost = listLostKids(keyring).length > 0
  if (codeMacs.length === 1 && !isAnyLost) return voucher(codeMacs[0]!)
  const known = await findKnownCodeMac(ctx.db, codeMacs)
  if (known) return voucher(known)
  return codeMacs[0] && !isAnyLost ? voucher(codeMacs[0]) : { kind: 'lost' }
}

/** Only asked for an unknown code, to word the refusal: the database is the truth, not the signature. */
export function wordingOf(keyring: Keyring, reason: RefusalReason, text: string): RefusalReason {
  if (reason !== 'unknown_voucher') return reason
  const voucher = readVoucherText(text)
  const publicKey = voucher && keyring.publicKey(voucher.kid)
  return publicKey && !isSignedBy(voucher, publicKey) ? 'bad_signature' : reason
}
