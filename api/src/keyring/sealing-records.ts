/** What sealing leaves outside the database, so that a restored backup never makes a spent voucher good again. */
import { AppError } from '../shared/errors.ts'
import type { Copies } from './copies.ts'
import { listKept, readKept, writeKept } from './kept-files.ts'
import { keptCountsName, spentListName } from './names.ts'

const MAC_LENGTH = 16

function encodeMacs(macs: readonly string[]): Buffer {
  const isAscending = macs.every((mac, at) => at === 0 || macs[at - 1]! < mac)
  const sorted = isAscending ? macs : [...new Set(macs)].sort()
  const bytes = Buffer.alloc(sorted.length * MAC_LENGTH)
  for (const [at, mac] of sorted.entries()) {
    if (bytes.write(mac, at * MAC_LENGTH, 'hex') !== MAC_LENGTH || mac.length !== 2 * MAC_LENGTH)
      throw new RangeError('A MAC is 32 hex digits')
  }
  return bytes
}

export function sealingRecords(copies: Copies) {
  return {
    /**
     * The spent codeMacs of a campaign since its start, 32 hex digits each: one cumulative list, because a list
     * per month would be a diary of each book. Throws `conflict` when it is shorter than the one there is.
     */
    writeSpentList(campaignId: string, macs: readonly string[]): void {
      const bytes = encodeMacs(macs)
      const name = spentListName(campaignId)
      if (bytes.length < (readKept(copies, name)?.length ?? 0))
        throw new AppError('conflict', 'spent_list_shrinks', 'A spent voucher would become good again')
      writeKept(copies, name, bytes)
    },
    /** Sorted; undefined when nothing of this campaign is sealed. */
    readSpentList(campaignId: string): string[] | undefined {
      const digits = readKept(copies, spentListName(campaignId))?.toString('hex')
      if (digits === undefined) return undefined
      return Array.from({ length: digits.length / 32 }, (_, at) => digits.slice(at * 32, at * 32 + 32))
    },
    /** Campaigns that have a spent list. */
    listSpentLists: (): string[] => listKept(copies, 'spent', '.list'),

    /** The counts and frozen lines of a sealed period, any JSON. */
    writeKeptCounts(periodId: number, counts: unknown): void {
      writeKept(copies, keptCountsName(periodId), Buffer.from(JSON.stringify(counts)))
    },
    readKeptCounts(periodId: number): unknown {
      const text = readKept(copies, keptCountsName(periodId))?.toString()
      return text === undefined ? undefined : JSON.parse(text)
    },
    listKeptCounts: (): number[] =>
      listKept(copies, 'counts', '.json')
        .map(Number)
        .sort((a, b) => a - b),
  }
}
