/** How far the books of a run are drawn in this process, while somebody takes the file. Nothing of it is kept. */
export type PrintProgress = { doneBooks: number; totalBooks: number }

const running = new Map<string, PrintProgress[]>()

/** Counts one more file of the run. Returns how to move it on, and how to end it. */
export function startProgress(
  printRunId: string,
  totalBooks: number,
): { tell: (done: number) => void; end: () => void } {
  const progress = { doneBooks: 0, totalBooks }
  running.set(printRunId, [...(running.get(printRunId) ?? []), progress])
  return {
    tell: (done) => {
      progress.doneBooks = done
    },
    end: () => {
      const others = (running.get(printRunId) ?? []).filter((other) => other !== progress)
      if (others.length > 0) running.set(printRunId, others)
      else running.delete(printRunId)
    },
  }
}

/** The file that was asked for last; null when none is being made. */
export const progressOfPrinting = (printRunId: string): PrintProgress | null => running.get(printRunId)?.at(-1) ?? null
