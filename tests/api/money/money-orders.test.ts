import { randomUUID } from 'node:crypto'
import { makeRepaymentPdf, readRepaymentRequest } from '@carnet/api/accounting/repayment-request.ts'
import { fundReserve, recordBankFee } from '@carnet/api/payouts/move-funds.ts'
import { formatsOf } from '@carnet/api/shared/formats.ts'
import { translate } from '@carnet/api/shared/messages.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { decideOrder } from '@carnet/api/treasury/decide-order.ts'
import type { OrderAsked } from '@carnet/api/treasury/money-order.ts'
import { proposeOrder } from '@carnet/api/treasury/propose-order.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { balanceOf, givenActiveBox, givenFrozenPeriod, givenFunding, givenReserve } from '../../helpers/money-world.ts'
import { givenPayoutWorld } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const {
  sql,
  coordinator,
  approver,
  coordinatorAsApprover,
  first,
  payingAccountId,
  givenOpenCampaign,
  givenStatement,
  payEverything,
  managerOf,
} = world
afterEach(world.expectSoundMoney)

const about = () => ({ reference: randomUUID(), reason: 'décidé en comité' })
const approve = async (asked: OrderAsked) => {
  const { id } = await proposeOrder(coordinator, asked)
  return decideOrder(approver, id, { isApproved: true })
}
const of = (campaignId: string) => ({ campaignId })

describe('an order', () => {
  test('moves nothing before another person approves it, and then once', async () => {
    const campaign = await givenOpenCampaign(2)
    await givenFunding(world, campaign, 3)
    const { funderId } = campaign.parts[0]!
    const asked = {
      ...about(),
      kind: 'refund',
      campaignId: campaign.id,
      funderId,
      source: 'available',
      amountCents: cents(333),
    } as const
    const order = await proposeOrder(coordinatorAsApprover, asked)
    expect(await proposeOrder(coordinator, asked)).toEqual(order)
    await expect(proposeOrder(coordinator, { ...asked, amountCents: cents(334) })).rejects.toMatchObject({
      code: 'order_changed',
    })
    await expect(decideOrder(coordinatorAsApprover, order.id, { isApproved: true })).rejects.toMatchObject({
      code: 'same_person',
    })
    await expect(decideOrder(coordinator, order.id, { isApproved: true })).rejects.toMatchObject({
      code: 'role_not_allowed',
    })
    expect(await balanceOf(world, 'available', of(campaign.id))).toBe(3000)
    const race = await Promise.allSettled([1, 2, 3].map(() => decideOrder(approver, order.id, { isApproved: true })))
    expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    await expect(decideOrder(approver, order.id, { isApproved: false })).rejects.toMatchObject({
      code: 'order_is_approved',
    })
    expect(await balanceOf(world, 'available', of(campaign.id))).toBe(2667)
    await expect(decideOrder(approver, randomUUID(), { isApproved: true })).rejects.toMatchObject({
      code: 'order_not_found',
    })
    await expect(sql`update money_orders set decided_by = proposed_by where id = ${order.id}`).rejects.toMatchObject({
      code: '23514',
    })
  })

  test('that is refused moves nothing', async () => {
    const campaign = await givenOpenCampaign(2)
    await givenReserve(world, 700)
    const asked = {
      ...about(),
      kind: 'reserve_payment',
      campaignId: campaign.id,
      organisationId: first.id,
      amountCents: cents(700),
    } as const
    const { id } = await proposeOrder(coordinator, asked)
    expect(await decideOrder(approver, id, { isApproved: false })).toMatchObject({ state: 'refused' })
    await expect(decideOrder(approver, id, { isApproved: true })).rejects.toMatchObject({ code: 'order_is_refused' })
    expect(await balanceOf(world, 'payable', of(campaign.id))).toBe(0)
  })

  test('moves a funder’s money to another of its campaigns, and to nobody else’s', async () => {
    const from = await givenOpenCampaign(2)
    await givenFunding(world, from, 3)
    const to = await givenOpenCampaign(1)
    const { funderId } = from.parts[0]!
    const move = {
      ...about(),
      kind: 'transfer',
      campaignId: from.id,
      funderId,
      source: 'available',
      amountCents: cents(999),
    } as const
    await expect(proposeOrder(coordinator, { ...move, toCampaignId: from.id })).rejects.toMatchObject({
      code: 'same_campaign',
    })
    await expect(proposeOrder(coordinator, { ...move, toCampaignId: to.id })).rejects.toMatchObject({
      code: 'not_a_funder_of_the_campaign',
    })
    const twin = await world.givenTwinCampaign(from)
    await approve({ ...move, toCampaignId: twin.id })
    expect(await balanceOf(world, 'available', of(twin.id))).toBe(999)
    expect(await balanceOf(world, 'bank', of(twin.id))).toBe(999)
    expect(await balanceOf(world, 'available', of(from.id))).toBe(2001)
    await expect(approve({ ...move, ...about(), toCampaignId: twin.id })).rejects.toMatchObject({
      code: 'not_enough_money',
    })
  })

  test('corrects after sealing what was paid too much, by whole vouchers, and the next statement nets it', async () => {
    const campaign = await givenOpenCampaign(20)
    await givenStatement(campaign, first, 3)
    const correct = (voucherCount: number) =>
      approve({ ...about(), kind: 'correction', campaignId: campaign.id, organisationId: first.id, voucherCount })
    await expect(correct(1)).rejects.toMatchObject({ code: 'corrects_too_much', facts: { left: 0 } })
    for (let at = 0; at < 3; at++) await givenFrozenPeriod(world)
    const reserve = await balanceOf(world, 'reserve')
    if (reserve > 0)
      await recordBankFee(approver, payingAccountId, {
        amountCents: cents(reserve),
        reference: randomUUID(),
        proof: 'relevé',
      })
    await expect(correct(2)).rejects.toMatchObject({ code: 'reserve_exhausted' })
    await givenReserve(world, 2000)
    await correct(2)
    await expect(correct(2)).rejects.toMatchObject({ code: 'corrects_too_much', facts: { left: 1 } })
    expect(await balanceOf(world, 'owes', of(campaign.id))).toBe(2000)
    expect(await balanceOf(world, 'available', of(campaign.id))).toBe(2000)

    // What it earns elsewhere on the same account pays it back, when nothing is payable where it owes: each pool stays whole.
    await payEverything()
    const other = await givenOpenCampaign(20, [350, 650])
    const periodId = await givenStatement(other, first, 3)
    expect(await balanceOf(world, 'owes', of(campaign.id))).toBe(0)
    expect(await balanceOf(world, 'payable', of(other.id))).toBe(1000)
    const [statement] = await sql`select total_cents, netted_cents from statements where period_id = ${periodId}`
    expect(statement).toEqual({ total_cents: 3000, netted_cents: 2000 })
  })

  test('pays out of the reserve what an organisation lost', async () => {
    const campaign = await givenOpenCampaign(2)
    await givenReserve(world, 1500)
    const reserve = await balanceOf(world, 'reserve')
    await approve({
      ...about(),
      kind: 'reserve_payment',
      campaignId: campaign.id,
      organisationId: first.id,
      amountCents: cents(1500),
    })
    expect(await balanceOf(world, 'payable', of(campaign.id))).toBe(1500)
    expect(await balanceOf(world, 'reserve')).toBe(reserve - 1500)
  })
})

