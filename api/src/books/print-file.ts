/**
 * What a printer gets: a CSV file with one line per voucher, under the number of the cover that holds it. The printed voucher
 * itself bears no number. The same run gives the same bytes.
 */
import type { KeyObject } from 'node:crypto'
import type { Day } from '../shared/days.ts'
import { signVouchers } from './sign-voucher.ts'
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
const signedAtOnce = 50

/** Which cover holds the voucher of this index, and its place under it from 1. */
export const placeOf = ({ firstCover, bookSize }: Pick<Printing, 'firstCover' | 'bookSize'>, index: number) => ({
  cover: firstCover + Math.floor(index / bookSize),
  place: (index % bookSize) + 1,
})

/** The text of the QR code may end with a space, so it is quoted. */
async function writeLines(printing: Printing, from: number, codes: readonly Uint8Array[]): Promise<string> {
  const fields = codes.map((code) => encodePayload({ ...printing, isTraining: false, code }))
  const signed = await signVouchers(fields, printing.signingKey)
  const lines = codes.map((code, at) => {
    const { cover, place } = placeOf(printing, from + at)
    return `${cover},${place},"${voucherText(signed[at]!)}",${formatTypedCode(code)}\r\n`
  })
  return lines.join('')
}

/** The file piece by piece, for codes in the order of their covers. */
export async function* writePrintFile(
  printing: Printing,
  codes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<{ bytes: Buffer; vouchers: number }> {
  yield { bytes: Buffer.from(printFileHeader), vouchers: 0 }
  let written = 0
  let waiting: Uint8Array[] = []
  for await (const code of codes) {
    waiting.push(code)
    if (waiting.length < signedAtOnce) continue
    yield { bytes: Buffer.from(await writeLines(printing, written, waiting)), vouchers: waiting.length }
    written += waiting.length
    waiting = []
  }
  if (waiting.length > 0)
    yield { bytes: Buffer.from(await writeLines(printing, written, waiting)), vouchers: waiting.length }
}
