import { randomUUID } from 'node:crypto'
import { expireUnearned } from '@carnet/api/payouts/expire-unearned.ts'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { fundReserve, recordRepayment, refundFunder } from '@carnet/api/payouts/move-funds.ts'
import { approveBatch, freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { readBatch, readBatches } from '@carnet/api/payouts/read-batches.ts'
import { listStatements, readStatement } from '@carnet/api/payouts/read-statements.ts'
import { postReversalAfterFreezing } from '@carnet/api/payouts/reverse-after-freezing.ts'
import { bookPayout, rejectPayout, returnPayout, withdrawPayout } from '@carnet/api/payouts/settle-payout.ts'
import { isEveryStatementFrozen } from '@carnet/api/payouts/statement-queries.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { afterEach, describe, expect, test } from 'vitest'
import {
  balanceOf,
  givenActiveBox,
  givenFrozenPeriod,
  givenFunding,
  givenMoneyCampaign,
  givenMoneyWorld,
  givenReserve,
  givenScans,
  type MoneyCampaign,
  reverseOne,
} from '../helpers/money-world.ts'

const world = await givenMoneyWorld()
const { sql, db, operator, coordinator, approver, coordinatorAsApprover, payingAccountId, organisations } = world
const [first, second, third] = organisations as [
  (typeof organisations)[0],
  (typeof organisations)[0],
  (typeof organisations)[0],
]
const proof = { bookedOn: '2026-03-10', proof: 'relevé 3, ligne 12' }

afterEach(world.expectSoundMoney)

const managerOf = (organisationId: string) =>
  world.as({
    kind: 'person',
    role: 'venue_manager',
    personId: randomUUID(),
    membershipId: randomUUID(),
    name: 'm',
    tenantId: organisationId,
    scopes: ['*'],
  })

async function givenOpenCampaign(vouchers = 100, parts = [333, 333, 334]): Promise<MoneyCampaign> {
  const campaign = await givenMoneyCampaign(world, parts)
  await givenFunding(world, campaign, vouchers)
  await givenActiveBox(world, campaign, vouchers)
  return campaign
}

async function givenStatement(campaign: MoneyCampaign, organisation = first, count = 2): Promise<number> {
  const [open] = await sql`select id from periods where state = 'open'`
  await givenScans(world, campaign, organisation, { count, periodId: open!.id })
  const periodId = await givenFrozenPeriod(world)
  await freezeStatements(operator, periodId)
  return periodId
}

async function givenBatch(state: 'frozen' | 'approved') {
  const draft = await prepareBatch(coordinator)
  const frozen = await freezeBatch(coordinator, draft.id)
  if (state === 'approved') await approveBatch(approver, draft.id, frozen.sha256!)
  return readBatch(coordinator, draft.id)
}

/** As a coordinator's reversal does it, with the scan's row. */
const reverse = (campaign: MoneyCampaign, organisation: typeof first, periodId: number) =>
  coordinator.transaction(async (tx) => {
    const reversal = {
      organisationId: organisation.id,
      venueId: organisation.venueId,
      campaignId: campaign.id,
      periodId,
    }
    await postReversalAfterFreezing(tx, coordinator, reversal)
    await reverseOne(world, campaign.id, organisation.id, [periodId])
  })

/** So that a test starts with nothing payable and no draft. */
async function payEverything() {
  const [draft] = await sql`select id from payment_batches where state = 'draft'`
  const id = draft ? (draft.id as string) : (await prepareBatch(coordinator)).id
  const batch = await freezeBatch(coordinator, id).catch(() => undefined)
  if (batch) await approveBatch(approver, id, batch.sha256!)
  else await sql`delete from payment_batches where id = ${id}`
}

describe('a statement', () => {
  test('runs with the scans, is frozen with a number, and says what it becomes', async () => {
    const campaign = await givenOpenCampaign()
    const manager = managerOf(first.id)
    const [open] = await sql`select id from periods where state = 'open'`
    const id = `${open!.id}.${first.id}`
    expect(await readStatement(manager, id)).toMatchObject({ state: 'open', totalCents: 0, number: null, lines: [] })

    await givenScans(world, campaign, first, { count: 3, periodId: open!.id })
    await reverseOne(world, campaign.id, first.id, [open!.id])
    expect(await readStatement(manager, id)).toMatchObject({
      state: 'open',
      voucherCount: 2,
      totalCents: 2000,
      payableOn: '2026-04-07',
      lines: [{ venueId: first.venueId, campaignId: campaign.id, voucherCount: 2, amountCents: 2000 }],
    })

    const periodId = await givenFrozenPeriod(world)
    expect((await readStatement(manager, id)).state).toBe('closed')
    expect(await isEveryStatementFrozen(db, periodId)).toBe(false)
    expect(await freezeStatements(operator, periodId)).toBe(1)
    expect(await freezeStatements(operator, periodId)).toBe(0)
    expect(await isEveryStatementFrozen(db, periodId)).toBe(true)
    expect(await readStatement(manager, id)).toMatchObject({ state: 'frozen', voucherCount: 2, totalCents: 2000 })

    const { payouts } = await givenBatch('approved')
    expect((await readStatement(manager, id)).state).toBe('in_payment')
    for (const payout of payouts) await bookPayout(approver, payout.id, proof)
    expect((await readStatement(manager, id)).state).toBe('paid')
  })

  test('numbers have no gap, whoever freezes at once, and each is written once', async () => {
    const campaign = await givenOpenCampaign()
    const [open] = await sql`select id from periods where state = 'open'`
    for (const organisation of organisations)
      await givenScans(world, campaign, organisation, { count: 2, periodId: open!.id })
    const periodId = await givenFrozenPeriod(world)
    const written = await Promise.all(
      [operator, coordinator, operator, coordinator].map((ctx) => freezeStatements(ctx, periodId)),
    )
    expect(written.reduce((sum, one) => sum + one, 0)).toBe(3)
    const numbers = await sql<{ number: number }[]>`select number from statements order by number`
    expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, at) => at + 1))
  })

  test('a crash between two organisations leaves whole statements, and the next run writes the rest', async () => {
    const campaign = await givenOpenCampaign()
    const [open] = await sql`select id from periods where state = 'open'`
    for (const organisation of organisations)
      await givenScans(world, campaign, organisation, { count: 1, periodId: open!.id })
    const periodId = await givenFrozenPeriod(world)
    let calls = 0
    const dying: typeof operator = {
      ...operator,
      transaction: (run, as) => {
        // The first call lists, the second writes; the third dies after it wrote and before it commits.
        if (++calls < 3) return operator.transaction(run, as)
        return operator.transaction(async (tx) => {
          await run(tx)
          throw new Error('power cut')
        }, as)
      },
    }
    await expect(freezeStatements(dying, periodId)).rejects.toThrow('power cut')
    await world.expectSoundMoney()
    expect(await freezeStatements(operator, periodId)).toBe(2)
  })

  test('a period that still receives scans is not frozen', async () => {
    const [open] = await sql`select id from periods where state = 'open'`
    await expect(freezeStatements(operator, open!.id)).rejects.toMatchObject({ code: 'period_is_open' })
    await expect(freezeStatements(operator, 999)).rejects.toMatchObject({ code: 'period_not_found' })
    await expect(freezeStatements(approver, open!.id)).rejects.toMatchObject({ code: 'role_not_allowed' })
  })

  test('a venue manager sees its own and no other; pages follow each other', async () => {
    const campaign = await givenOpenCampaign()
    const periodId = await givenStatement(campaign, second)
    await expect(readStatement(managerOf(first.id), `${periodId}.${second.id}`)).rejects.toMatchObject({
      kind: 'not_found',
    })
    await expect(listStatements(managerOf(first.id), { limit: 5, organisationId: second.id })).rejects.toMatchObject({
      kind: 'not_found',
    })
    await expect(readStatement(coordinator, 'nonsense')).rejects.toMatchObject({ code: 'statement_not_found' })
    await expect(readStatement(coordinator, `${periodId}.${randomUUID()}`)).rejects.toMatchObject({
      code: 'statement_not_found',
    })

    const own = await listStatements(managerOf(second.id), { limit: 100 })
    expect(new Set(own.statements.map(({ organisationId }) => organisationId))).toEqual(new Set([second.id]))
    const all = (await listStatements(approver, { limit: 100 })).statements.map(({ id }) => id)
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const { statements, next } = await listStatements(approver, { limit: 2, cursor })
      paged.push(...statements.map(({ id }) => id))
      cursor = next ?? undefined
    } while (cursor)
    expect(paged).toEqual(all)
  })
})