test('sixteen refunds at once take no more than what is free, while boxes are activated from the same pool', async () => {
  const campaign = await givenOpenCampaign(10, [1000])
  await givenFunding(world, campaign, 6)
  const { funderId } = campaign.parts[0]!
  const orders = await Promise.all(
    Array.from({ length: 16 }, () =>
      proposeOrder(coordinator, {
        ...{ ...about(), kind: 'refund', campaignId: campaign.id, funderId },
        ...{ source: 'available', amountCents: cents(1000) },
      }),
    ),
  )
  const race = await Promise.allSettled([
    ...orders.map(({ id }) => decideOrder(approver, id, { isApproved: true })),
    givenActiveBox(world, campaign, 2),
  ])
  const refunded = race.slice(0, 16).filter(({ status }) => status === 'fulfilled').length
  const activated = race.at(-1)!.status === 'fulfilled' ? 2 : 0
  expect(refunded + activated).toBe(6)
  for (const answer of race)
    if (answer.status === 'rejected') expect(answer.reason.code).toMatch(/not_enough_money|refund_takes_what_is_owed/)
  expect(await balanceOf(world, 'available', of(campaign.id))).toBe(0)
  expect(await balanceOf(world, 'bank', of(campaign.id))).toBe((10 + activated) * 1000)
})

test('who owes is asked on paper, to the cent, and nobody else is', async () => {
  const campaign = await givenOpenCampaign(20)
  await givenReserve(world, 3000)
  const periodId = await givenStatement(campaign, world.second, 2)
  await payEverything()
  await world.reverse(campaign, world.second, periodId)
  const manager = managerOf(world.second.id)
  const request = await readRepaymentRequest(manager, world.second.id)
  expect(request.debts).toMatchObject([{ owedCents: 1000, iban: 'FR7630006000011234567890189' }])
  const parts = { ...request, t: translate('fr'), formats: formatsOf('fr') }
  const [once, twice] = [await makeRepaymentPdf(parts), await makeRepaymentPdf(parts)]
  expect(Buffer.from(once).equals(Buffer.from(twice))).toBe(true)
  await expect(readRepaymentRequest(manager, first.id)).rejects.toMatchObject({ code: 'organisation_not_found' })
  await expect(readRepaymentRequest(coordinator, world.third.id)).rejects.toMatchObject({ code: 'no_debt' })
})

test('a fee of the bank comes from the reserve alone, and is entered once', async () => {
  const fee = { amountCents: cents(120), reference: 'FRAIS 3', proof: 'relevé 3' }
  const reserve = await balanceOf(world, 'reserve')
  await fundReserve(approver, payingAccountId, { amountCents: cents(200), reference: randomUUID(), proof: 'relevé' })
  await Promise.all([1, 2].map(() => recordBankFee(approver, payingAccountId, fee)))
  expect(await balanceOf(world, 'reserve')).toBe(reserve + 80)
  await expect(recordBankFee(coordinator, payingAccountId, fee)).rejects.toMatchObject({ code: 'role_not_allowed' })
  await expect(
    recordBankFee(approver, payingAccountId, { ...fee, reference: 'FRAIS 4', amountCents: cents(10_000_000) }),
  ).rejects.toMatchObject({ kind: 'conflict' })
})
