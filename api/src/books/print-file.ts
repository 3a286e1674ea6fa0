/**
 * What a printer gets: a CSV file with one line per voucher, under the number of the cover that holds it. The printed voucher
 * itself bears no number. The same run gives the same bytes.
 */
import type { KeyObject } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import type { Day } from '../shared/days.ts'
import { signVoucher } from './sign-voucher.ts'
import { formatTypedCode } from './typed-code.ts'
import { encodePayload, voucherText } from './voucher-payload.ts'

export type Printing = {
  kid: number
  signingKey: KeyObject
  campaignNumber: number
  lastDay: Day
  faceValueEuros: number
  bookSize: number
  firstCover: number
}

export const printFileHeader = 'cover,voucher,qr,typed\r\n'
/** Signing takes about 60 µs: others get their turn every few milliseconds. */
const signedWithoutPause = 100

/** Which cover holds the voucher of this index, and its place under it from 1. */
export const placeOf = ({ firstCover, bookSize }: Pick<Printing, 'firstCover' | 'bookSize'>, index: number) => ({
  cover: firstCover + Math.floor(index / bookSize),
  place: (index % bookSize) + 1,
})

/** The text of the QR code may end with a space, so it is quoted. */
export function printLine(printing: Printing, index: number, code: Uint8Array): string {
  const { cover, place } = placeOf(printing, index)
  const signedBytes = encodePayload({ ...printing, isTraining: false, code })
  const qr = voucherText(signVoucher(signedBytes, printing.signingKey))
  return `${cover},${place},"${qr}",${formatTypedCode(code)}\r\n`
}

/** The file piece by piece, for codes in the order of their covers. */
export async function* writePrintFile(
  printing: Printing,
  codes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let lines = printFileHeader
  let index = 0
  for await (const code of codes) {
    lines += printLine(printing, index++, code)
    if (index % signedWithoutPause > 0) continue
    yield Buffer.from(lines)
    lines = ''
    await pause()
  }
  if (lines !== '') yield Buffer.from(lines)
}