describe('a reversal after freezing', () => {
  test('takes back what is still payable, and shows on the statement', async () => {
    const campaign = await givenOpenCampaign()
    const periodId = await givenStatement(campaign)
    const before = await balanceOf(world, 'issued', { campaignId: campaign.id })
    await reverse(campaign, first, periodId)
    expect(await balanceOf(world, 'payable', { campaignId: campaign.id })).toBe(1000)
    expect(await balanceOf(world, 'issued', { campaignId: campaign.id })).toBe(before + 1000)
    const { totalCents, adjustedCents, adjustments } = await readStatement(coordinator, `${periodId}.${first.id}`)
    expect({ totalCents, adjustedCents, count: adjustments.length }).toEqual({
      totalCents: 2000,
      adjustedCents: 1000,
      count: 1,
    })
  })

  test('waits while the statement of the organisation is not written', async () => {
    const campaign = await givenOpenCampaign()
    const [open] = await sql`select id from periods where state = 'open'`
    await givenScans(world, campaign, first, { count: 1, periodId: open!.id })
    const periodId = await givenFrozenPeriod(world)
    await expect(reverse(campaign, first, periodId)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'freezing_in_progress',
    })
    await freezeStatements(operator, periodId)
  })

  test('of money already paid is owed as far as the reserve goes, and netted on the next statement', async () => {
    const campaign = await givenOpenCampaign()
    const periodId = await givenStatement(campaign, first, 3)
    await payEverything()
    await expect(reverse(campaign, first, periodId)).rejects.toMatchObject({ code: 'reserve_exhausted' })
    await givenReserve(world, 2000)
    // Three at once, for two of which the reserve stands.
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => reverse(campaign, first, periodId)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(await balanceOf(world, 'owes', { campaignId: campaign.id })).toBe(2000)

    const next = await givenStatement(campaign, first, 3)
    expect(await readStatement(coordinator, `${next}.${first.id}`)).toMatchObject({
      totalCents: 3000,
      nettedCents: 2000,
    })
    expect(await balanceOf(world, 'payable', { campaignId: campaign.id })).toBe(1000)
    expect(await balanceOf(world, 'owes', { campaignId: campaign.id })).toBe(0)
  })

  test('of money already paid can be repaid by bank, and no more than is owed', async () => {
    const campaign = await givenOpenCampaign()
    const periodId = await givenStatement(campaign)
    await payEverything()
    await givenReserve(world, 1000)
    await reverse(campaign, first, periodId)
    const repayment = { organisationId: first.id, amountCents: cents(1000), reference: 'VIR 77', proof: 'relevé 4' }
    await recordRepayment(approver, campaign.id, repayment)
    await recordRepayment(approver, campaign.id, repayment)
    expect(await balanceOf(world, 'owes', { campaignId: campaign.id })).toBe(0)
    await expect(recordRepayment(approver, campaign.id, { ...repayment, reference: 'VIR 78' })).rejects.toMatchObject({
      code: 'not_enough_money',
    })
    await expect(recordRepayment(approver, randomUUID(), repayment)).rejects.toMatchObject({
      code: 'campaign_not_found',
    })
  })
})

