/** The only file that speaks with the server. */

import type { KeptScan, PublicJwk, RefusalReason } from '../queue/scan.ts'
import { type ScanServer, type ScansAnswer, ServerTrouble, type Trouble } from '../queue/send.ts'
import type { Bundle, Catalogue, Enrolment } from './facts.ts'
import { signText } from './keys.ts'

const patienceMs = 15_000
const base = '/api/v1'

export type CheckAnswer = {
  outcome: 'valid' | 'refused' | 'retry'
  reason?: RefusalReason
  usedHere?: boolean
  training?: true
}
export type Enrolled = { deviceId: string; token: string; bundle: Bundle }
export type DemoVenue = { id: string; name: string; enrolmentToken: string }
export type DemoVoucher = { qr: string; typed: string }
export type Demo = { venues: DemoVenue[]; vouchers: Record<string, DemoVoucher[]> }

/** Throws `ServerTrouble` for every answer that is not 2xx or 304, and for none. */
async function ask(path: string, request: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(patienceMs)
  const answer = await fetch(base + path, { ...request, signal, credentials: 'omit', cache: 'no-store' }).catch(() => {
    throw new ServerTrouble('offline')
  })
  if (answer.ok || answer.status === 304) return answer
  const problem = (await answer.json().catch(() => ({}))) as { code?: string }
  const retryAfterS = Number(answer.headers.get('retry-after'))
  throw new ServerTrouble(troubleOf(answer.status), problem.code, retryAfterS > 0 ? retryAfterS * 1000 : null)
}

function troubleOf(status: number): Trouble {
  if (status === 401) return 'not_enrolled'
  if (status === 413) return 'too_large'
  if (status === 426) return 'update'
  if (status === 404 || status === 409) return 'refused'
  return status === 429 || status === 408 || status >= 500 ? 'busy' : 'unreadable'
}

const postJson = (path: string, body: string, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

/** Throws `ServerTrouble`: `not_enrolled` when the token is spent or too old. */
export async function askEnrolment(token: string, label: string, publicKey: PublicJwk): Promise<Enrolled> {
  const answer = await postJson('/device/enrolments', JSON.stringify({ token, label, publicKey }))
  return (await answer.json()) as Enrolled
}

export const askCatalogue = async (): Promise<Catalogue> =>
  (await (await ask('/catalogue', { method: 'GET' })).json()) as Catalogue
export const askDemo = async (): Promise<Demo> => (await (await ask('/demo', { method: 'GET' })).json()) as Demo

/** The server as an enrolled phone sees it: every body is signed as it is sent. */
export function serverFor({ token, requestKey }: Enrolment) {
  const authorization = `Bearer ${token}`
  const post = async (path: string, content: unknown): Promise<unknown> => {
    const body = JSON.stringify(content)
    const headers = { authorization, 'x-signature': await signText(requestKey, body) }
    return (await postJson(`/device${path}`, body, headers)).json()
  }
  const scanServer: ScanServer = {
    sendScans: async (scans, pending) => {
      const oldest = Math.min(...scans.map(({ keptAt }) => keptAt))
      const oldestAgeS = Math.max(0, Math.round((Date.now() - oldest) / 1000))
      return (await post('/scans', { pending, oldestAgeS, scans: scans.map(itemOf) })) as ScansAnswer
    },
    reverse: async (scanId, venueId) => {
      await post(`/scans/${scanId}/reversal`, { venueId })
    },
    correct: async (scanId, service) => {
      await post(`/scans/${scanId}/correction`, { service })
    },
  }
  return {
    ...scanServer,
    check: async (check: { code: string; service: string; venueId: string }) =>
      (await post('/checks', check)) as CheckAnswer,

    /** Null: it is the one we have. Throws `ServerTrouble` when it was not signed by whoever shares our key. */
    async bundle(etag: string | undefined): Promise<{ etag: string; content: Bundle } | null> {
      const headers = { authorization, ...(etag && { 'if-none-match': `"${etag}"` }) }
      const answer = await ask('/device/bundle', { method: 'GET', headers })
      if (answer.status === 304) return null
      const text = await answer.text()
      if (answer.headers.get('x-signature') !== (await signText(requestKey, text)))
        throw new ServerTrouble('busy', 'bundle_not_signed')
      const tag = (answer.headers.get('etag') ?? '').replace(/^W\//, '').replaceAll('"', '')
      return { etag: tag, content: JSON.parse(text) as Bundle }
    },
  }
}

/** What of a scan leaves the phone, and nothing else. */
const itemOf = ({ scanId, seq, venueId, envelope, tries, keptAt }: KeptScan) => ({
  scanId,
  seq,
  venueId,
  envelope,
  offline: tries > 1,
  ageS: Math.max(0, Math.round((Date.now() - keptAt) / 1000)),
})
