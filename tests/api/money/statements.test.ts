import { randomUUID } from 'node:crypto'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { recordRepayment } from '@carnet/api/payouts/move-funds.ts'
import { listStatements, readStatement } from '@carnet/api/payouts/read-statements.ts'
import { bookPayout } from '@carnet/api/payouts/settle-payout.ts'
import { listOrganisationsToFreeze } from '@carnet/api/payouts/statement-queries.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { balanceOf, givenFrozenPeriod, givenReserve, givenScans, reverseOne } from '../../helpers/money-world.ts'
import { givenPayoutWorld, proof } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const {
  sql,
  db,
  operator,
  coordinator,
  approver,
  organisations,
  first,
  second,
  managerOf,
  givenOpenCampaign,
  givenStatement,
  givenBatch,
  reverse,
  payEverything,
} = world

afterEach(world.expectSoundMoney)

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
    expect(await listOrganisationsToFreeze(db, periodId)).not.toEqual([])
    expect(await freezeStatements(operator, periodId)).toBe(1)
    expect(await freezeStatements(operator, periodId)).toBe(0)
    expect(await listOrganisationsToFreeze(db, periodId)).toEqual([])
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

test('the invariants hold at every moment while scans arrive, are undone, and statements are written', async () => {
  const campaign = await givenOpenCampaign(300)
  const [open] = await sql`select id from periods where state = 'open'`
  const periodId = open!.id as number
  for (const organisation of organisations) await givenScans(world, campaign, organisation, { count: 20, periodId })
  await givenFrozenPeriod(world)
  let isBusy = true
  const busy = Promise.all([
    ...organisations.map((organisation) =>
      givenScans(world, campaign, organisation, { count: 60, periodId: periodId + 1 }),
    ),
    freezeStatements(operator, periodId),
    (async () => {
      for (let at = 0; at < 30; at++) await reverseOne(world, campaign.id, first.id, [periodId + 1])
    })(),
  ]).finally(() => {
    isBusy = false
  })
  let looks = 0
  while (isBusy) {
    await world.expectSoundMoney()
    looks++
  }
  await busy
  await freezeStatements(operator, await givenFrozenPeriod(world))
  expect(looks).toBeGreaterThan(0)
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
