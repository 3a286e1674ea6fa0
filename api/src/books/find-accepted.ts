import type { Transaction } from '@carnet/db'
import type { Keyring } from '../keyring/keyring.ts'
import { AppError } from '../shared/errors.ts'
import type { Box } from './queries.ts'
import { hasAcceptedTag, hasSpentVoucher, listCodeMacs, readLivePeriods } from './voucher-queries.ts'

const boxesAtOnce = 20

/**
 * Whether any voucher of these boxes was accepted, in a live period or a sealed one. Only yes or no: how many, and which, is
 * counted nowhere. Throws `unavailable` `period_key_missing`.
 */
export async function wasAnyAccepted(tx: Transaction, keyring: Keyring, boxes: readonly Box[]): Promise<boolean> {
  for (let at = 0; at < boxes.length; at += boxesAtOnce) {
    const boxIds = boxes.slice(at, at + boxesAtOnce).map(({ id }) => id)
    const codeMacs = await listCodeMacs(tx, boxIds)
    for (const periodId of await readLivePeriods(tx))
      if (await hasAcceptedTag(tx, periodId, tagsOf(keyring, periodId, codeMacs))) return true
    // After the live periods: one that was sealed meanwhile marked its vouchers before it went.
    if (await hasSpentVoucher(tx, boxIds)) return true
  }
  return false
}

function tagsOf(keyring: Keyring, periodId: number, codeMacs: readonly string[]): string[] {
  if (!keyring.hasPeriodKey(periodId)) keyring.reread()
  return codeMacs.map((codeMac) => {
    const tag = keyring.tag(periodId, codeMac)
    if (tag === undefined)
      throw new AppError('unavailable', 'period_key_missing', 'Without the key of a live period nobody can tell')
    return tag
  })
}
