/** The only file that speaks with the server. */

import type { KeptScan, PhoneContest, PublicJwk, RefusalReason } from '../queue/scan.ts'
import { notOurServer, type ScanServer, type ScansAnswer, ServerTrouble, type Trouble } from '../queue/send.ts'
import type { HandoutCount } from '../queue/store.ts'
import type { Bundle, Catalogue, Enrolment, Stop } from './facts.ts'
import { signText } from './keys.ts'

const patienceMs = 15_000
/** Somebody stands there and waits for the word. */
const checkPatienceMs = 5_000
const longestWaitMs = 15 * 60_000
const base = '/api/v1'
/** What this build speaks; the server says 426 when it no longer reads it. */
const scanner = '1'

export type Sample = {
  isCounted: boolean
  goodSamples: number
  nextCovers: { first: number; last: number } | null
}
export type CheckAnswer = {
  outcome: 'valid' | 'refused' | 'retry'
  reason?: RefusalReason
  usedHere?: boolean
  training?: true
  /** How the sample of a box that is not active yet stands. */
  sample?: Sample
}
/** `too_many`: this phone checked as often today as it may. */
export type CheckTrouble = 'no_answer' | 'too_many'
type Rules = { etag: string; content: Bundle }
/** Of the prescriber, after a count was told. */
export type Counted = { campaignId: string; month: string; inMonth: number; inAll: number; received: number }
export type Enrolled = { deviceId: string; token: string; bundle: Bundle }
export type DemoVenue = { id: string; name: string; enrolmentToken: string }
export type DemoVoucher = { qr: string; typed: string }
export type Demo = { venues: DemoVenue[]; vouchers: Record<string, DemoVoucher[]> }

/**
 * Throws `ServerTrouble` for every answer that is not 2xx or 304, and for none. What does not speak our language is not our server
 * (the page of a hotel's network, a proxy): nothing it says ends a scan or an undoing.
 */
async function ask(path: string, request: RequestInit, patience = patienceMs): Promise<Response> {
  const signal = AbortSignal.timeout(patience)
  const headers = { ...(request.headers as Record<string, string>), 'x-scanner': scanner }
  const sent = fetch(base + path, {
    ...request,
    headers,
    signal,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
  })
  const answer = await sent.catch(() => {
    throw new ServerTrouble('offline')
  })
  if (answer.ok || answer.status === 304) return answer
  const { code } = (await answer.json().catch(() => ({}))) as { code?: unknown }
  const retryAfterS = Number(answer.headers.get('retry-after'))
  const isOurs = typeof code === 'string'
  throw new ServerTrouble(
    troubleOf(answer.status, isOurs),
    isOurs ? code : notOurServer,
    retryAfterS > 0 ? Math.min(retryAfterS * 1000, longestWaitMs) : null,
  )
}

/** A body that is not JSON, or breaks off, was no answer. */
const readJson = (answer: Response): Promise<unknown> =>
  answer.json().catch(() => {
    throw new ServerTrouble('offline', notOurServer)
  })

function troubleOf(status: number, isOurs: boolean): Trouble {
  if (status === 413) return 'too_large'
  if (!isOurs) return status >= 500 || status === 429 ? 'busy' : 'offline'
  if (status === 401) return 'not_enrolled'
  if (status === 426) return 'update'
  if (status === 404 || status === 409) return 'refused'
  return status === 429 || status === 408 || status >= 500 ? 'busy' : 'unreadable'
}

const postJson = (path: string, body: string, headers: Record<string, string> = {}, patience?: number) =>
  ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }, patience)

/** Throws `ServerTrouble`: `not_enrolled` when the token is spent or too old. */
export async function askEnrolment(request: {
  token: string
  label: string
  publicKey: PublicJwk
  /** What this phone was before. */
  replaces?: string
}): Promise<Enrolled> {
  const answer = await postJson('/device/enrolments', JSON.stringify(request))
  return (await readJson(answer)) as Enrolled
}

export const askCatalogue = async (): Promise<Catalogue> =>
  (await readJson(await ask('/catalogue', { method: 'GET' }))) as Catalogue
export const askDemo = async (): Promise<Demo> => (await readJson(await ask('/demo', { method: 'GET' }))) as Demo

