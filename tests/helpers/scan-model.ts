/**
 * What two servers were asked and what they said, and what must be true of it at the end, whatever the order was: a model of
 * the promise "accepted is never lost and never paid twice" that knows nothing of how it is kept.
 */
import type { SentScan, Told } from './scan-processes.ts'
import type { TestVoucher } from './scan-world.ts'

export type ScanHistory = {
  scan: SentScan
  venue: number
  voucher: TestVoucher
  /** Answers to the scan, and to its reversals; the last of `told` came when all was quiet. */
  told: Told[]
  undone: Told[]
}
/** What the database holds of a voucher: accepted redemptions of live months, and the mark of the sealed ones. */
export type Kept = { accepted: number; isSpent: boolean }

const isFinal = ({ status, outcome }: Told) => status === 200 && outcome !== 'retry'

/** What went wrong, in sentences; nothing when the promise was kept. */
export function violationsOfHistory(
  histories: readonly ScanHistory[],
  keptOf: (voucher: TestVoucher) => Kept,
): string[] {
  return [...histories.flatMap(violationsOfScan), ...violationsOfVouchers(histories, keptOf)]
}

function violationsOfScan({ scan, told, undone }: ScanHistory): string[] {
  const found: string[] = []
  const say = (what: string) => found.push(`${scan.scanId} ${what}`)
  for (const { status, code } of [...told, ...undone]) if (status >= 500) say(`got ${status} ${code}`)
  const answers = told.filter(isFinal)
  const stories = new Set(answers.map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`))
  if (stories.size > 1) say(`has several stories: ${[...stories].join(', ')}`)
  const last = answers.at(-1)
  if (!last || last !== told.at(-1)) say('has no story at the end')
  const isReversed = undone.some(({ status, now }) => status === 200 && now === 'reversed')
  const isWithdrawn = undone.some(({ status, now }) => status === 200 && now === 'withdrawn')
  if (isReversed && last?.now !== 'reversed') say(`was undone, and is ${last?.outcome} ${last?.now} at the end`)
  if (!isReversed && last?.now === 'reversed') say('was never undone, and is reversed at the end')
  if (isWithdrawn && last?.reason !== 'withdrawn')
    say(`was withdrawn, and is ${last?.outcome} ${last?.reason} at the end`)
  if (isReversed && isWithdrawn) say('was undone and withdrawn')
  return found
}

function violationsOfVouchers(histories: readonly ScanHistory[], keptOf: (voucher: TestVoucher) => Kept): string[] {
  const found: string[] = []
  for (const [voucher, scans] of groupBy(histories, (history) => history.voucher)) {
    const paid = scans.filter(({ told }) => told.at(-1)?.outcome === 'accepted' && told.at(-1)?.now === 'accepted')
    const { accepted, isSpent } = keptOf(voucher)
    const kept = accepted + Number(isSpent)
    if (paid.length > 1) found.push(`a voucher is green at ${paid.length} scans`)
    if (kept > 1) found.push(`a voucher is paid ${accepted} times, and ${isSpent ? 'spent' : 'not spent'} before`)
    if (kept !== paid.length) found.push(`a voucher is green at ${paid.length} scans and paid ${kept} times`)
  }
  return found
}

export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
