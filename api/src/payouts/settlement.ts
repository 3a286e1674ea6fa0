import { type Pool, payoutBooked, payoutReturned, payoutTakenBack } from '../ledger/events.ts'
import type { NewTransfer } from '../ledger/transfer.ts'
import type { Cents } from '../shared/money.ts'
import type { Payout } from './batch-queries.ts'
import type { PayoutEvent } from './payout.ts'

type Line = Pool & { documentRef: string; organisationId: string; amountCents: Cents }

const perLine = (payout: SettledPayout, transfersOfLine: (line: Line) => NewTransfer[]): NewTransfer[] =>
  payout.lines.flatMap((line) =>
    transfersOfLine({
      ...line,
      documentRef: `payout:${payout.id}`,
      organisationId: payout.organisationId,
      payingAccountId: payout.payingAccountId,
    }),
  )

export type SettledPayout = Pick<Payout, 'id' | 'organisationId' | 'payingAccountId' | 'lines'>

/** What the bank's answer to a payout moves, or its withdrawal before the bank had it. */
export function transfersOfSettlement(payout: SettledPayout, event: PayoutEvent): NewTransfer[] {
  switch (event) {
    case 'accept':
      return []
    case 'book':
      return perLine(payout, payoutBooked)
    case 'return':
      return perLine(payout, payoutReturned)
    case 'reject':
      return perLine(payout, (line) => payoutTakenBack(line, 'payout_rejected'))
    case 'withdraw':
      return perLine(payout, (line) => payoutTakenBack(line, 'payout_withdrawn'))
  }
}