/** The server as an enrolled phone sees it: every body is signed as it is sent. */
export function serverFor({ token, requestKey }: Enrolment) {
  const authorization = `Bearer ${token}`
  const post = async (path: string, content: unknown, patience?: number): Promise<unknown> => {
    const body = JSON.stringify(content)
    const headers = { authorization, 'x-signature': await signText(requestKey, body) }
    return readJson(await postJson(`/device${path}`, body, headers, patience))
  }
  const scanServer: ScanServer = {
    sendScans: async (scans, pending) => {
      const oldest = Math.min(...scans.map(({ keptAt }) => keptAt))
      const oldestAgeS = Math.max(0, Math.round((Date.now() - oldest) / 1000))
      const answer = await post('/scans', { pending, oldestAgeS, scans: scans.map(itemOf) })
      if (!isAnswerTo(scans, answer)) throw new ServerTrouble('offline', notOurServer)
      return answer
    },
    reverse: async (scanId, venueId) => {
      await post(`/scans/${scanId}/reversal`, { venueId })
    },
    correct: async (scanId, service) => {
      const { outcome } = Object(await post(`/scans/${scanId}/correction`, { service })) as { outcome?: unknown }
      if (outcome === 'refused') throw new ServerTrouble('refused', 'service_refused')
      if (outcome !== 'accepted') throw new ServerTrouble('offline', notOurServer)
    },
    contest: async ({ scanId, reason, service, day }) =>
      contestOf(await post(`/scans/${scanId}/contest`, { reason, service, day })),
  }
  return {
    ...scanServer,
    /** Of a box that waits for its sample it counts as one; of any other voucher that changes nothing. */
    check: async (check: { code: string; service: string; venueId: string }) =>
      (await post('/checks', { ...check, sample: true }, checkPatienceMs)) as CheckAnswer,

    /** Throws `ServerTrouble` `refused` when it knows of no such contest. */
    contestNews: async (scanId: string) =>
      contestOf(
        await readJson(await ask(`/device/scans/${scanId}/contest`, { method: 'GET', headers: { authorization } })),
      ),

    handOuts: async ({ campaignId, month, books, seq }: HandoutCount) => {
      return (await post('/hand-outs', { campaignId, month, books, seq })) as Counted
    },
    stop: async (stop: Stop) => {
      await post('/stops', stop)
    },

    /** `fresh` is null when it is the one we have. Throws `ServerTrouble` when it was not signed by whoever shares our key. */
    async bundle(etag: string | undefined): Promise<{ generation: string | null; fresh: Rules | null }> {
      const headers = { authorization, ...(etag && { 'if-none-match': `"${etag}"` }) }
      const answer = await ask('/device/bundle', { method: 'GET', headers })
      const generation = answer.headers.get('x-generation')
      if (answer.status === 304) return { generation, fresh: null }
      const text = await answer.text().catch(() => '')
      if (answer.headers.get('x-signature') !== (await signText(requestKey, text)))
        throw new ServerTrouble('busy', 'bundle_not_signed')
      const tag = (answer.headers.get('etag') ?? '').replace(/^W\//, '').replaceAll('"', '')
      return { generation, fresh: { etag: tag, content: JSON.parse(text) as Bundle } }
    },
  }
}

/** What of an answer this phone keeps. */
function contestOf(answer: unknown): PhoneContest {
  const { reason, state, answer: why } = Object(answer) as PhoneContest
  if (typeof state !== 'string') throw new ServerTrouble('offline', notOurServer)
  return { reason, state, ...(why && { answer: why }) }
}

const outcomes: readonly unknown[] = ['accepted', 'refused', 'retry']

/** One result for each scan, in their order; an item that the server could not read has no id to answer to. */
export function isAnswerTo(scans: readonly Pick<KeptScan, 'scanId'>[], answer: unknown): answer is ScansAnswer {
  const { results, generation, serverTime } = Object(answer) as Partial<Record<keyof ScansAnswer, unknown>>
  if (!Array.isArray(results) || results.length !== scans.length || typeof generation !== 'string') return false
  const isOf = (scanId: string, result: { scanId?: unknown; outcome?: unknown } | null) =>
    outcomes.includes(result?.outcome) && (result?.scanId === scanId || result?.scanId === '')
  return Number.isFinite(Date.parse(String(serverTime))) && scans.every(({ scanId }, at) => isOf(scanId, results[at]))
}

/** What of a scan leaves the phone, and nothing else. */
const itemOf = ({ scanId, seq, venueId, envelope, tries, keptAt, mustTellAgain }: KeptScan) => ({
  scanId,
  seq,
  venueId,
  envelope,
  offline: tries > 1,
  ...(mustTellAgain && { again: true }),
  ageS: Math.max(0, Math.round((Date.now() - keptAt) / 1000)),
})
