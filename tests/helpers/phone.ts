import { randomUUID } from 'node:crypto'
import type { App } from '@carnet/api/app.ts'
import { type TestVoucher, worldToday } from './scan-world.ts'

/*
 * A phone as a browser would be it: WebCrypto only, keys that cannot be taken out of it. The labels and the forms below are
 * the protocol; a scanner that does the same is understood.
 */
type PublicJwk = { kty: string; crv: string; x: string; y: string }
type Secrets = { requestKey: CryptoKey; queueKey: CryptoKey }
export type Result = {
  scanId: string
  outcome: string
  now?: string
  reason?: string
  usedHere?: boolean
  receipt?: string
  paidOn?: string
  training?: true
  detail?: string
}
export type Told = { status: number; body: Record<string, unknown> }
export type Phone = ReturnType<typeof phoneWith>

const curve = { name: 'ECDH', namedCurve: 'P-256' }
const requestInfo = 'carnet request signature v1'
const envelopeInfo = 'carnet envelope v1'
const bytes = (text: string) => new TextEncoder().encode(text)
const base64url = (data: ArrayBuffer | Uint8Array) => Buffer.from(data as ArrayBuffer).toString('base64url')

export const createPhoneKey = () => crypto.subtle.generateKey(curve, false, ['deriveBits'])

export async function publicJwkOf(pair: CryptoKeyPair): Promise<PublicJwk> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { kty: kty!, crv: crv!, x: x!, y: y! }
}

const importQueueKey = (jwk: PublicJwk) => crypto.subtle.importKey('jwk', jwk, curve, false, [])

/** ECDH, then HKDF-SHA256 without salt. */
async function sharedKey(pair: CryptoKeyPair, queueKey: CryptoKey, info: string, use: 'sign' | 'encrypt') {
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: queueKey }, pair.privateKey, 256)
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytes(info) }
  const kind = use === 'sign' ? { name: 'HMAC', hash: 'SHA-256', length: 256 } : { name: 'AES-GCM', length: 256 }
  return crypto.subtle.deriveKey(hkdf, material, kind, false, [use])
}

/** Closes a scan to the server: AES-256-GCM under a key made for this item alone, bound to the scan's id. */
export async function closeEnvelope(queueJwk: PublicJwk, scanId: string, content: unknown) {
  const pair = await createPhoneKey()
  const key = await sharedKey(pair, await importQueueKey(queueJwk), envelopeInfo, 'encrypt')
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: bytes(scanId) },
    key,
    bytes(JSON.stringify(content)),
  )
  return { key: await publicJwkOf(pair), iv: base64url(iv), data: base64url(data) }
}

/** One voucher as it stands in a request. */
export const scanItem = (voucher: Pick<TestVoucher, 'qr'> | string, also: Record<string, unknown> = {}) => ({
  scanId: randomUUID(),
  code: typeof voucher === 'string' ? voucher : voucher.qr,
  service: 'A01',
  day: worldToday,
  ...also,
})

/** A phone that holds a token, and signs when it has a key. */
export function phoneWith(app: App, token: string, secrets?: Secrets) {
  async function ask(method: 'GET' | 'POST', path: string, body?: string, also: Record<string, string> = {}) {
    const signature =
      secrets && body !== undefined && base64url(await crypto.subtle.sign('HMAC', secrets.requestKey, bytes(body)))
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(signature && { 'x-signature': signature }),
      ...also,
    }
    return app.request(`/api/v1/device${path}`, { method, headers, ...(body !== undefined && { body }) })
  }
  const tell = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Told> => {
    const answer = await ask(method, path, body === undefined ? undefined : JSON.stringify(body))
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const send = (scans: readonly unknown[], also: Record<string, unknown> = {}) =>
    tell('POST', '/scans', { scans, ...also })
  return {
    token,
    ask,
    send,
    async scans(scans: readonly unknown[]): Promise<Result[]> {
      const { status, body } = await send(scans)
      if (status !== 200) throw new Error(`the server answered ${status} ${JSON.stringify(body)}`)
      return body.results as Result[]
    },
    async scan(item: unknown): Promise<Result> {
      return (await this.scans([item]))[0]!
    },
    check: (check: Record<string, unknown>) => tell('POST', '/checks', check),
    reverse: (scanId: string, body: Record<string, unknown> = {}) => tell('POST', `/scans/${scanId}/reversal`, body),
    correct: (scanId: string, service: string) => tell('POST', `/scans/${scanId}/correction`, { service }),
    contest: (scanId: string, reason: string, also: Record<string, unknown> = {}) =>
      tell('POST', `/scans/${scanId}/contest`, { reason, service: 'A01', day: worldToday, ...also }),
    contestNews: (scanId: string) => tell('GET', `/scans/${scanId}/contest`),
    story: (scanId: string) => tell('GET', `/scans/${scanId}`),
    bundle: (etag?: string) => ask('GET', '/bundle', undefined, etag === undefined ? {} : { 'if-none-match': etag }),
    /** True when the answer was signed by whoever shares this phone's key. */
    verifies: async (text: string, signature: string): Promise<boolean> =>
      secrets !== undefined &&
      base64url(await crypto.subtle.sign('HMAC', secrets.requestKey, bytes(text))) === signature,
  }
}

export const postEnrolment = async (app: App, body: Record<string, unknown>): Promise<Told> => {
  const answer = await app.request('/api/v1/device/enrolments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

/** Shows a token to the server with the public half of a new key, and signs from then on. */
export async function enrolPhone(app: App, enrolmentToken: string, label = 'Téléphone d’accueil') {
  const pair = await createPhoneKey()
  const publicKey = await publicJwkOf(pair)
  const { status, body } = await postEnrolment(app, { token: enrolmentToken, label, publicKey })
  if (status !== 201) throw new Error(`the server answered ${status} ${JSON.stringify(body)}`)
  const bundle = body.bundle as { queueKey: PublicJwk; venues: { id: string }[] }
  const queueKey = await importQueueKey(bundle.queueKey)
  const requestKey = await sharedKey(pair, queueKey, requestInfo, 'sign')
  const phone = phoneWith(app, body.token as string, { requestKey, queueKey })
  return { phone, bundle, deviceId: body.deviceId as string, publicKey }
}
