import { countUsesByDay } from '@carnet/api/statistics/queries.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'

const { db, sql, clock, people, ccas, get, post, givenAgreed, givenGenerated, givenOpen } = await givenBooksWorld()

function travelTo(day: string) {
  clock.now = new Date(`${day}T09:00:00Z`)
  onTestFinished(() => {
    clock.now = new Date('2026-03-10T09:00:00Z')
  })
}
const accept = (campaignId: string, day: string, count: number) =>
  sql`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key, state)
    select 1, gen_random_uuid(), ${campaignId}, gen_random_uuid(), gen_random_uuid(), 'A01', ${day}, false, 1,
           (case when i > ${count} then 'reversed' else 'accepted' end)::redemption_state
      from generate_series(1, ${count + 2}) i`

describe('a waterfall', () => {
  test('goes from the order to the payment, as of the evening before', async () => {
    const id = await givenOpen()
    await givenGenerated(id, 20, 20)
    await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-02-01', books: 12, campaignId: id }, people.ccas)
    await post('/stop-orders', { campaignId: id, firstCover: 1, lastCover: 3, reason: 'lost' })
    await accept(id, '2026-03-10', 7)
    await accept(id, '2026-03-11', 5)
    expect((await get(`/campaigns/${id}/waterfall`)).body).toMatchObject({ on: '2026-03-09', ordered: 0, redeemed: 0 })
    travelTo('2026-03-11')
    const expected = {
      on: '2026-03-10',
      ordered: 700,
      fundedCents: 1_000_000,
      issued: 500,
      active: 470,
      circulating: 500,
      booksHandedOut: 12,
      redeemed: 7,
      availableCents: 500_000,
      payableCents: 0,
      inPaymentCents: 0,
      paidCents: 0,
      returnedCents: 0,
      inGraceCents: 0,
      expiredCents: 0,
      creditedCents: 0,
    }
    expect((await get(`/campaigns/${id}/waterfall`, people.city)).body).toEqual(expected)
    expect((await get(`/campaigns/${id}/waterfall?on=2026-03-10`)).body).toEqual(expected)
    expect((await get(`/campaigns/${id}/waterfall?on=2030-01-01`)).body).toEqual(expected)
    travelTo('2026-03-12')
    expect((await get(`/campaigns/${id}/waterfall`)).body.redeemed).toBe(12)
  })

  test('of a small campaign is as of the last Sunday', async () => {
    const { id } = await givenAgreed({ budgetedBooks: 99 })
    expect((await get(`/campaigns/${id}/waterfall?on=2026-03-06`)).body.on).toBe('2026-03-01')
  })

  test.each([
    ['the day', 100, '2026-03-13', '2026-03-13', '2026-03-14'],
    ['the week of a small campaign', 99, '2026-03-09', '2026-03-15', '2026-03-16'],
  ])('moves once: what comes late or is undone shows when %s is over', async (_, budgetedBooks, first, last, next) => {
    const { id } = await givenAgreed({ budgetedBooks })
    await accept(id, '2026-03-08', 3)
    const tell = async (on: string) => (await get(`/campaigns/${id}/waterfall?on=${on}`)).body.redeemed
    const tellAll = async () => [
      await tell('2026-03-08'),
      await tell('2030-01-01'),
      (await get(`/campaigns/${id}/usage`)).body.usedSince,
    ]
    travelTo(first)
    expect(await tell('2030-01-01')).toBe(3)
    await accept(id, '2026-03-08', 2)
    await sql`update redemptions set state = 'reversed' where tag = (
        select tag from redemptions where campaign_id = ${id} and state = 'accepted' limit 1)`
    // Who asks of another day meanwhile is told nothing either.
    travelTo(last)
    expect(await tellAll()).toEqual([3, 3, 3])
    travelTo(next)
    expect(await tellAll()).toEqual([4, 4, 4])
  })

  test('that is counted whenever it is asked for would tell of a phone that sends late, at that minute', async () => {
    const { id } = await givenAgreed({})
    await accept(id, '2026-03-08', 3)
    const before = await countUsesByDay(db, id)
    await accept(id, '2026-03-08', 1)
    expect([before, await countUsesByDay(db, id)].map(([day]) => day!.uses)).toEqual([3, 4])
  })

  test('is read by its funders alone, and by those who serve the scheme', async () => {
    const { id } = await givenAgreed()
    expect((await get(`/campaigns/${id}/waterfall`, people.auditor)).status).toBe(200)
    expect((await get(`/campaigns/${id}/waterfall`, people.ccas)).status).toBe(403)
    expect((await get(`/campaigns/${crypto.randomUUID()}/usage`)).body.code).toBe('campaign_not_found')
  })
})

test('a usage has its context note, or no rate', async () => {
  const id = await givenOpen()
  await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-02-01', books: 10, campaignId: id }, people.ccas)
  await accept(id, '2026-03-10', 25)
  travelTo('2026-04-01')
  const bare = (await get(`/campaigns/${id}/usage`)).body
  expect(bare).toMatchObject({ numerator: 25, denominator: 100, rate: null, whyNoRate: 'context_note_missing' })
  await post(`/campaigns/${id}/context-notes`, { body: 'Personnes rencontrées en maraude' })
  const told = (await get(`/campaigns/${id}/usage`, people.state)).body
  expect(told).toMatchObject({ rate: 0.25, contextNote: 'Personnes rencontrées en maraude', isHandoutIncomplete: true })
})

test('figures of a day in a sealed month are no longer told', async () => {
  const id = await givenOpen()
  await sql`insert into periods (id, month, state, opened_on) values (100, '2026-02-01', 'sealed', '2026-02-01')`
  await sql`insert into sealed_campaigns (period_id, campaign_id, accepted_count, is_counted) values (100, ${id}, 40, true)`
  const refused = await get(`/campaigns/${id}/waterfall?on=2026-02-27`)
  expect(refused.body).toMatchObject({ code: 'figures_not_kept', facts: { firstDay: '2026-02-28' } })
  expect((await get(`/campaigns/${id}/waterfall?on=2026-02-28`)).body.redeemed).toBe(40)
})
