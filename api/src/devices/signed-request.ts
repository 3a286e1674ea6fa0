import type { z } from 'zod'
import { AppError } from '../shared/errors.ts'
import { checkSignature, type DeviceDirectory, type KnownDevice } from './device-directory.ts'

/** What of an HTTP request is needed to know a phone: its headers and its body as it was sent. */
export type RawRequest = { header: (name: string) => string | undefined; text: () => Promise<string> }

/** The phone behind a request. Throws `unauthenticated`. */
export async function findPhone(directory: DeviceDirectory, request: RawRequest): Promise<KnownDevice> {
  const [scheme, token] = (request.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token)
    throw new AppError(
      'unauthenticated',
      'device_token_missing',
      'Authorization: Bearer and the phone’s token are needed',
    )
  return directory.find(token)
}

/** The body that the phone signed, as the schema reads it. Throws `unauthenticated`, `malformed`. */
export async function readSigned<Schema extends z.ZodType>(
  device: KnownDevice,
  request: RawRequest,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await request.text()
  checkSignature(device, text, request.header('x-signature'))
  const read = schema.safeParse(parseJson(text))
  if (!read.success) {
    const fields = read.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
    throw new AppError('malformed', 'invalid_request', fields.join('; '), {
      fields: read.error.issues.map((issue) => issue.path.join('.')),
    })
  }
  return read.data
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new AppError('malformed', 'not_json', 'The body is not JSON')
  }
}
