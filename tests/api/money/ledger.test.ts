import { randomUUID } from 'node:crypto'
import { boxActivated, boxRevoked, fundingReceived, payoutCreated } from '@carnet/api/ledger/events.ts'
import { post } from '@carnet/api/ledger/ledger.ts'
import { type NewTransfer, transferOf } from '@carnet/api/ledger/transfer.ts'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { type Check, checkInvariants } from '@carnet/api/payouts/invariants.ts'
import { freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { connectDatabase } from '@carnet/db'
import { sql as drizzleSql } from 'drizzle-orm'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import {
  balanceOf,
  givenActiveBox,
  givenFrozenPeriod,
  givenFunding,
  givenMoneyCampaign,
  givenMoneyWorld,
  givenScans,
} from '../../helpers/money-world.ts'

const world = await givenMoneyWorld()
const { sql, operator, coordinator, payingAccountId } = world
const campaign = await givenMoneyCampaign(world, [333, 333, 334])
const pool = { payingAccountId, campaignId: campaign.id }
const [first, second] = campaign.parts
const postAll = (transfers: NewTransfer[], ctx = coordinator) => ctx.transaction((tx) => post(tx, ctx, transfers))
const funding = (documentRef: string, amount = 5000) =>
  fundingReceived({ ...pool, documentRef, funderId: first!.funderId, amountCents: cents(amount) })

afterEach(world.expectSoundMoney)

test('the same document posted again changes nothing, even at once from ten places', async () => {
  const before = await balanceOf(world, 'bank')
  const transfers = funding('funding:once')
  await Promise.all(Array.from({ length: 10 }, () => postAll(transfers)))
  await postAll(transfers, operator)
  expect(await balanceOf(world, 'bank')).toBe(before + 5000)
})

test('the same id with another content is refused', async () => {
  await postAll(funding('funding:twice'))
  const [transfer] = funding('funding:twice', 6000)
  await expect(postAll([transfer!])).rejects.toMatchObject({ kind: 'conflict', code: 'transfer_changed' })
  const elsewhere = { ...funding('funding:twice')[0]!, documentRef: 'funding:other' }
  await expect(postAll([elsewhere])).rejects.toMatchObject({ code: 'transfer_changed' })
})

test('nothing is spent that is not there, and a document is posted whole or not at all', async () => {
  const own = await givenMoneyCampaign(world, [350, 650])
  await givenFunding(world, { ...own, parts: own.parts.slice(0, 1) }, 10)
  const box = { payingAccountId, campaignId: own.id, documentRef: 'box:unpaid', parts: own.parts, voucherCount: 10 }
  await expect(postAll(boxActivated(box))).rejects.toMatchObject({
    code: 'not_enough_money',
    facts: { kinds: ['box_activated'], askedCents: 10_000 },
  })
  expect(await balanceOf(world, 'issued', { campaignId: own.id })).toBe(0)
})

test('only what a whole document leaves behind must not be negative', async () => {
  const own = await givenMoneyCampaign(world, [1000])
  const pool = { payingAccountId, campaignId: own.id }
  const money = fundingReceived({
    ...pool,
    documentRef: 'funding:later',
    funderId: own.parts[0]!.funderId,
    amountCents: cents(10_000),
  })
  const box = { ...pool, documentRef: 'box:early', parts: own.parts, voucherCount: 10 }
  await postAll([...boxActivated(box), ...boxRevoked(box), ...money])
  expect(await balanceOf(world, 'available', { campaignId: own.id })).toBe(10_000)
})

describe('the database itself refuses', () => {
  const [transfer] = funding('funding:wrong')
  const available = transfer!.credit
  test.each<[string, NewTransfer, string]>([
    [
      'a transfer the wrong way round',
      { ...transfer!, debit: available, credit: transfer!.debit },
      'a_transfer_goes_its_way',
    ],
    [
      'value that moves from one funder to another',
      transferOf({
        kind: 'box_activated',
        debit: available,
        credit: { ...available, kind: 'issued', funderId: second!.funderId },
        amountCents: cents(1),
        documentRef: 'x',
      }),
      'a_transfer_stays_in_its_pool',
    ],
    ['an amount of nothing', { ...transfer!, amountCents: cents(0) }, 'a_transfer_is_positive'],
    ['a negative amount', { ...transfer!, amountCents: cents(-1) }, 'a_transfer_is_positive'],
    [
      'an account without its funder',
      { ...transfer!, credit: { ...pool, kind: 'available' } },
      'an_account_has_the_dimensions_of_its_kind',
    ],
    ['a box of no voucher', { ...transfer!, voucherCount: 0 }, 'a_transfer_counts_vouchers'],
  ])('%s', async (_, wrong, constraint) => {
    await expect(postAll([wrong])).rejects.toMatchObject({ cause: { constraint_name: constraint } })
  })

  test('money of one campaign that pays another', async () => {
    const other = await givenMoneyCampaign(world, [1000])
    const [transfer] = funding('funding:astray')
    const astray = {
      ...transfer!,
      credit: { kind: 'available' as const, payingAccountId, campaignId: other.id, funderId: other.parts[0]!.funderId },
    }
    await expect(postAll([astray])).rejects.toMatchObject({
      cause: { constraint_name: 'a_transfer_stays_in_its_pool' },
    })
  })

  test.each([
    ['update transfers set amount_cents = 1'],
    ['delete from transfers'],
    ['truncate transfers'],
    ['truncate ledger_accounts cascade'],
    ['delete from ledger_accounts'],
    ['update ledger_accounts set balance_cents = balance_cents + 1'],
    [`update ledger_accounts set kind = 'expired'`],
    [
      `insert into ledger_accounts (id, kind, paying_account_id, balance_cents) select gen_random_uuid(), 'reserve', id, 5 from paying_accounts`,
    ],
  ])('its own owner: %s', async (statement) => {
    await postAll(funding('funding:something'))
    await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: '23514' })
  })

  test('the roles of the app and of jobs, which may only post', async () => {
    for (const role of ['carnet_app', 'carnet_jobs'])
      for (const statement of [
        'insert into transfers select * from transfers',
        'delete from transfers',
        'update ledger_accounts set balance_cents = 0',
      ])
        await expect(
          sql.begin((tx) => [tx.unsafe(`set local role ${role}`), tx.unsafe(statement)]),
        ).rejects.toMatchObject({ code: '42501' })
  })
})

