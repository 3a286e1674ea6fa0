import { randomUUID } from 'node:crypto'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { decideReview, holdPayouts, liftHold } from '@carnet/api/payouts/hold-payouts.ts'
import { approveBatch, freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { readBatch, readBatches } from '@carnet/api/payouts/read-batches.ts'
import { bookPayout, rejectPayout, returnPayout, withdrawPayout } from '@carnet/api/payouts/settle-payout.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { balanceOf, givenFrozenPeriod, givenScans } from '../../helpers/money-world.ts'
import { givenPayoutWorld, proof } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const {
  sql,
  operator,
  coordinator,
  approver,
  coordinatorAsApprover,
  first,
  second,
  third,
  givenOpenCampaign,
  givenStatement,
  givenBatch,
  payEverything,
} = world

afterEach(world.expectSoundMoney)

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

  test('is approved by somebody else than who wrote its list, whoever began the draft', async () => {
    await payEverything()
    await givenStatement(await givenOpenCampaign())
    const draft = await prepareBatch(world.as((await givenMember(sql, 'coordinator')).actor))
    const frozen = await freezeBatch(coordinator, draft.id)
    await expect(approveBatch(coordinatorAsApprover, draft.id, frozen.sha256!)).rejects.toMatchObject({
      code: 'same_person',
    })
    expect((await approveBatch(approver, draft.id, frozen.sha256!)).state).toBe('approved')
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

  test('leaves out what waits for a review, and whom somebody holds, until the day that was told', async () => {
    await payEverything()
    const periodId = await givenStatement(await givenOpenCampaign(), third)
    const review = await sql<
      { id: string }[]
    >`insert into statement_reviews (organisation_id, venue_id, period_id, reason, opened_on, paid_by)
      values (${third.id}, ${third.venueId}, ${periodId}, 'capacity', '2026-03-10', '2026-03-20') returning id`
    const draft = await prepareBatch(coordinator)
    const about = { organisationId: third.id, amountCents: 2000 }
    expect(await readBatch(coordinator, draft.id)).toMatchObject({
      proposed: [],
      waiting: [{ ...about, reason: 'under_review', until: '2026-03-20' }],
    })
    await decideReview(coordinator, review[0]!.id, 'paid')
    await expect(decideReview(coordinator, review[0]!.id, 'paid')).rejects.toMatchObject({ code: 'review_not_found' })

    const hold = { organisationId: third.id, reason: 'RIB à confirmer', until: '2026-03-12' }
    await expect(holdPayouts(coordinator, { ...hold, until: '2026-06-01' })).rejects.toMatchObject({
      code: 'hold_too_long',
    })
    const { id } = await holdPayouts(coordinator, hold)
    const { waiting } = await readBatch(coordinator, draft.id)
    expect(waiting).toMatchObject([{ ...about, reason: 'held', until: hold.until, note: hold.reason }])
    await expect(freezeBatch(coordinator, draft.id)).rejects.toMatchObject({ code: 'nothing_to_pay' })
    await liftHold(approver, id)
    await expect(liftHold(approver, id)).rejects.toMatchObject({ code: 'hold_is_lifted' })
    await expect(liftHold(approver, randomUUID())).rejects.toMatchObject({ code: 'hold_not_found' })
    const ending = await holdPayouts(coordinator, { ...hold, until: '2026-03-10' })
    world.clock.now = new Date('2026-03-11T09:00:00Z')
    expect((await freezeBatch(coordinator, draft.id)).totalCents).toBe(2000)
    world.clock.now = new Date('2026-03-10T09:00:00Z')
    await liftHold(coordinator, ending.id)
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
