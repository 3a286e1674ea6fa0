/** Empties the queue as far as the server answers. Reversals first, then scans oldest first, then corrections and contests. */
import type { Outbox, Result } from './outbox.ts'
import { isPending, type KeptScan, type PendingAct, type PhoneContest } from './scan.ts'

/** Why a request had no answer of its own. Whatever it is, the queue stays as it was. */
export type Trouble = 'offline' | 'busy' | 'not_enrolled' | 'too_large' | 'update' | 'unreadable' | 'refused'
export class ServerTrouble extends Error {
  readonly trouble: Trouble
  readonly code: string
  readonly retryAfterMs: number | null
  constructor(trouble: Trouble, code: string = trouble, retryAfterMs: number | null = null) {
    super(code)
    this.trouble = trouble
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** What answered does not speak our language: it says nothing of a scan. */
export const notOurServer = 'not_our_server'

export type ContestAct = Extract<PendingAct, { kind: 'contest' }>
export type ScansAnswer = { serverTime: string; generation: string; bundleEtag: string; results: Result[] }
export type ScanServer = {
  sendScans: (scans: readonly KeptScan[], pending: number) => Promise<ScansAnswer>
  reverse: (scanId: string, venueId: string) => Promise<void>
  /** Throws `refused` when the voucher cannot pay for that service. */
  correct: (scanId: string, service: string) => Promise<void>
  contest: (act: ContestAct) => Promise<PhoneContest>
}

const mostPerRequest = 50

/**
 * Resolves when nothing is left that can be sent. Rejects with `ServerTrouble` at the first request without an answer; everything
 * that was on its way is back in the queue then.
 */
export async function sendQueue(
  outbox: Outbox,
  server: ScanServer,
  told: (answer: ScansAnswer) => Promise<void>,
  venueIds: readonly string[] | null = null,
): Promise<void> {
  let most = mostPerRequest
  for (;;) {
    // Each time: an answer may say that the server was restored, and what was undone must be known before it is told again.
    await sendActs(outbox, server, 'reversal')
    const scans = await outbox.take(most, venueIds)
    if (scans.length === 0) break
    try {
      const answer = await askFor(outbox, server, scans)
      await outbox.settle(matched(scans, answer.results))
      await told(answer)
      // The server has no answer for any of these now: asking again at once would only ask the same.
      if (answer.results.every(({ outcome }) => outcome === 'retry')) throw new ServerTrouble('busy', 'retry')
    } catch (error) {
      const ids = scans.map(({ scanId }) => scanId)
      const isTooMuch = error instanceof ServerTrouble && ['too_large', 'unreadable'].includes(error.trouble)
      await outbox.giveBack(ids)
      if (!isTooMuch) throw error
      if (scans.length > 1) most = Math.ceil(scans.length / 2)
      else if (error.code === notOurServer) throw new ServerTrouble('busy', notOurServer)
      else await outbox.setAside(ids[0]!)
    }
  }
  await sendActs(outbox, server, 'correction')
  await sendActs(outbox, server, 'contest')
}

async function askFor(outbox: Outbox, server: ScanServer, scans: readonly KeptScan[]): Promise<ScansAnswer> {
  const pending = (await outbox.list()).filter(isPending).length
  return server.sendScans(scans, pending)
}

/** Results stand in the order of the scans; an item that the server could not read has no id to answer to. */
const matched = (scans: readonly KeptScan[], results: readonly Result[]): Result[] =>
  results.flatMap((result, at) => (scans[at] ? [{ ...result, scanId: scans[at].scanId }] : []))

async function sendActs(outbox: Outbox, server: ScanServer, kind: PendingAct['kind']): Promise<void> {
  const acts = (await outbox.listActs()).filter((act) => act.kind === kind)
  const scans = new Map((await outbox.list()).map((scan) => [scan.scanId, scan]))
  for (const act of acts) await sendAct(outbox, server, act, scans.get(act.scanId))
}

async function sendAct(outbox: Outbox, server: ScanServer, act: PendingAct, scan: KeptScan | undefined): Promise<void> {
  const close = (change: Partial<KeptScan>) => outbox.closeAct(act.id!, act.scanId, change)
  try {
    if (act.kind === 'reversal') {
      await server.reverse(act.scanId, act.venueId)
      await close({ state: 'undone', refusedAct: null })
    } else if (act.kind === 'contest') await close({ contest: await server.contest(act) })
    else if (scan?.state === 'accepted') {
      await server.correct(act.scanId, act.service)
      await close({ service: act.service, correctedTo: act.service, refusedAct: null })
    } else if (!scan || !isPending(scan)) await close({})
  } catch (error) {
    // An answer all the same: the statement is frozen, or the campaign does not pay for that service. It stays as it was, and says so.
    if (!(error instanceof ServerTrouble)) throw error
    if (error.trouble === 'refused')
      await close(
        act.kind === 'contest' ? { contest: { reason: act.reason, state: 'not_taken' } } : { refusedAct: act.kind },
      )
    // One that cannot be read waits for another day, and holds up nobody.
    else if (error.trouble !== 'unreadable') throw error
  }
}
