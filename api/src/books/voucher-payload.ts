/**
 * What the QR code of a voucher says: `P1` and 80 bytes in base45, always 122 characters.
 * Pure, and the same file on the server and on the phone. The format never changes: another one gets another version.
 */
import { addDays, type Day, daysBetween, isDay } from '../shared/days.ts'
import { readBase45, toBase45 } from './base45.ts'

export const voucherPrefix = 'P1'
const TEXT_LENGTH = 122
const SIGNED_LENGTH = 16
const PAYLOAD_LENGTH = 80
const FIRST_DAY: Day = '2024-01-01'
const VOUCHER = 0x11
const TRAINING = 0x21
const SIGNING_CONTEXT = new TextEncoder().encode('pn-cheque-v1\0')

/** What the scan path needs. `code` is 8 bytes, the first 4 bits zero; `signedBytes` the 16 bytes that hold all fields. */
export type VoucherHeader = { isTraining: boolean; kid: number; code: Uint8Array; signedBytes: Uint8Array }
export type VoucherFields = {
  isTraining: boolean
  /** 1 to 255. */
  kid: number
  /** 0 to 16,777,215. */
  campaignNumber: number
  /** 2024-01-01 to 2203-06-07. */
  lastDay: Day
  /** 0 to 255. */
  faceValueEuros: number
  code: Uint8Array
}
export type Voucher = VoucherFields & { signedBytes: Uint8Array; signature: Uint8Array }

export const isCode = (code: Uint8Array): boolean => code.length === 8 && code[0]! < 16

const isWithin = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to

/** The 16 bytes to sign. Throws `RangeError` when a field does not fit. */
export function encodePayload(fields: VoucherFields): Uint8Array {
  const { isTraining, kid, campaignNumber, lastDay, faceValueEuros, code } = fields
  const day = isDay(lastDay) ? daysBetween(FIRST_DAY, lastDay) : Number.NaN
  if (!isWithin(kid, 1, 255)) throw new RangeError(`kid ${kid} is not 1 to 255`)
  if (!isWithin(campaignNumber, 0, 0xffffff)) throw new RangeError(`campaign number ${campaignNumber} is not 24 bits`)
  if (!isWithin(day, 0, 0xffff)) throw new RangeError(`last day ${lastDay} is not within 2024-01-01 to 2203-06-07`)
  if (!isWithin(faceValueEuros, 0, 255)) throw new RangeError(`face value ${faceValueEuros} is not 0 to 255 EUR`)
  if (!isCode(code)) throw new RangeError('a code is 8 bytes and starts with 4 zero bits')

  const bytes = new Uint8Array(SIGNED_LENGTH)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, isTraining ? TRAINING : VOUCHER)
  view.setUint32(1, campaignNumber)
  view.setUint8(1, kid)
  view.setUint16(5, day)
  view.setUint8(7, faceValueEuros)
  bytes.set(code, 8)
  return bytes
}

/** What Ed25519 signs: `"pn-cheque-v1\0"` and the 16 bytes. */
export function signedMessage(signedBytes: Uint8Array): Uint8Array {
  const message = new Uint8Array(SIGNING_CONTEXT.length + signedBytes.length)
  message.set(SIGNING_CONTEXT)
  message.set(signedBytes, SIGNING_CONTEXT.length)
  return message
}

/** The text of the QR code from the 16 bytes and their 64-byte signature. Throws `RangeError` for another length. */
export function voucherText(bytes: Uint8Array): string {
  if (bytes.length !== PAYLOAD_LENGTH) throw new RangeError(`a voucher is ${PAYLOAD_LENGTH} bytes`)
  return voucherPrefix + toBase45(bytes)
}

function readBytes(text: string, length: number): Uint8Array | null {
  if (text.length !== TEXT_LENGTH || !text.startsWith(voucherPrefix)) return null
  const bytes = new Uint8Array(length)
  if (!readBase45(text, voucherPrefix.length, bytes)) return null
  const isKnownType = bytes[0] === VOUCHER || bytes[0] === TRAINING
  return isKnownType && bytes[1] !== 0 && bytes[8]! < 16 ? bytes : null
}

/** Kid and code only, for the server's scan path. Refuses exactly the texts that `readVoucherText` refuses. */
export function readVoucherHeader(text: string): VoucherHeader | null {
  const bytes = readBytes(text, SIGNED_LENGTH)
  if (!bytes) return null
  return { isTraining: bytes[0] === TRAINING, kid: bytes[1]!, code: bytes.subarray(8), signedBytes: bytes }
}

/** Every field, and what is needed to verify the signature. Null for anything malformed; never throws. */
export function readVoucherText(text: string): Voucher | null {
  const bytes = readBytes(text, PAYLOAD_LENGTH)
  if (!bytes) return null
  const view = new DataView(bytes.buffer)
  return {
    isTraining: bytes[0] === TRAINING,
    kid: bytes[1]!,
    campaignNumber: view.getUint32(1) & 0xffffff,
    lastDay: addDays(FIRST_DAY, view.getUint16(5)),
    faceValueEuros: bytes[7]!,
    code: bytes.subarray(8, 16),
    signedBytes: bytes.subarray(0, SIGNED_LENGTH),
    signature: bytes.subarray(SIGNED_LENGTH),
  }
}
