import type { Database } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { noteSeqs, type Progress } from './device.ts'
import { findProgress, lockProgress, putProgress } from './queries.ts'

/** What a phone said of itself in one request. */
export type Said = { deviceId: string; seqs: readonly number[]; pending: number }
export type ProgressBook = ReturnType<typeof createProgressBook>

/**
 * Remembers what phones still owe. It answers from memory and writes all phones together every few seconds, apart from
 * scans: a write per request would cost as much as the scan, and would order scans by phone.
 */
export function createProgressBook(db: Database) {
  const known = new Map<string, Progress>()
  const unwritten = new Map<string, { seqs: number[]; pending: number }>()

  return {
    async note({ deviceId, seqs, pending }: Said): Promise<Progress> {
      const before = known.get(deviceId) ?? (await findProgress(db, deviceId)) ?? { ackedSeq: 0, gaps: [] }
      const after = noteSeqs(known.get(deviceId) ?? before, seqs)
      known.set(deviceId, after)
      unwritten.set(deviceId, { seqs: [...(unwritten.get(deviceId)?.seqs ?? []), ...seqs], pending })
      return after
    },

    /** Merges with what other processes wrote. Called every few seconds and at the end. */
    async flush(ctx: Context): Promise<void> {
      if (unwritten.size === 0) return
      const writing = new Map(unwritten)
      unwritten.clear()
      known.clear()
      await ctx.transaction(async (tx) => {
        const rows = await lockProgress(tx, [...writing.keys()])
        for (const [deviceId, { seqs, pending }] of writing) {
          const before = rows.find((row) => row.deviceId === deviceId) ?? { ackedSeq: 0, gaps: [] }
          const { ackedSeq, gaps } = noteSeqs(before, seqs)
          await putProgress(tx, { deviceId, ackedSeq, gaps: [...gaps], pending, saidOn: ctx.today() })
        }
      })
    },
  }
}