describe('a batch', () => {
  test('is approved by another person, over the hash that was shown', async () => {
    await payEverything()
    await givenStatement(await givenOpenCampaign())
    const { batch } = await givenBatch('frozen')
    await expect(approveBatch(coordinatorAsApprover, batch.id, batch.sha256!)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'same_person',
    })
    await expect(approveBatch(coordinator, batch.id, batch.sha256!)).rejects.toMatchObject({ code: 'role_not_allowed' })
    await expect(approveBatch(approver, batch.id, '0'.repeat(64))).rejects.toMatchObject({ code: 'batch_changed' })
    await expect(approveBatch(approver, randomUUID(), batch.sha256!)).rejects.toMatchObject({ code: 'batch_not_found' })
    expect((await approveBatch(approver, batch.id, batch.sha256!)).state).toBe('approved')
    await expect(approveBatch(approver, batch.id, batch.sha256!)).rejects.toMatchObject({ code: 'batch_is_approved' })
    await expect(freezeBatch(coordinator, batch.id)).rejects.toMatchObject({ code: 'batch_is_approved' })
    await expect(
      sql`update payment_batches set approved_by = prepared_by where id = ${batch.id}`,
    ).rejects.toMatchObject({ code: '23514' })
  })

  test('that lost a payout after its hash was shown is another batch', async () => {
    await payEverything()
    const campaign = await givenOpenCampaign()
    const [open] = await sql`select id from periods where state = 'open'`
    for (const organisation of [first, second])
      await givenScans(world, campaign, organisation, { count: 2, periodId: open!.id })
    await freezeStatements(operator, await givenFrozenPeriod(world))
    const { batch, payouts } = await givenBatch('approved')

    await withdrawPayout(coordinator, payouts[0]!.id, 'compte douteux')
    const changed = await readBatch(coordinator, batch.id)
    expect(changed.batch).toMatchObject({ state: 'frozen', totalCents: 2000, approvedBy: null })
    await expect(bookPayout(approver, payouts[1]!.id, proof)).rejects.toMatchObject({ code: 'batch_is_frozen' })
    await expect(approveBatch(approver, batch.id, batch.sha256!)).rejects.toMatchObject({ code: 'batch_changed' })
    // Withdrawing and approving at once: what was approved is what was shown, or nothing is.
    const race = await Promise.allSettled([
      approveBatch(approver, batch.id, changed.batch.sha256!),
      withdrawPayout(coordinator, payouts[1]!.id, 'aussi'),
    ])
    expect(race[1].status).toBe('fulfilled')
    expect((await readBatch(coordinator, batch.id)).batch).toMatchObject({ state: 'frozen', totalCents: 0 })
    const { batch: empty } = await readBatch(coordinator, batch.id)
    await expect(approveBatch(approver, batch.id, empty.sha256!)).rejects.toMatchObject({ code: 'nothing_to_pay' })
    expect(await balanceOf(world, 'payable', { campaignId: campaign.id })).toBe(4000)
  })

  test('pays nobody whose account is not verified; the amount waits, with the reason', async () => {
    await payEverything()
    await givenStatement(await givenOpenCampaign(), third)
    await sql`update bank_accounts set state = 'superseded', valid_until = '2026-03-09' where id = ${third.bankAccountId}`
    const draft = await prepareBatch(coordinator)
    await expect(prepareBatch(coordinator)).rejects.toMatchObject({ code: 'draft_exists' })
    const { proposed, waiting } = await readBatch(coordinator, draft.id)
    expect(proposed).toEqual([])
    expect(waiting).toMatchObject([{ organisationId: third.id, amountCents: 2000, reason: 'no_verified_account' }])
    await expect(freezeBatch(coordinator, draft.id)).rejects.toMatchObject({ code: 'nothing_to_pay' })

    await sql`update bank_accounts set state = 'verified', valid_until = null where id = ${third.bankAccountId}`
    expect((await freezeBatch(coordinator, draft.id)).totalCents).toBe(2000)
  })

  test('keeps the payee it was frozen with: a changed account stops the approval', async () => {
    await payEverything()
    await givenStatement(await givenOpenCampaign(), third)
    const { batch, payouts } = await givenBatch('frozen')
    await sql`update bank_accounts set iban = 'FR1420041010050500013M02606', state = 'superseded', valid_until = '2026-03-09' where id = ${third.bankAccountId}`
    await expect(approveBatch(approver, batch.id, batch.sha256!)).rejects.toMatchObject({
      code: 'payee_changed',
      facts: { payouts: [payouts[0]!.id] },
    })
    expect((await readBatch(coordinator, batch.id)).payouts[0]!.payee.iban).toBe('FR7630006000011234567890189')
    await withdrawPayout(coordinator, payouts[0]!.id, 'compte changé')
    await sql`update bank_accounts set state = 'verified', valid_until = null where id = ${third.bankAccountId}`
  })

  test('is executed on a bank day that is not over', async () => {
    await payEverything()
    await expect(prepareBatch(coordinator, { executesOn: '2026-03-14' })).rejects.toMatchObject({
      code: 'not_a_bank_day',
      facts: { next: '2026-03-16' },
    })
    await expect(prepareBatch(coordinator, { executesOn: '2026-03-09' })).rejects.toMatchObject({ code: 'in_the_past' })
    await expect(prepareBatch(approver)).rejects.toMatchObject({ code: 'role_not_allowed' })
    const { id, executesOn } = await prepareBatch(coordinator)
    expect(executesOn).toBe('2026-03-11')
    await sql`delete from payment_batches where id = ${id}`
  })

  test('two people freeze one draft at once: the money moves once', async () => {
    await payEverything()
    const campaign = await givenOpenCampaign()
    await givenStatement(campaign)
    const { id } = await prepareBatch(coordinator)
    const outcomes = await Promise.allSettled([freezeBatch(coordinator, id), freezeBatch(coordinator, id)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await balanceOf(world, 'in_payment', { campaignId: campaign.id })).toBe(2000)
  })

  test('numbers of batches are listed newest first', async () => {
    const { batches, next } = await readBatches(coordinator, { limit: 2 })
    expect(batches[0]!.number - batches[1]!.number).toBe(1)
    expect((await readBatches(coordinator, { limit: 2, before: next! })).batches[0]!.number).toBe(
      batches[1]!.number - 1,
    )
  })
})

