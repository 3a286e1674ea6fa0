import { createHash } from 'node:crypto'
import type { accountKind, transferKind } from '@carnet/db'
import type { Cents } from '../shared/money.ts'

/**
 * One line of the ledger: money leaves one account's side for another's. Amounts are positive; the direction is in who is
 * debited and who credited. A line is written once and never changed. The same document always makes the same ids.
 */
export type AccountKind = (typeof accountKind.enumValues)[number]
export type TransferKind = (typeof transferKind.enumValues)[number]

/** What an account is for. It comes into being when it is first used. */
export type AccountKey = {
  kind: AccountKind
  payingAccountId: string
  campaignId?: string
  funderId?: string
  organisationId?: string
}

export type NewTransfer = {
  id: string
  kind: TransferKind
  debit: AccountKey
  credit: AccountKey
  amountCents: Cents
  voucherCount?: number
  periodId?: number
  documentRef: string
}

/** What the bank and organisations hold for the scheme; every other account is what the scheme holds for others. */
export const isAsset = (kind: AccountKind): boolean => kind === 'bank' || kind === 'owes'

/** A uuid of version 8 made from what the transfer is: a document that is posted again makes no second transfer. */
export function transferId(documentRef: string, kind: TransferKind, ...dimensions: readonly string[]): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([documentRef, kind, ...dimensions]))
    .digest()
    .subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export type Movement = Omit<NewTransfer, 'id'>

/** The id says: this document, this kind, from this account to that one. */
export function transferOf(movement: Movement): NewTransfer {
  const { documentRef, kind, debit, credit } = movement
  return { id: transferId(documentRef, kind, keyText(debit), keyText(credit)), ...movement }
}

export const keyText = ({ kind, payingAccountId, campaignId, funderId, organisationId }: AccountKey): string =>
  [kind, payingAccountId, campaignId ?? '', funderId ?? '', organisationId ?? ''].join('|')
