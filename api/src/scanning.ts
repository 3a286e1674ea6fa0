import { connectRaw } from '@carnet/db'
import { createDeviceDirectory } from './devices/device-directory.ts'
import { createProgressBook } from './devices/progress-book.ts'
import { KeyringError } from './keyring/keyring-error.ts'
import type { DeskTrouble } from './redemptions/known-periods.ts'
import type { ScanParts } from './redemptions/routes.ts'
import { createScanDesk } from './redemptions/scan-desk.ts'
import { createTroubleLog } from './redemptions/trouble-log.ts'
import { type Context, createContext } from './shared/context.ts'
import { createMetrics } from './shared/metrics.ts'

type ScanningOptions = Pick<Context, 'db' | 'now' | 'keyring'> & {
  url: string
  prepare: boolean
  mode: 'demo' | 'production'
  generation: () => string
  /** Who is told why scans wait: the log, unless it says otherwise. */
  onTrouble?: (trouble: DeskTrouble) => void
}

const callsAtOnce = 2
const progressEveryMs = 5_000
const periodsEveryMs = 60_000

/** What one process holds for its phones: connections of their own role, the desk, who they are and what they owe. */
export function createScanning(options: ScanningOptions): { parts: ScanParts; close: () => Promise<void> } {
  const { db, now, keyring, url, prepare, mode, generation, onTrouble = createTroubleLog() } = options
  const client = connectRaw(url, { role: 'carnet_scan', maxConnections: callsAtOnce, prepare })
  const operator = createContext({ db, now, keyring, actor: { kind: 'operator' } })
  const desk = createScanDesk({ client, keyring, today: operator.today, callsAtOnce, onTrouble })
  const needsKey = mode === 'production'
  const progress = createProgressBook(operator.db)
  const troubleOf = (error: unknown) => onTrouble(error instanceof KeyringError ? 'keyring' : 'database')
  const timers = [
    setInterval(() => void progress.flush(operator).catch(troubleOf), progressEveryMs),
    // A key that another process destroyed leaves this one's memory within a minute.
    setInterval(() => void desk.rereadPeriods().catch(troubleOf), periodsEveryMs),
  ]
  for (const timer of timers) timer.unref()
  return {
    parts: {
      db,
      now,
      keyring,
      needsKey,
      generation,
      desk,
      progress,
      metrics: createMetrics(now),
      directory: createDeviceDirectory(options, needsKey),
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      await progress.flush(operator).catch(troubleOf)
      await client.end({ timeout: 5 })
    },
  }
}
