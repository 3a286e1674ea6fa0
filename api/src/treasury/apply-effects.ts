import { randomUUID } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import type { FundingDetails } from '../campaigns/record-funding.ts'
import { insertFunding } from '../campaigns/steering-queries.ts'
import { bankFeePaid, receivedInSuspense } from '../ledger/bank-events.ts'
import { fundingReceived } from '../ledger/events.ts'
import { post } from '../ledger/ledger.ts'
import type { NewTransfer } from '../ledger/transfer.ts'
import { transfersOfSettlement } from '../payouts/settlement.ts'
import { movePayouts } from '../payouts/settlement-queries.ts'
import { tellOfFailure } from '../payouts/tell-of-failure.ts'
import type { Context } from '../shared/context.ts'
import type { Effect, MatchedLine } from './known.ts'
import { insertReceipt, setOrder } from './order-queries.ts'

type Received = Extract<Effect, { act: 'receive' }>

/** Does what the lines of a file lead to, and posts it in one go. Gives the receipt that each line made. */
export async function applyEffects(
  tx: Transaction,
  ctx: Context,
  lines: readonly MatchedLine[],
): Promise<Map<MatchedLine, string>> {
  const receiptIds = new Map<MatchedLine, string>()
  const transfers: NewTransfer[] = []
  const today = ctx.today()
  const settlements = lines.flatMap(({ effects }) =>
    effects.flatMap((effect) =>
      effect.act === 'accept' || effect.act === 'reject' || effect.act === 'book' || effect.act === 'return'
        ? [effect]
        : [],
    ),
  )
  const moved = await movePayouts(tx, settlements, today)
  for (const { event, payout } of moved) {
    transfers.push(...transfersOfSettlement(payout, event))
    if (event === 'reject' || event === 'return') await tellOfFailure(tx, ctx, payout)
  }
  for (const matched of lines)
    for (const effect of matched.effects) {
      if (effect.act === 'send') await setOrder(tx, effect.orderId, { bookedOn: effect.on })
      if (effect.act === 'fee')
        transfers.push(
          ...bankFeePaid({ ...effect, documentRef: `fee:${effect.payingAccountId}:${effect.bankReference}` }),
        )
      if (effect.act !== 'receive') continue
      const { id, posted } = await receive(tx, ctx, effect)
      receiptIds.set(matched, id)
      transfers.push(...posted)
    }
  await post(tx, ctx, transfers)
  return receiptIds
}

/** A receipt of a call is a funding of its campaign; any other waits in suspense. */
async function receive(
  tx: Transaction,
  ctx: Context,
  { payingAccountId, movement, call }: Received,
): Promise<{ id: string; posted: NewTransfer[] }> {
  const { amountCents, bankReference, on: bookedOn, counterparty: payer, remittance } = movement
  const said = { payingAccountId, bankReference, amountCents, bookedOn, payer, remittance }
  const id = randomUUID()
  const documentRef = `receipt:${id}`
  if (!call) {
    await insertReceipt(tx, { id, ...said, state: 'suspense' })
    return { id, posted: receivedInSuspense({ payingAccountId, documentRef, amountCents }) }
  }
  const { campaignId, funderId } = call
  await insertReceipt(tx, {
    id,
    ...said,
    state: 'attributed',
    fundingCallId: call.id,
    campaignId,
    funderId,
    decidedOn: ctx.today(),
  })
  await insertFunding(tx, {
    campaignId,
    ...fundingOf({ id, ...said, funderId }),
    recordedBy: null,
    recordedAt: ctx.now(),
    fundingCallId: call.id,
  })
  return { id, posted: fundingReceived({ payingAccountId, campaignId, documentRef, funderId, amountCents }) }
}

/** How a receipt shows among the fundings of its campaign. */
export const fundingOf = (receipt: {
  id: string
  funderId: string
  amountCents: FundingDetails['amountCents']
  bookedOn: string
  bankReference: string
}): FundingDetails => ({
  funderId: receipt.funderId,
  amountCents: receipt.amountCents,
  reference: `receipt:${receipt.id}`,
  proof: `relevé de la banque, ${receipt.bankReference}`,
  receivedOn: receipt.bookedOn,
})
