/** What a payment batch shows: its lines, whether they are written or only proposed, and what this person may do. Pure. */
import type { Campaign } from '../../campaigns/queries.ts'
import type { Batch } from '../../payouts/batch-queries.ts'
import { batchTransitions } from '../../payouts/payment-batch.ts'
import type { Proposal } from '../../payouts/payout.ts'
import type { Person } from '../../shared/context.ts'
import type { PayoutRow } from '../../statistics/scheme-queries.ts'
import { maskedIban } from '../../venues/bank-account.ts'

export type BatchLine = Pick<
  PayoutRow,
  'organisation' | 'siret' | 'bic' | 'cents' | 'vouchers' | 'campaigns' | 'failureReason'
> & {
  id: string
  account: string
  state: string | null
}

/** Written lines, or what freezing a draft would write now. */
export function linesOf(
  batch: Pick<Batch, 'state'>,
  written: readonly PayoutRow[],
  proposed: readonly Proposal[],
  campaigns: ReadonlyMap<string, Pick<Campaign, 'name' | 'faceValueCents'>>,
): BatchLine[] {
  if (batch.state !== 'draft')
    return written.map(
      ({ iban, endToEndId: _reference, organisationId: _organisation, bookedOn: _booked, ...row }) => ({
        ...row,
        account: maskedIban(iban),
      }),
    )
  return proposed.map(({ organisationId, payingAccountId, payee, amountCents, lines }) => ({
    id: `${organisationId}.${payingAccountId}`,
    organisation: payee.legalName,
    siret: payee.siret,
    cents: amountCents,
    vouchers: vouchersOf(lines, campaigns),
    campaigns: lines.map(({ campaignId }) => campaigns.get(campaignId)?.name ?? '').join(', '),
    account: maskedIban(payee.iban),
    bic: payee.bic,
    state: null,
    failureReason: null,
  }))
}

/** None where an amount is not of whole vouchers: what the reserve pays. */
function vouchersOf(
  lines: Proposal['lines'],
  campaigns: ReadonlyMap<string, Pick<Campaign, 'faceValueCents'>>,
): number | null {
  const counts = lines.map(
    ({ campaignId, amountCents }) => amountCents / (campaigns.get(campaignId)?.faceValueCents ?? 0),
  )
  return counts.every(Number.isInteger) ? counts.reduce((sum, count) => sum + count, 0) : null
}

export const sumOf = (lines: readonly { cents: number }[]): number => lines.reduce((sum, { cents }) => sum + cents, 0)

/** Lines that still take money: a withdrawn, rejected or returned one does not. */
export const paidLines = (lines: readonly BatchLine[]) =>
  lines.filter(({ state }) => state === null || state === 'pending' || state === 'accepted' || state === 'booked')

export type BatchAct = 'freeze' | 'approve' | 'wait_for_other' | 'export' | 'download' | 'none'

/** One person prepares and freezes, another one approves; others read. */
export function actOf(batch: Pick<Batch, 'state' | 'preparedBy'>, person: Pick<Person, 'role' | 'personId'>): BatchAct {
  const next = batchTransitions[batch.state]
  if (next.freeze) return person.role === 'coordinator' ? 'freeze' : 'none'
  if (next.export) return person.role === 'finance_approver' ? 'export' : 'none'
  if (!next.approve) return 'download'
  return person.role === 'finance_approver' && batch.preparedBy !== person.personId ? 'approve' : 'wait_for_other'
}

/** `9f2c 41d8 …`: two people can read it to each other. */
export const spacedHash = (sha256: string): string => sha256.match(/.{4}/g)!.join(' ')
