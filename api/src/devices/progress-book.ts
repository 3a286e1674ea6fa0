import type { Database } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { noteSeqs, type Progress } from './device.ts'
import { changeProgress, findProgress, lockProgress } from './queries.ts'

/** What a phone said of itself in one request, and which of its scans were settled by it. */
export type Said = { deviceId: string; seqs: readonly number[]; pending: number }
export type ProgressBook = ReturnType<typeof createProgressBook>
type Unwritten = { seqs: number[]; pending: number }

/**
 * Remembers what phones still owe. It answers from memory and writes all phones together every few seconds, apart from
 * scans: a write per request would cost as much as the scan, and would order scans by phone.
 */
export function createProgressBook(db: Database) {
  const known = new Map<string, Progress>()
  const unwritten = new Map<string, Unwritten>()

  function keep({ deviceId, seqs, pending }: Said): void {
    const since = unwritten.get(deviceId)
    if (!since) unwritten.set(deviceId, { seqs: [...seqs], pending })
    else {
      since.seqs.push(...seqs)
      since.pending = pending
    }
  }

  async function write(ctx: Context, writing: ReadonlyMap<string, Unwritten>): Promise<Map<string, Progress>> {
    return ctx.transaction(async (tx) => {
      const first = [...writing].flatMap(([deviceId, { seqs }]) =>
        seqs.length ? [{ deviceId, ackedSeq: Math.min(...seqs) - 1 }] : [],
      )
      const written = new Map<string, Progress>()
      for (const row of await lockProgress(tx, [...writing.keys()], first, ctx.today())) {
        const { seqs, pending } = writing.get(row.deviceId)!
        const progress = noteSeqs(row, seqs)
        await changeProgress(tx, row.deviceId, { ...progress, pending, saidOn: ctx.today() })
        written.set(row.deviceId, progress)
      }
      return written
    })
  }

  return {
    async note(said: Said): Promise<Progress> {
      const { deviceId, seqs } = said
      const read = known.has(deviceId) ? null : ((await findProgress(db, deviceId)) ?? null)
      // Looked up again: another request of this phone may have been faster.
      const before = known.get(deviceId) ?? read
      const progress = noteSeqs(before, seqs)
      if (before || seqs.length > 0) known.set(deviceId, progress)
      keep(said)
      return progress
    },

    /** Merges with what other processes wrote. Called every few seconds and at the end; what fails is written next time. */
    async flush(ctx: Context): Promise<void> {
      if (unwritten.size === 0) return
      const writing = new Map(unwritten)
      unwritten.clear()
      try {
        for (const [deviceId, progress] of await write(ctx, writing)) {
          const since = unwritten.get(deviceId)
          if (since) known.set(deviceId, noteSeqs(progress, since.seqs))
          else known.delete(deviceId)
        }
      } catch (error) {
        for (const [deviceId, { seqs, pending }] of writing) {
          const since = unwritten.get(deviceId)
          unwritten.set(deviceId, { seqs: [...seqs, ...(since?.seqs ?? [])], pending: since?.pending ?? pending })
        }
        throw error
      }
    },
  }
}