test('sixteen posters on one pool: no overdraft, no deadlock, every cent accounted for', async () => {
  const own = await givenMoneyCampaign(world, [333, 333, 334])
  await givenFunding(world, own, 100)
  const outcomes = { posted: 0, refused: 0 }
  const poster = async (at: number) => {
    for (let round = 0; round < 25; round++) {
      const box = { payingAccountId, campaignId: own.id, parts: own.parts, voucherCount: 1 + ((at + round) % 3) }
      const activated = boxActivated({ ...box, documentRef: `box:${at}.${round}` })
      // Half of them in the opposite order, and each box in two posts of one transaction.
      const ordered = at % 2 === 0 ? activated : [...activated].reverse()
      try {
        await operator.transaction(async (tx) => {
          await post(tx, operator, ordered.slice(0, 2))
          await post(tx, operator, ordered.slice(2))
        })
        outcomes.posted++
        if (round % 2 === 0) await postAll(boxRevoked({ ...box, documentRef: `box:${at}.${round}` }), operator)
      } catch (error) {
        expect(error).toMatchObject({ code: 'not_enough_money' })
        outcomes.refused++
      }
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, at) => poster(at)))
  expect(outcomes.posted + outcomes.refused).toBe(400)
  expect(outcomes.refused).toBeGreaterThan(0)
  const left = await balanceOf(world, 'available', { campaignId: own.id })
  expect(left).toBeGreaterThanOrEqual(0)
  expect(left + (await balanceOf(world, 'issued', { campaignId: own.id }))).toBe(100_000)
  // These boxes are only in the ledger: written, so that the invariants know them.
  await sql`insert into boxes (id, print_run_id, campaign_id, number, first_cover, last_cover, state, delivered_on, good_samples, activated_on)
    select gen_random_uuid(), r.id, ${own.id}, 1000, 1, ${(100_000 - left) / 1000}, 'active', '2026-01-03', 3, '2026-01-03' from print_runs r where r.campaign_id = ${own.id}`
})

