import type { bankDirection, bankFileKind } from '@carnet/db'
import type { Cents } from '../shared/money.ts'

/**
 * What a bank says, whatever version of ISO 20022 it speaks: answers to our orders (pain.002), what moved on an account (camt.054)
 * and the account's statement with its balances (camt.053). Pure.
 */
export type BankFileKind = (typeof bankFileKind.enumValues)[number]
export type Direction = (typeof bankDirection.enumValues)[number]

/** An answer to a whole message, to all payments from one account, or to one payment. */
export type BankStatus = {
  messageId: string | null
  paymentInfoId: string | null
  endToEndId: string | null
  amountCents: Cents | null
  status: string
  reason: string
}
/** One movement. An entry with details is one movement for each of them. */
export type BankMovement = {
  iban: string
  bankReference: string
  direction: Direction
  amountCents: Cents
  on: string
  status: string
  isBooked: boolean
  endToEndId: string | null
  paymentInfoId: string | null
  counterparty: string | null
  remittance: string | null
  /** Null when nothing was sent back. */
  returnReason: string | null
  isFee: boolean
}
export type BankBalance = { iban: string; balanceCents: Cents; isOverdrawn: boolean; on: string }
export type BankMessage = {
  kind: BankFileKind
  version: string
  messageId: string
  statuses: BankStatus[]
  movements: BankMovement[]
  balances: BankBalance[]
}
