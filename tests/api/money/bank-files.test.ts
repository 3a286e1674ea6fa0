import { listFunderCalls } from '@carnet/api/accounting/invoice-queries.ts'
import { exportBatch } from '@carnet/api/payouts/export-batch.ts'
import { readBatch } from '@carnet/api/payouts/read-batches.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { attributeReceipt } from '@carnet/api/treasury/attribute-receipt.ts'
import { callFunds, readCalls } from '@carnet/api/treasury/call-funds.ts'
import { decideOrder } from '@carnet/api/treasury/decide-order.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import { orderEndToEndId } from '@carnet/api/treasury/money-order.ts'
import { proposeOrder } from '@carnet/api/treasury/propose-order.ts'
import { settleBankLine } from '@carnet/api/treasury/settle-line.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { camt, pain002, type TestMovement } from '../../helpers/bank-files.ts'
import { balanceOf, givenFrozenPeriod, givenScans } from '../../helpers/money-world.ts'
import { givenPayoutWorld } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, operator, coordinator, approver, first, second, payEverything, givenOpenCampaign } = world
afterEach(world.expectSoundMoney)

const take = async (bytes: Uint8Array, as = coordinator) => {
  const { lines, file, isNew } = await importBankFile(as, { bytes, name: 'relevé.xml' })
  return { outcomes: lines.map(({ outcome, why }) => `${outcome}: ${why}`), lines, file, isNew }
}

/** Two organisations in an exported batch: 20 and 30 euros. */
async function givenExported() {
  await payEverything()
  const campaign = await givenOpenCampaign()
  const [open] = await sql`select id from periods where state = 'open'`
  await givenScans(world, campaign, first, { count: 2, periodId: open!.id })
  await givenScans(world, campaign, second, { count: 3, periodId: open!.id })
  const { freezeStatements } = await import('@carnet/api/payouts/freeze-statements.ts')
  await freezeStatements(operator, await givenFrozenPeriod(world))
  const { batch } = await world.givenBatch('approved')
  const { messageId } = await exportBatch(approver, batch.id)
  const { payouts } = await readBatch(coordinator, batch.id)
  const of = (organisationId: string) => payouts.find((payout) => payout.organisationId === organisationId)!
  const states = async () =>
    Object.fromEntries(
      (await readBatch(coordinator, batch.id)).payouts.map(({ organisationId, state }) => [
        organisationId === first.id ? 'first' : 'second',
        state,
      ]),
    )
  /** So that the next test can pay these organisations again. */
  const forget = () =>
    sql`update payouts set state = 'withdrawn' where batch_id = ${batch.id} and state in ('rejected', 'returned')`
  return { campaign, batch, messageId, small: of(first.id), big: of(second.id), states, forget }
}
const debit = (payout: { endToEndId: string; amountCents: number }, reference: string): TestMovement => ({
  direction: 'DBIT',
  cents: payout.amountCents,
  endToEndId: payout.endToEndId,
  reference,
})
const returned = (payout: { endToEndId: string; amountCents: number }, reference: string): TestMovement => ({
  ...debit(payout, reference),
  direction: 'CRDT',
  returned: 'AC04',
})

describe('an answer to a payment order', () => {
  test('accepts or rejects each payout; a rejected one is payable again, and waits for its account', async () => {
    const { campaign, messageId, small, big, states, batch, forget } = await givenExported()
    const answer = pain002(messageId, [
      { endToEndId: small.endToEndId, status: 'ACSP' },
      { endToEndId: big.endToEndId, status: 'RJCT', reason: 'AC04' },
    ])
    expect((await take(answer)).outcomes).toEqual(['accepted: payout', 'rejected: payout'])
    expect(await states()).toEqual({ first: 'accepted', second: 'rejected' })
    expect(await balanceOf(world, 'payable', { campaignId: campaign.id })).toBe(3000)
    const { waiting } = await readBatch(coordinator, batch.id)
    expect(waiting).toMatchObject([{ organisationId: second.id, reason: 'account_to_verify_again' }])
    // The same file, and the same answer in another file, change nothing.
    expect(await take(answer)).toMatchObject({ isNew: false, outcomes: ['accepted: payout', 'rejected: payout'] })
    const again = pain002(messageId, [{ endToEndId: big.endToEndId, status: 'RJCT' }], { version: '03' })
    expect((await take(again)).outcomes).toEqual(['known: told_before'])
    await forget()
  })

  test('to the whole message is one to each of its payouts', async () => {
    const { messageId, states } = await givenExported()
    expect((await take(pain002(messageId, [], { group: 'ACTC' }))).outcomes).toEqual(['accepted: payout'])
    expect(await states()).toEqual({ first: 'accepted', second: 'accepted' })
    expect((await take(pain002('UNKNOWN', [], { group: 'ACTC' }))).outcomes).toEqual(['open: unknown_reference'])
    expect((await take(pain002(messageId, [], { group: 'PART' }))).outcomes).toEqual(['pending: not_decided_yet'])
    expect((await take(pain002(messageId, [], { group: 'WHAT' }))).outcomes).toEqual(['open: unknown_status'])
  })
})

