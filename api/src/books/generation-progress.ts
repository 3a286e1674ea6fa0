/** How far the codes of a run are made in this process. Nothing of it is kept: a run that was cut off starts again, and fast. */
import { AppError } from '../shared/errors.ts'

export type GenerationProgress = { doneVouchers: number; totalVouchers: number }
type Running = GenerationProgress & { isCancelled: boolean }
/** Each voucher is drawn, written down and put into the file. */
const passes = 3

const running = new Map<string, Running>()

/**
 * `tell` hears how many vouchers were handled since it was last asked, and throws `conflict` `generation_cancelled` once somebody
 * wants it to stop. `end` is called whatever happened.
 */
export function startGeneration(
  printRunId: string,
  totalVouchers: number,
): { tell: (handled: number) => void; end: () => void } {
  const progress: Running = { doneVouchers: 0, totalVouchers, isCancelled: false }
  running.set(printRunId, progress)
  let handled = 0
  return {
    tell: (more) => {
      if (progress.isCancelled)
        throw new AppError('conflict', 'generation_cancelled', 'Somebody stopped it: nothing was made')
      handled += more
      progress.doneVouchers = Math.min(totalVouchers, Math.floor(handled / passes))
    },
    end: () => void running.delete(printRunId),
  }
}

export function progressOfGeneration(printRunId: string): GenerationProgress | null {
  const found = running.get(printRunId)
  return found ? { doneVouchers: found.doneVouchers, totalVouchers: found.totalVouchers } : null
}

/** False when it is not under way here. */
export function stopGeneration(printRunId: string): boolean {
  const found = running.get(printRunId)
  if (found) found.isCancelled = true
  return found !== undefined
}