describe('a payout', () => {
  async function givenPayout() {
    await payEverything()
    const campaign = await givenOpenCampaign()
    await givenStatement(campaign)
    const { payouts, batch } = await givenBatch('approved')
    return { campaign, payout: payouts.find(({ organisationId }) => organisationId === first.id)!, batch }
  }

  test('booked by two people at once leaves the bank once', async () => {
    const { campaign, payout } = await givenPayout()
    const bank = await balanceOf(world, 'bank', { campaignId: campaign.id })
    const outcomes = await Promise.allSettled([
      bookPayout(approver, payout.id, proof),
      bookPayout(approver, payout.id, { ...proof, proof: 'relevé 3, ligne 13' }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'payout_is_booked' } })
    expect(await balanceOf(world, 'bank', { campaignId: campaign.id })).toBe(bank - 2000)
  })

  test('booked again with the same proof gives the same answer', async () => {
    const { payout } = await givenPayout()
    const booked = await bookPayout(approver, payout.id, proof)
    expect(await bookPayout(approver, payout.id, proof)).toEqual(booked)
    await expect(bookPayout(approver, payout.id, { ...proof, bookedOn: '2026-03-11' })).rejects.toMatchObject({
      code: 'in_the_future',
    })
    await expect(bookPayout(coordinator, payout.id, proof)).rejects.toMatchObject({ code: 'role_not_allowed' })
    await expect(bookPayout(approver, randomUUID(), proof)).rejects.toMatchObject({ code: 'payout_not_found' })
    await expect(withdrawPayout(coordinator, payout.id, 'trop tard')).rejects.toMatchObject({
      code: 'payout_is_booked',
    })
  })

  test('rejected or returned is payable again, and waits until the account is verified again', async () => {
    const { campaign, payout, batch } = await givenPayout()
    await rejectPayout(approver, payout.id, { on: '2026-03-10', reason: 'AC04' })
    expect(await balanceOf(world, 'payable', { campaignId: campaign.id })).toBe(2000)
    await expect(bookPayout(approver, payout.id, proof)).rejects.toMatchObject({ code: 'payout_is_rejected' })
    expect((await readBatch(coordinator, batch.id)).waiting).toMatchObject([
      { organisationId: first.id, reason: 'account_to_verify_again' },
    ])
    await sql`update payouts set state = 'withdrawn' where id = ${payout.id}`

    const { payouts } = await givenBatch('approved')
    await bookPayout(approver, payouts[0]!.id, proof)
    await returnPayout(approver, payouts[0]!.id, { on: '2026-03-10', reason: 'AC04' })
    expect(await balanceOf(world, 'payable', { campaignId: campaign.id })).toBe(2000)
    await expect(returnPayout(approver, payouts[0]!.id, { on: '2026-03-10', reason: 'AC04' })).rejects.toMatchObject({
      code: 'payout_is_returned',
    })
    await sql`update payouts set state = 'withdrawn' where id = ${payouts[0]!.id}`
  })
})