describe('a movement', () => {
  test('books each payout, once, whichever file tells it first and however often', async () => {
    const { campaign, small, big, states } = await givenExported()
    const bank = await balanceOf(world, 'bank', { campaignId: campaign.id })
    const movements = [debit(small, 'B1'), debit(big, 'B2')]
    expect((await take(camt(movements, { version: '02' }))).outcomes).toEqual(['booked: payout', 'booked: payout'])
    expect(await states()).toEqual({ first: 'booked', second: 'booked' })
    expect((await take(camt(movements))).outcomes).toEqual(['known: told_before', 'known: told_before'])
    const otherwise = movements.map((movement) => ({ ...movement, reference: `${movement.reference}X` }))
    expect((await take(camt(otherwise))).outcomes).toEqual(['open: debited_twice', 'open: debited_twice'])
    expect(await balanceOf(world, 'bank', { campaignId: campaign.id })).toBe(bank - 5000)
  })

  test('books a whole payment order by its sum, and not by another sum', async () => {
    const { messageId, states } = await givenExported()
    const sum = { direction: 'DBIT', cents: 5000, paymentInfoId: `${messageId}-1`, reference: `S${messageId}` } as const
    expect((await take(camt([{ ...sum, cents: 4999, reference: 'wrong' }]))).outcomes).toEqual(['open: amount_differs'])
    expect((await take(camt([sum]))).outcomes).toEqual(['booked: payment_order'])
    expect(await states()).toEqual({ first: 'booked', second: 'booked' })
  })

  test('returns a payout, even before its debit was told', async () => {
    const { campaign, small, big, states, forget } = await givenExported()
    const bank = await balanceOf(world, 'bank', { campaignId: campaign.id })
    expect((await take(camt([returned(small, 'R1')]))).outcomes).toEqual(['returned: return_before_debit'])
    expect((await take(camt([debit(small, 'D1'), debit(big, 'D2')]))).outcomes).toEqual([
      'known: told_before',
      'booked: payout',
    ])
    expect(await states()).toEqual({ first: 'returned', second: 'booked' })
    expect((await take(camt([returned(big, 'R2'), { ...returned(big, 'R3'), cents: 2999 }]))).outcomes).toEqual([
      'returned: payout',
      'open: amount_differs',
    ])
    expect(await balanceOf(world, 'bank', { campaignId: campaign.id })).toBe(bank)
    expect(await balanceOf(world, 'payable', { campaignId: campaign.id })).toBe(5000)
    const [reason] = await sql`select failure_reason from payouts where id = ${small.id}`
    expect(reason!.failure_reason).toBe('AC04')
    await forget()
  })

  test('is kept open when it does not fit: rejected and debited, another account, not exported, unknown', async () => {
    const { messageId, small, big, forget } = await givenExported()
    await take(pain002(messageId, [{ endToEndId: small.endToEndId, status: 'RJCT', reason: 'AC01' }]))
    expect(
      (await take(camt([debit(small, 'Z1'), { direction: 'DBIT', cents: 700, reference: 'Z2' }]))).outcomes,
    ).toEqual(['open: debited_after_rejected', 'open: unknown_debit'])
    await take(camt([debit(big, 'Z3')]))
    const late = pain002(messageId, [{ endToEndId: big.endToEndId, status: 'RJCT' }])
    expect((await take(late)).outcomes).toEqual(['open: rejected_after_debit'])
    const strange = camt([debit(big, 'Z4')], { iban: 'DE89370400440532013000' })
    expect((await take(strange)).outcomes).toEqual(['open: unknown_account'])
    const pending = camt([{ ...debit(big, 'Z5'), status: 'PDNG' }])
    expect((await take(pending)).outcomes).toEqual(['pending: not_booked_yet'])
    await forget()
    await payEverything()
    const [approved] =
      await sql`select end_to_end_id, amount_cents from payouts where organisation_id = ${first.id} and state = 'pending' order by end_to_end_id desc limit 1`
    const early = { endToEndId: approved!.end_to_end_id as string, amountCents: approved!.amount_cents as number }
    expect((await take(camt([debit(early, 'Z6')]))).outcomes).toEqual(['open: not_exported'])
  })

  test('a line that was left open is closed by a person who says how', async () => {
    const { file, lines } = await take(camt([{ direction: 'DBIT', cents: 800, reference: 'Q1' }]))
    const at = { fileId: file.id, position: lines[0]!.position }
    await expect(
      settleBankLine(coordinator, at, { settlement: 'erreur de la banque', isPosted: false }),
    ).rejects.toMatchObject({ code: 'role_not_allowed' })
    const both = await Promise.allSettled(
      ['lettre du 12', 'lettre du 13'].map((settlement) =>
        settleBankLine(approver, at, { settlement, isPosted: false }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'line_is_settled' } })
  })

  test('two people import one file at once, and two files that tell the same: it counts once', async () => {
    const { campaign, small, big } = await givenExported()
    const bank = await balanceOf(world, 'bank', { campaignId: campaign.id })
    const one = camt([debit(small, 'P1'), debit(big, 'P2')])
    const other = camt([debit(small, 'P1'), debit(big, 'P2')], { closing: 0 })
    const results = await Promise.all([take(one), take(one, approver), take(other), take(one)])
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(2)
    expect(results.flatMap(({ outcomes }) => outcomes).filter((text) => text.startsWith('open'))).toEqual([])
    expect(await balanceOf(world, 'bank', { campaignId: campaign.id })).toBe(bank - 5000)
    await sql`delete from bank_balances`
  })
})

