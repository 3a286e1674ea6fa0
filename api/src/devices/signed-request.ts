import { createHmac, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { AppError } from '../shared/errors.ts'
import { oldestScanner } from './device.ts'
import type { DeviceDirectory, KnownDevice } from './device-directory.ts'

/** What of an HTTP request is needed to know a phone: its headers and its body as it was sent. */
export type RawRequest = { header: (name: string) => string | undefined; text: () => Promise<string> }

const signatureOf = (key: Buffer, body: string) => createHmac('sha256', key).update(body).digest()

/** The phone behind a scan, from memory. Throws `unauthenticated`. */
export const findPhone = (directory: DeviceDirectory, request: RawRequest): Promise<KnownDevice> =>
  directory.find(tokenOf(request))

/** The phone behind any other request: one that was revoked a second ago is refused. Throws `unauthenticated`. */
export const findPhoneNow = (directory: DeviceDirectory, request: RawRequest): Promise<KnownDevice> =>
  directory.findNow(tokenOf(request))

/** The phone's token, as its header says it. Throws `outdated` `scanner_outdated`, `unauthenticated` `device_token_missing`. */
export function tokenOf(request: RawRequest): string {
  // A program of somebody else's says no number: it is read as it comes.
  const scanner = Number(request.header('x-scanner') ?? oldestScanner)
  if (scanner < oldestScanner)
    throw new AppError('outdated', 'scanner_outdated', 'This scanner is too old: update it, its scans are kept', {
      oldestScanner,
    })
  const [scheme, token] = (request.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token)
    throw new AppError(
      'unauthenticated',
      'device_token_missing',
      'Authorization: Bearer and the phone’s token are needed',
    )
  return token
}

/** The body that the phone signed, as the schema reads it. Throws `unauthenticated`, `malformed`. */
export async function readSigned<Schema extends z.ZodType>(
  device: Pick<KnownDevice, 'requestKey'>,
  request: RawRequest,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await request.text()
  checkSignature(device, text, request.header('x-signature'))
  const read = schema.safeParse(parseJson(text))
  if (!read.success) {
    const fields = read.error.issues.map((issue) => issue.path.join('.') || 'body')
    const sentences = read.error.issues.map((issue, at) => `${fields[at]}: ${issue.message}`)
    throw new AppError('malformed', 'invalid_request', sentences.join('; '), { fields })
  }
  return read.data
}

/** `X-Signature`: base64url of HMAC-SHA256 over the body as it was sent. Throws `unauthenticated`. */
function checkSignature(
  { requestKey }: Pick<KnownDevice, 'requestKey'>,
  body: string,
  signature: string | undefined,
): void {
  if (!requestKey) return
  const given = Buffer.from(signature ?? '', 'base64url')
  const right = signatureOf(requestKey, body)
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new AppError('unauthenticated', 'request_signature_wrong', 'X-Signature does not match the body')
}

/** What a phone keeps with an answer that it will rely on offline; undefined for a phone without a key. */
export const signAnswer = ({ requestKey }: Pick<KnownDevice, 'requestKey'>, body: string): string | undefined =>
  requestKey ? signatureOf(requestKey, body).toString('base64url') : undefined

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new AppError('malformed', 'not_json', 'The body is not JSON')
  }
}
