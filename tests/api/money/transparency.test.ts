import { checkMoney } from '@carnet/api/payouts/check-money.ts'
import { listPeriodAlarms } from '@carnet/api/sealing/alarms.ts'
import { listBalancesOn } from '@carnet/api/treasury/balance-queries.ts'
import { sumPools } from '@carnet/api/treasury/pool.ts'
import { readTransparency } from '@carnet/api/treasury/read-transparency.ts'
import { afterEach, expect, test } from 'vitest'
import { givenReserve } from '../../helpers/money-world.ts'
import { givenPayoutWorld } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, db, operator, as, clock, first, givenOpenCampaign, givenStatement } = world
afterEach(world.expectSoundMoney)

const sum = (balances: Awaited<ReturnType<typeof listBalancesOn>>, kind: string) =>
  balances.filter((one) => one.kind === kind).reduce((total, { balanceCents }) => total + balanceCents, 0)

test('balances of a day are what they were then, whatever came later', async () => {
  const campaign = await givenOpenCampaign(10)
  const about = { asOf: '2026-03-10', campaignId: campaign.id }
  const then = await listBalancesOn(db, about)
  expect([sum(then, 'bank'), sum(then, 'issued'), sum(then, 'available')]).toEqual([10_000, 10_000, 0])
  clock.now = new Date('2026-03-12T09:00:00Z')
  await givenStatement(campaign, first, 3)
  expect(await listBalancesOn(db, about)).toEqual(then)
  expect(sum(await listBalancesOn(db, { ...about, asOf: '2026-03-12' }), 'payable')).toBe(3000)
  expect(await listBalancesOn(db, { ...about, asOf: '2026-03-09' })).toEqual([])
})

test('everybody sees what lay in the bank and what for, on the evenings before releases and on no other', async () => {
  await givenReserve(world, 500)
  await checkMoney(operator)
  const anybody = as({ kind: 'public' })
  expect(await readTransparency(anybody)).toMatchObject({ asOf: null, pools: [], history: [], nextOn: '2026-04-10' })
  clock.now = new Date('2026-04-10T09:00:00Z')
  const { pools, accounts, lastRun, funders } = await readTransparency(anybody)
  expect(pools).toMatchObject([
    { bankCents: 10_000, owedCents: 3000, issuedCents: 7000, freeCents: 0, apartCents: 0 },
    { campaign: null, bankCents: 500, apartCents: 500 },
  ])
  expect(funders.map(({ partCents }) => partCents).sort()).toEqual([333, 333, 334])
  expect(accounts).toMatchObject([{ bankCents: 10_500, last: null }])
  expect(lastRun).toMatchObject({ brokenChecks: [] })

  await givenReserve(world, 300)
  expect((await readTransparency(anybody)).pools).toEqual(pools)
  clock.now = new Date('2026-05-11T09:00:00Z')
  const later = await readTransparency(anybody)
  expect(later.history.map(({ on, sums }) => [on, sums.bankCents])).toEqual([
    ['2026-05-10', 10_800],
    ['2026-04-09', 10_500],
  ])
  expect((await readTransparency(anybody, '2026-04-09')).pools).toEqual(pools)
  expect((await readTransparency(anybody, '2026-04-20')).asOf).toBe('2026-05-10')
})

test('what a pool has, in the bank and to recover, is what it is there for', async () => {
  const { bankCents, owesCents, ...what } = sumPools((await readTransparency(as({ kind: 'public' }))).pools)
  expect(bankCents + owesCents).toBe(Object.values(what).reduce((sum, cents) => sum + cents, 0))
  clock.now = new Date('2026-03-12T09:00:00Z')
})

test('a check that breaks is an alarm, and so is one that does not come', async () => {
  const codes = async () =>
    (await listPeriodAlarms(operator)).map(({ code }) => code).filter((code) => code.startsWith('money'))
  expect(await codes()).toEqual([])
  clock.now = new Date('2026-03-12T13:00:00Z')
  expect(await codes()).toEqual(['money_unchecked'])
  await sql`insert into receipts (paying_account_id, bank_reference, amount_cents, booked_on, state) select id, 'X', 1, '2026-03-10', 'suspense' from paying_accounts`
  expect(await checkMoney(operator)).toMatchObject({ brokenChecks: ['suspense_is_what_waits'] })
  expect(await codes()).toEqual(['money_broken'])
  await sql`delete from receipts where bank_reference = 'X'`
  clock.now = new Date('2026-03-12T13:01:00Z')
  await checkMoney(operator)
  expect(await codes()).toEqual([])
})