describe('money that comes', () => {
  const came = (reference: string, text: string, amount = 1000): TestMovement => ({
    direction: 'CRDT',
    cents: amount,
    text,
    reference,
  })

  test('under the reference of a call is its funder’s, at once', async () => {
    const campaign = await givenOpenCampaign(2)
    const { funderId } = campaign.parts[0]!
    const { reference } = await callFunds(coordinator, campaign.id, { funderId, amountCents: cents(5000) })
    const { outcomes } = await take(camt([came('C0', `virement ${reference.toLowerCase()} merci`, 2000)]))
    expect(outcomes).toEqual(['received: funding_call'])
    // Half paid is half paid wherever it is told: the receipt and the funding it makes are one sum.
    expect(await readCalls(coordinator, campaign.id)).toMatchObject([{ receivedCents: 2000 }])
    expect(await listFunderCalls(coordinator.db, funderId)).toMatchObject([{ amountCents: 5000, receivedCents: 2000 }])
    await take(camt([came('C1', reference, 3000)]))
    expect(await balanceOf(world, 'available', { campaignId: campaign.id })).toBe(5000)
    expect(await readCalls(coordinator, campaign.id)).toMatchObject([{ amountCents: 5000, receivedCents: 5000 }])
    expect(await sql`select 1 from fundings where campaign_id = ${campaign.id}`).toHaveLength(2)
    // 100,000 books of one voucher: two calls for what is left of its part are one too many.
    const leftCents = 100_000 * campaign.parts[0]!.partCents - 5000
    const rest = () => callFunds(coordinator, campaign.id, { funderId, amountCents: cents(leftCents) })
    const both = await Promise.allSettled([rest(), rest()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(rest()).rejects.toMatchObject({ code: 'call_exceeds_part', facts: { leftCents: 0 } })
    await sql`update campaigns set state = 'uploads_closed' where id = ${campaign.id}`
    expect((await take(camt([came('C2', reference)]))).outcomes).toEqual(['suspense: campaign_takes_no_money'])
    await expect(callFunds(coordinator, campaign.id, { funderId, amountCents: cents(1) })).rejects.toMatchObject({
      code: 'campaign_is_uploads_closed',
    })
    await expect(
      callFunds(coordinator, campaign.id, { funderId: first.id, amountCents: cents(1) }),
    ).rejects.toMatchObject({ code: 'not_a_funder_of_the_campaign' })
  })

  test('without a reference waits in suspense, and is attributed once', async () => {
    const campaign = await givenOpenCampaign(2)
    const { funderId } = campaign.parts[0]!
    const { lines, outcomes } = await take(camt([came('N1', 'don'), came('N2', 'don'), came('N3', 'réserve', 400)]))
    expect(outcomes).toEqual(Array(3).fill('suspense: no_known_reference'))
    const [one, two, three] = lines.map(({ receiptId }) => receiptId!)
    const owner = { to: 'funder', campaignId: campaign.id, funderId } as const
    const race = await Promise.allSettled([
      attributeReceipt(coordinator, one!, owner),
      attributeReceipt(approver, one!, owner),
    ])
    expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(race.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'receipt_is_attributed' },
    })
    expect(await balanceOf(world, 'available', { campaignId: campaign.id })).toBe(1000)
    const reserve = await balanceOf(world, 'reserve')
    await attributeReceipt(coordinator, three!, { to: 'reserve' })
    expect(await balanceOf(world, 'reserve')).toBe(reserve + 400)
    await expect(
      attributeReceipt(coordinator, two!, { to: 'debt', campaignId: campaign.id, organisationId: first.id }),
    ).rejects.toMatchObject({ code: 'not_enough_money' })
    await expect(attributeReceipt(coordinator, two!, { ...owner, funderId: first.id })).rejects.toMatchObject({
      code: 'not_a_funder_of_the_campaign',
    })

    // Sent back by two people; the bank's debit closes the order.
    const back = { kind: 'receipt_sent_back', receiptId: two!, reference: 'RENDRE-N2', reason: 'erreur' } as const
    const order = await proposeOrder(coordinator, back)
    const suspense = await balanceOf(world, 'suspense')
    await decideOrder(approver, order.id, { isApproved: true })
    expect(await balanceOf(world, 'suspense')).toBe(suspense - 1000)
    await expect(proposeOrder(coordinator, { ...back, reference: 'RENDRE-N2-2' })).rejects.toMatchObject({
      code: 'receipt_is_sent_back',
    })
    const sent = { direction: 'DBIT', cents: 1000, endToEndId: orderEndToEndId(order.id), reference: 'O1' } as const
    expect((await take(camt([sent]))).outcomes).toEqual(['sent: order'])
    expect((await take(camt([{ ...sent, reference: 'O2' }]))).outcomes).toEqual(['open: told_before'])
  })

  test('told by a notice and by the statement is one receipt; two equal ones are two', async () => {
    const suspense = await balanceOf(world, 'suspense')
    const twins = [came('', 'jumeau', 111), came('', 'jumeau', 111)]
    expect((await take(camt(twins))).outcomes).toEqual(Array(2).fill('suspense: no_known_reference'))
    const later = camt([came('K1', 'jumeau', 111), came('K2', 'jumeau', 111), came('K3', 'jumeau', 111)], {
      closing: 0,
    })
    expect((await take(later)).outcomes).toEqual([
      'known: told_elsewhere',
      'known: told_elsewhere',
      'suspense: no_known_reference',
    ])
    expect(await balanceOf(world, 'suspense')).toBe(suspense + 333)
    await sql`delete from bank_balances`
  })

  test('that looks like one recorded by hand is left to a person', async () => {
    const campaign = await givenOpenCampaign(2)
    const { funderId } = campaign.parts[0]!
    const { recordFunding } = await import('@carnet/api/campaigns/record-funding.ts')
    await recordFunding(coordinator, campaign.id, {
      funderId,
      amountCents: cents(4321),
      reference: 'VIR MAIN',
      proof: 'relevé',
      receivedOn: '2026-03-10',
    })
    expect((await take(camt([came('H1', 'subvention', 4321)]))).outcomes).toEqual(['open: like_one_recorded_by_hand'])
  })
})