describe('the end of a campaign', () => {
  test('expires what nobody earned, again after a late reversal, and gives it back to its funder', async () => {
    const campaign = await givenOpenCampaign(10)
    const [open] = await sql`select id from periods where state = 'open'`
    await givenScans(world, campaign, first, { count: 4, periodId: open!.id })
    expect(await expireUnearned(operator)).toBe(0)
    await sql`update campaigns set state = 'uploads_closed' where id = ${campaign.id}`
    expect(await Promise.all([expireUnearned(operator), expireUnearned(operator)]).then((both) => both.sort())).toEqual(
      [0, 6],
    )
    await reverseOne(world, campaign.id, first.id, [open!.id])
    expect(await expireUnearned(operator)).toBe(1)
    expect(await balanceOf(world, 'expired', { campaignId: campaign.id })).toBe(7000)

    const periodId = await givenFrozenPeriod(world)
    await freezeStatements(operator, periodId)
    await reverse(campaign, first, periodId)
    expect(await balanceOf(world, 'expired', { campaignId: campaign.id })).toBe(8000)
    expect(await balanceOf(world, 'issued', { campaignId: campaign.id })).toBe(0)

    const { funderId } = campaign.parts[0]!
    const refund = {
      funderId,
      from: 'expired' as const,
      amountCents: cents(333 * 8),
      reference: 'VIR 1',
      proof: 'relevé 5',
    }
    await refundFunder(approver, campaign.id, refund)
    await expect(
      refundFunder(approver, campaign.id, { ...refund, reference: 'VIR 2', amountCents: cents(1) }),
    ).rejects.toMatchObject({ code: 'not_enough_money' })
    await expect(refundFunder(approver, campaign.id, { ...refund, amountCents: cents(1) })).rejects.toMatchObject({
      code: 'transfer_changed',
    })
    await expect(refundFunder(coordinator, campaign.id, refund)).rejects.toMatchObject({ code: 'role_not_allowed' })
  })

  test('refunds nothing that the bank owes to others', async () => {
    const campaign = await givenOpenCampaign(2, [1000])
    const periodId = await givenStatement(campaign, first, 2)
    await payEverything()
    const { payouts } = await readBatch(coordinator, (await readBatches(coordinator, { limit: 1 })).batches[0]!.id)
    for (const payout of payouts) await bookPayout(approver, payout.id, proof)
    await sql`update campaigns set state = 'uploads_closed' where id = ${campaign.id}`
    await givenReserve(world, 1000)
    await reverse(campaign, first, periodId)
    const refund = {
      funderId: campaign.parts[0]!.funderId,
      from: 'expired' as const,
      amountCents: cents(1000),
      reference: 'VIR 9',
      proof: 'relevé',
    }
    await expect(refundFunder(approver, campaign.id, refund)).rejects.toMatchObject({
      code: 'refund_takes_what_is_owed',
      facts: { refundableCents: 0 },
    })
  })

  test('the same bank movement entered twice counts once', async () => {
    const movement = { amountCents: cents(500), reference: 'VIR 500', proof: 'relevé 6' }
    const before = await balanceOf(world, 'reserve')
    await fundReserve(approver, payingAccountId, movement)
    await fundReserve(approver, payingAccountId, movement)
    await expect(
      fundReserve(approver, payingAccountId, { ...movement, amountCents: cents(501) }),
    ).rejects.toMatchObject({ code: 'transfer_changed' })
    await expect(fundReserve(coordinator, payingAccountId, movement)).rejects.toMatchObject({
      code: 'role_not_allowed',
    })
    expect(await balanceOf(world, 'reserve')).toBe(before + 500)
  })
})
