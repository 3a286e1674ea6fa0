import { expireUnearned } from '@carnet/api/payouts/expire-unearned.ts'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { fundReserve } from '@carnet/api/payouts/move-funds.ts'
import { readBatch, readBatches } from '@carnet/api/payouts/read-batches.ts'
import { bookPayout } from '@carnet/api/payouts/settle-payout.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { decideOrder } from '@carnet/api/treasury/decide-order.ts'
import { proposeOrder } from '@carnet/api/treasury/propose-order.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { balanceOf, givenFrozenPeriod, givenReserve, givenScans, reverseOne } from '../../helpers/money-world.ts'
import { givenPayoutWorld, proof } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const {
  sql,
  operator,
  coordinator,
  approver,
  payingAccountId,
  first,
  givenOpenCampaign,
  givenStatement,
  reverse,
  payEverything,
} = world

afterEach(world.expectSoundMoney)

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
      kind: 'refund' as const,
      campaignId: campaign.id,
      funderId,
      source: 'expired' as const,
      amountCents: cents(333 * 8),
      reference: 'VIR 1',
      reason: 'fin de campagne',
    }
    const { id } = await proposeOrder(coordinator, refund)
    expect(await balanceOf(world, 'expired', { campaignId: campaign.id })).toBe(8000)
    await decideOrder(approver, id, { isApproved: true })
    const more = await proposeOrder(coordinator, { ...refund, reference: 'VIR 2', amountCents: cents(1) })
    await expect(decideOrder(approver, more.id, { isApproved: true })).rejects.toMatchObject({
      code: 'not_enough_money',
    })
    expect(await balanceOf(world, 'expired', { campaignId: campaign.id })).toBe(8000 - 333 * 8)
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
    const { id } = await proposeOrder(coordinator, {
      kind: 'refund',
      campaignId: campaign.id,
      funderId: campaign.parts[0]!.funderId,
      source: 'expired',
      amountCents: cents(1000),
      reference: 'VIR 9',
      reason: 'fin de campagne',
    })
    await expect(decideOrder(approver, id, { isApproved: true })).rejects.toMatchObject({
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
    const lines =
      await sql`select 1 from audit_log where action = 'reserve_funded' and details->>'reference' = 'VIR 500'`
    expect(lines).toHaveLength(1)
  })
})
