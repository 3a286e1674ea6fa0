import type { Answer, Scan } from './scan.ts'

export type Waiting = { scan: Scan; answer: (answer: Answer) => void }

const keysOf = ({ scan }: Waiting) => [scan.scanId, scan.codeMac]

/**
 * Scans that wait for a call, oldest first. A scan id or a voucher is in one call at a time: the later scan waits for the
 * earlier one's answer, so the first is first, and no call waits in the database for a call of the same process.
 */
export function createScanQueue() {
  let waiting: Waiting[] = []
  const underWay = new Set<string>()

  return {
    add: (one: Waiting): void => void waiting.push(one),
    isEmpty: (): boolean => waiting.length === 0,

    /** Empty when all that waits is held back by calls under way. */
    take(most: number): Waiting[] {
      const taken: Waiting[] = []
      const later: Waiting[] = []
      const heldBack = new Set<string>()
      let at = 0
      for (; at < waiting.length && taken.length < most; at++) {
        const one = waiting[at]!
        const keys = keysOf(one)
        const isHeldBack = keys.some((key) => underWay.has(key) || heldBack.has(key))
        ;(isHeldBack ? later : taken).push(one)
        for (const key of keys) (isHeldBack ? heldBack : underWay).add(key)
      }
      waiting = [...later, ...waiting.slice(at)]
      return taken
    },

    release(answered: readonly Waiting[]): void {
      for (const one of answered) for (const key of keysOf(one)) underWay.delete(key)
    },
  }
}