describe('the invariants see', () => {
  const owner = connectDatabase(world.url)
  afterAll(owner.end)
  const theirs = `(select id from ledger_accounts where kind = 'issued' and balance_cents > 0 limit 1)`
  test.each([
    [
      'a balance that was changed',
      `update ledger_accounts set balance_cents = balance_cents + 1 where id = ${theirs}`,
      'balances_replay_transfers',
    ],
    [
      'money from nowhere',
      `update ledger_accounts set balance_cents = balance_cents + 1 where kind = 'bank'`,
      'assets_equal_liabilities',
    ],
    [
      'a transfer that vanished',
      `delete from transfers where kind = 'box_activated'`,
      'activated_value_is_issued_accrued_or_expired',
    ],
    [
      'a scan that no statement counts',
      `update redemptions set state = 'reversed' where period_id = 1`,
      'statements_count_accepted_scans',
    ],
    [
      'an accepted scan without value',
      `update boxes set state = 'revoked', activated_on = null`,
      'issued_is_what_vouchers_may_earn',
    ],
    [
      'a line that was changed',
      `update statement_lines set voucher_count = voucher_count + 1`,
      'accrued_is_frozen_vouchers',
    ],
    [
      'a line of another organisation',
      `update statements set organisation_id = '${world.organisations[2]!.id}'`,
      'organisations_get_what_they_earned',
    ],
    [
      'a debt without reserve',
      `update ledger_accounts set kind = 'owes' where kind = 'payable'`,
      'reserve_covers_what_is_owed',
    ],
    [
      'money that left the bank',
      `update ledger_accounts set balance_cents = 0 where kind = 'bank'`,
      'bank_covers_what_may_be_paid',
    ],
    [
      'a negative balance',
      `alter table ledger_accounts drop constraint no_balance_is_negative; update ledger_accounts set balance_cents = -1 where id = ${theirs}`,
      'no_balance_is_negative',
    ],
  ])('%s', async (_, statement, name) => {
    await givenFrozenScan()
    expect(await listBroken(statement)).toContain(name)
  })

  test('and nothing else sees a payout that was posted one cent short', async () => {
    await givenFrozenScan()
    const { id } = await prepareBatch(coordinator)
    await freezeBatch(coordinator, id)
    const short = `update transfers set amount_cents = amount_cents - 1 where kind = 'payout_created';
      update ledger_accounts set balance_cents = balance_cents - 1 where kind = 'in_payment';
      update ledger_accounts set balance_cents = balance_cents + 1 where kind = 'payable'`
    expect(await listBroken(short)).toEqual(['in_payment_is_what_payouts_await'])
  })

  /** The names of what a change behind the guards' back breaks. */
  async function listBroken(statement: string): Promise<string[]> {
    const checks = await owner.db
      .transaction(async (tx) => {
        await tx.execute(drizzleSql`set local session_replication_role = replica`)
        for (const part of statement.split(/;\s+/)) await tx.execute(drizzleSql.raw(part))
        throw new Undone((await checkInvariants(tx)).checks)
      })
      .catch((error: unknown) => (error instanceof Undone ? error.checks : Promise.reject(error)))
    return checks.filter(({ ok }) => !ok).map((check) => check.name)
  }
})

class Undone extends Error {
  readonly checks: Check[]
  constructor(checks: Check[]) {
    super('undone')
    this.checks = checks
  }
}

let isFrozenScanGiven = false
/** One scan on a frozen statement, one that is not frozen, and one voucher left. */
async function givenFrozenScan() {
  if (isFrozenScanGiven) return
  isFrozenScanGiven = true
  await givenFunding(world, campaign, 3)
  await givenActiveBox(world, campaign, 3)
  await givenScans(world, campaign, world.organisations[0]!, { count: 1 })
  const periodId = await givenFrozenPeriod(world)
  await freezeStatements(operator, periodId)
  await givenScans(world, campaign, world.organisations[0]!, { count: 1, periodId: periodId + 1 })
}

test('payable money leaves only as far as it was earned', async () => {
  const line = {
    ...pool,
    documentRef: `payout:${randomUUID()}`,
    organisationId: world.organisations[1]!.id,
    amountCents: cents(1),
  }
  await expect(postAll(payoutCreated(line))).rejects.toMatchObject({ code: 'not_enough_money' })
})
