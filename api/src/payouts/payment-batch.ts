import { createHash } from 'node:crypto'
import type { batchState } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'
import type { Payee } from './payout.ts'

/**
 * A payment batch is the list of payouts sent to the bank together. A draft holds none: it is what is payable when it is read.
 * Freezing writes the list. What is approved is the hash of the list: withdrawing a payout makes another hash, to approve again.
 */
export type BatchState = (typeof batchState.enumValues)[number]
export type BatchEvent = 'freeze' | 'change' | 'approve' | 'export' | 'send'

export const batchTransitions: Record<BatchState, Partial<Record<BatchEvent, BatchState>>> = {
  draft: { freeze: 'frozen' },
  frozen: { change: 'frozen', approve: 'approved' },
  approved: { change: 'frozen', export: 'exported' },
  exported: { send: 'sent' },
  sent: {},
}

export function batchStateAfter(state: BatchState, event: BatchEvent): BatchState {
  const next = batchTransitions[state][event]
  if (!next) throw new AppError('conflict', `batch_is_${state}`, `Cannot ${event} it now`)
  return next
}

/** Two people: a mistake or a fraud by one of them pays nobody. Throws `forbidden` `same_person`, `conflict` `batch_changed`. */
export function checkApproval(
  batch: { preparedBy: string | null; sha256: string | null },
  approverId: string,
  shownSha256: string,
): void {
  if (batch.preparedBy === approverId) throw new AppError('forbidden', 'same_person', 'Someone else must approve')
  if (batch.sha256 !== shownSha256) throw new AppError('conflict', 'batch_changed', 'Read the batch again')
}

/** From approval on the bank may pay. */
export const isReleased = (state: BatchState): boolean => state !== 'draft' && state !== 'frozen'

export type ListedPayout = {
  endToEndId: string
  organisationId: string
  payingAccountId: string
  amountCents: Cents
  payee: Payee
  lines: readonly { campaignId: string; amountCents: Cents }[]
}

/** Over everything that decides who is paid what and when, in one order only. Hex digits. */
export function sha256OfBatch(batch: { number: number; executesOn: Day }, payouts: readonly ListedPayout[]): string {
  const list = [...payouts]
    .sort((a, b) => (a.endToEndId < b.endToEndId ? -1 : 1))
    .map(({ endToEndId, organisationId, payingAccountId, amountCents, payee, lines }) => [
      ...[endToEndId, organisationId, payingAccountId, amountCents],
      ...[payee.iban, payee.bic, payee.holderName, payee.siret, payee.legalName],
      [...lines]
        .sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1))
        .map((line) => [line.campaignId, line.amountCents]),
    ])
  return createHash('sha256')
    .update(JSON.stringify([batch.number, batch.executesOn, list]))
    .digest('hex')
}
