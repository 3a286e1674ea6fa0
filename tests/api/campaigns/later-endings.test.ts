import { correctedAfterSealing } from '@carnet/api/ledger/bank-events.ts'
import { post as postTransfers } from '@carnet/api/ledger/ledger.ts'
import type { Day } from '@carnet/api/shared/days.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { givenEndingWorld } from '../../helpers/ending-world.ts'
import { givenMember } from '../../helpers/members.ts'
import { givenReserve } from '../../helpers/money-world.ts'

const world = await givenEndingWorld()
const { sql, people, operator, ccas, account, funders, get, post, givenOpen } = world
const { at, everyHour, mailsOf, endingOf, coversOf, scan, givenCalls, givenInvoices, declare, approve, blockedCovers } =
  world
const start = '2026-03-10'
afterEach(async () => expect(await world.findBroken()).toEqual([]))

test('a campaign that lasts longer is warned of its new end, and blocks what is left then', async () => {
  onTestFinished(() => at(start))
  const id = await givenOpen()
  const first = await coversOf(id)
  const other = await givenBooksFromStock(id, first)
  at('2026-06-20')
  await everyHour()
  expect(await declare(id, [[first, first + 39]])).toEqual({ books: 40 })
  expect(await declare(id, [[first + 40, first + 49]], other.member, other.id)).toEqual({ books: 10 })
  const before = (await endingOf(id)).blocking
  expect(before.books).toBe(50)
  for (const signer of [people.state, people.city]) await approve(id, before.sha256, signer)
  expect(await blockedCovers(id)).toHaveLength(50)
  const amendment = (
    await post(`/campaigns/${id}/amendments`, { kind: 'extension', endsOn: '2026-09-30', reason: 'Été' })
  ).body
  for (const signer of [people.state, people.city])
    await post(`/amendments/${amendment.id}/signature`, undefined, signer)
  await everyHour()
  expect((await endingOf(id)).steps.every(({ doneOn }: { doneOn: Day | null }) => doneOn === null)).toBe(true)
  expect(await blockedCovers(id)).toEqual([])
  at('2026-08-31')
  await everyHour()
  expect(await mailsOf(id)).toMatchObject({ ending_alert: 8 })

  // Books were handed out meanwhile: what was declared towards the first last day blocks none of them.
  await sql`insert into handouts values (${ccas.id}, ${id}, '2026-08-01', 38)`
  at('2026-09-15')
  await everyHour()
  expect(await mailsOf(id)).toMatchObject({ ending_stop: 4 })
  expect((await endingOf(id)).blocking).toMatchObject({ books: 0, ranges: [] })
  expect(await declare(id, [[first + 38, first + 39]])).toEqual({ books: 2 })
  const { blocking } = await endingOf(id)
  for (const signer of [people.state, people.city]) await approve(id, blocking.sha256, signer)
  expect(await blockedCovers(id)).toEqual([first + 38, first + 39])
})

/** Ten books of the CCAS that went back and out again, to a prescriber that never got a box; it is told when the end comes. */
async function givenBooksFromStock(campaignId: string, first: number) {
  const { id } = (await post('/prescribers', { name: 'Maraude du port' })).body
  const member = await givenMember(sql, 'prescriber', id)
  for (const [prescriberId, direction] of [
    [ccas.id, 'return'],
    [id, 'send'],
  ]) {
    const covers = { firstCover: first + 40, lastCover: first + 49 }
    const { body: move } = await post('/stock-moves', { campaignId, prescriberId, direction, ...covers })
    await post(`/stock-moves/${move.id}/receipt`, undefined, people.second)
  }
  return { id, member }
}

test('what comes after the joint statement is stated in another: a late invoice, a payment corrected', async () => {
  onTestFinished(() => at(start))
  const id = await givenOpen()
  const calls = await givenCalls(id)
  await scan(id, 100)
  at('2026-08-06')
  await everyHour()
  const contents = async () =>
    (await get(`/campaigns/${id}/joint-statements`, people.state)).body.items.map(({ content }: { content: string }) =>
      JSON.parse(content),
    )
  expect(await contents()).toMatchObject([{ cents: { expired: 140_000, credited: 0, notInvoiced: 140_000 } }])

  await givenInvoices(calls)
  await everyHour()
  const credited = { expired: 140_000, credited: 140_000, notInvoiced: 0, corrected: 0 }
  expect((await contents()).slice(1)).toMatchObject([{ number: 2, cents: credited }])
  const subjects =
    await sql`select distinct subject from invoices where kind = 'credit_note' and campaign_id = ${id} and is_for_expiry`
  expect(subjects.map(({ subject }) => subject)).toEqual([expect.stringContaining('400')])

  await givenCorrection(id)
  await everyHour()
  expect((await contents()).slice(2)).toMatchObject([{ number: 3, cents: { ...credited, corrected: 700 } }])
})

/** Two vouchers too many were paid to an organisation: it owes them, and each funder has its part again. */
async function givenCorrection(campaignId: string) {
  const organisationId = crypto.randomUUID()
  await sql`insert into organisations (id, legal_name, created_on) values (${organisationId}, 'Structure', '2026-01-01')`
  await givenReserve({ operator, payingAccountId: account.id }, 2000)
  const [proposer, approver] = await sql`select id from people order by id limit 2`
  const [order] = await sql`
    insert into money_orders (kind, state, reference, amount_cents, voucher_count, paying_account_id, campaign_id, organisation_id, reason, proposed_by, proposed_on, decided_by, decided_on)
    values ('correction', 'approved', 'CORR 1', 2000, 2, ${account.id}, ${campaignId}, ${organisationId}, 'Payés deux fois', ${proposer!.id}, '2026-08-06', ${approver!.id}, '2026-08-06') returning id`
  const pool = { payingAccountId: account.id, campaignId, organisationId, documentRef: `order:${order!.id}` }
  const parts = [
    { funderId: funders.state.id, partCents: cents(350) },
    { funderId: funders.city.id, partCents: cents(650) },
  ]
  await operator.transaction(
    (tx) => postTransfers(tx, operator, correctedAfterSealing({ ...pool, parts, voucherCount: 2 })),
    'carnet_jobs',
  )
}
