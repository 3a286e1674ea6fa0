/**
 * The desk where scans of all requests meet: at most two calls to the database are under way, each carrying what gathered
 * meanwhile. Nobody waits for a timer: an idle server calls at once with one scan, a busy one with many.
 */
import type { RawClient } from '@carnet/db'
import type { Keyring } from '../keyring/keyring.ts'
import type { Day } from '../shared/days.ts'
import { createKnownPeriods, type DeskTrouble } from './known-periods.ts'
import { callRedeemScans } from './queries.ts'
import { type Answer, retry, type Scan } from './scan.ts'
import { macsOf } from './scan-macs.ts'
import { createScanQueue, type Waiting } from './scan-queue.ts'

export type ScanDesk = ReturnType<typeof createScanDesk>
export type DeskOptions = {
  /** Connections of the role carnet_scan, one per call under way. */
  client: RawClient
  keyring: Keyring
  today: () => Day
  /** A third call under way only pays on a slow disk. */
  callsAtOnce?: number
  /** Keeps a call near ten milliseconds; redeem_scans takes 200 at most. */
  scansPerCall?: number
  onTrouble?: (trouble: DeskTrouble) => void
}

/** A statement that failed for what it holds is worth trying scan by scan; a lost connection is not. */
const isOfTheStatement = (error: unknown) => /^(22|23|40|54)/.test(String((error as { code?: string }).code ?? ''))

export function createScanDesk(options: DeskOptions) {
  const { client, keyring, today, callsAtOnce = 2, scansPerCall = 128, onTrouble = () => {} } = options
  const periods = createKnownPeriods({ client, keyring, onTrouble })
  const queue = createScanQueue()
  let callsUnderWay = 0
  let isFlushPlanned = false

  async function ask(scans: readonly Scan[]): Promise<Map<string, Answer>> {
    const answers = await periods.ask(
      (live) => callRedeemScans(client, live, today(), scans, macsOf(keyring, live, scans)),
      (told) => told.get(scans[0]!.scanId)?.outcome === 'retry',
    )
    return answers ?? new Map()
  }

  /** One scan that fails never fails its neighbours. */
  async function send(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await ask(batch.map(({ scan }) => scan))
      for (const { scan, answer } of batch) answer(answers.get(scan.scanId) ?? retry)
    } catch (error) {
      if (batch.length > 1 && isOfTheStatement(error)) for (const waiting of batch) await send([waiting])
      else {
        onTrouble('database')
        for (const { answer } of batch) answer(retry)
      }
    }
  }

  function flush(): void {
    isFlushPlanned = false
    while (callsUnderWay < callsAtOnce && !queue.isEmpty()) {
      const batch = queue.take(scansPerCall)
      if (batch.length === 0) return
      callsUnderWay++
      void send(batch).finally(() => {
        queue.release(batch)
        callsUnderWay--
        flush()
      })
    }
  }

  return {
    /** One answer per scan, in order. Never throws: what cannot be told now is `retry`. */
    redeem(scans: readonly Scan[]): Promise<Answer[]> {
      const answers = scans.map((scan) => new Promise<Answer>((resolve) => queue.add({ scan, answer: resolve })))
      // setImmediate, not a microtask: requests read from the sockets in the same turn travel together.
      if (callsUnderWay < callsAtOnce && !isFlushPlanned) {
        isFlushPlanned = true
        setImmediate(flush)
      }
      return Promise.all(answers)
    },
    client,
    askUnderPeriods: periods.ask,
    usablePeriods: periods.usable,
    /** Called every minute too, so that keys of sealed periods leave this process's memory. */
    rereadPeriods: periods.reread,
  }
}
