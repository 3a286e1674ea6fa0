import { endCampaigns } from '@carnet/api/campaigns/end-campaigns.ts'
import { warnOfBalance } from '@carnet/api/treasury/warn-of-balance.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'

const world = await givenBooksWorld()
const { sql, clock, people, operator, ccas, get, post, givenOpen, givenAgreed, givenDelivered, givenSample } = world
const { balancesOf, givenFunderMember, terms, patch, funders } = world

function travelTo(day: string) {
  clock.now = new Date(`${day}T09:00:00Z`)
  onTestFinished(() => {
    clock.now = new Date('2026-03-10T09:00:00Z')
  })
}
const reason = 'Les ateliers reprennent en juillet'
const propose = (id: string, asked: Record<string, unknown>, as = people.coordinator) =>
  post(`/campaigns/${id}/amendments`, { reason, ...asked }, as)
const sign = (id: string, as = people.state) => post(`/amendments/${id}/signature`, undefined, as)
const codeOf = async (reply: Promise<{ body: { code: string } }>) => (await reply).body.code
const mailsOf = async (template: string) =>
  (await sql`select count(*)::int from mails where template = ${template}`)[0]!.count as number

describe('an extension', () => {
  test('is signed by every funder, once each, and moves the last day with the last signature', async () => {
    const id = await givenOpen()
    const mailsBefore = await mailsOf('amendment_proposed')
    expect(await codeOf(propose(id, { kind: 'extension', endsOn: '2026-06-30' }))).toBe('end_comes_earlier')
    expect(await codeOf(propose(id, { kind: 'extension', endsOn: '2026-07-31' }, people.state))).toBe(
      'role_not_allowed',
    )
    const { body: amendment } = await propose(id, { kind: 'extension', endsOn: '2026-07-31' })
    expect(await mailsOf('amendment_proposed')).toBe(mailsBefore + 2)
    expect(await codeOf(propose(id, { kind: 'top_up', budgetedBooks: 300 }))).toBe('amendment_waits')

    expect(await codeOf(sign(amendment.id, await givenFunderMember()))).toBe('amendment_not_found')
    expect(await codeOf(sign(amendment.id, people.coordinator))).toBe('role_not_allowed')
    const [proposer] = await sql`update memberships set role = 'funder', tenant_id = ${funders.state.id}
      where id = ${people.coordinator.membershipId} returning id`
    expect(await codeOf(sign(amendment.id, people.coordinator))).toBe('same_person')
    await sql`update memberships set role = 'coordinator', tenant_id = null where id = ${proposer!.id}`
    const twice = await Promise.all([sign(amendment.id), sign(amendment.id)])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await get(`/campaigns/${id}`)).body.endsOn).toBe('2026-06-30')

    expect((await sign(amendment.id, people.city)).body).toMatchObject({ state: 'agreed', decidedOn: '2026-03-10' })
    expect((await get(`/campaigns/${id}`)).body).toMatchObject({ state: 'open', endsOn: '2026-07-31' })
    expect((await get(`/campaigns/${id}/decisions`, people.city)).body.items).toMatchObject([{ body: reason }])
    expect((await get(`/campaigns/${id}/amendments`, people.city)).body.items[0].signatures).toHaveLength(2)
    expect(await codeOf(sign(amendment.id, people.city))).toBe('amendment_is_agreed')
    expect(await codeOf(post(`/amendments/${amendment.id}/withdrawal`))).toBe('amendment_is_agreed')
    const audited =
      await sql`select 1 from audit_log where action = 'amendment_signed' and details->>'campaignId' = ${id}`
    expect(audited).toHaveLength(2)
  })

  test('in the days of grace opens the campaign again, and books stopped for its end work again', async () => {
    const id = await givenOpen()
    const [box] = await sql`select first_cover from boxes where campaign_id = ${id}`
    const range = { campaignId: id, firstCover: box!.first_cover, lastCover: box!.first_cover + 1 }
    await post('/stop-orders', { ...range, reason: 'end_of_validity' })
    await post('/stop-orders', { ...range, lastCover: range.firstCover, reason: 'lost' })
    travelTo('2026-07-10')
    await endCampaigns(operator)
    const { body: amendment } = await propose(id, { kind: 'extension', endsOn: '2026-08-31' })
    await sign(amendment.id)
    await sign(amendment.id, people.city)
    expect((await get(`/campaigns/${id}`)).body).toMatchObject({ state: 'open', endsOn: '2026-08-31' })
    const blocked = await sql`select cover_number from books where campaign_id = ${id} and is_blocked`
    expect(blocked.map((row) => row.cover_number)).toEqual([range.firstCover])
  })

  test('that comes after the end of the days for late phones is refused at its signature', async () => {
    const id = await givenOpen()
    const { body: amendment } = await propose(id, { kind: 'extension', endsOn: '2026-07-31' })
    travelTo('2026-08-06')
    await endCampaigns(operator)
    await sign(amendment.id)
    expect(await codeOf(sign(amendment.id, people.city))).toBe('campaign_is_closed')
    expect((await post(`/amendments/${amendment.id}/withdrawal`)).body.state).toBe('withdrawn')
    expect(await codeOf(propose(id, { kind: 'extension', endsOn: '2026-12-31' }))).toBe('campaign_is_closed')
  })
})

test('terms are not rewritten while an amendment of them waits, and who signed one or was called stays', async () => {
  const { id } = await givenAgreed()
  const rewrite = (campaignId: string, change: Record<string, unknown>) =>
    codeOf(patch(`/campaigns/${campaignId}`, change))
  const { body: amendment } = await propose(id, { kind: 'extension', endsOn: '2026-07-31' })
  await sign(amendment.id)
  expect(await rewrite(id, { faceValueCents: 2000 })).toBe('amendment_waits')
  await post(`/amendments/${amendment.id}/withdrawal`)
  const only = ({ id: funderId }: { id: string }) => ({ funders: [{ funderId, partCents: 1000 }] })
  expect(await rewrite(id, only(funders.city))).toBe('funder_is_bound')
  expect((await patch(`/campaigns/${id}`, only(funders.state))).body.state).toBe('draft')

  const called = await givenAgreed()
  await post(`/campaigns/${called.id}/funding-calls`, { funderId: funders.city.id, amountCents: 65_000 })
  expect(await rewrite(called.id, only(funders.state))).toBe('funder_is_bound')
})

describe('a cancellation', () => {
  test('before opening: a draft at once, an agreed campaign with every signature; its money is left to give back', async () => {
    const { body: draft } = await post('/campaigns', terms())
    expect((await propose(draft.id, { kind: 'cancellation', endsOn: null })).body.state).toBe('agreed')
    expect((await get(`/campaigns/${draft.id}`)).body).toMatchObject({ state: 'closed', closedOn: '2026-03-10' })

    const { id } = await givenAgreed()
    await world.givenFunding(id, 100)
    const { body: amendment } = await propose(id, { kind: 'cancellation', endsOn: null })
    await sign(amendment.id)
    expect((await get(`/campaigns/${id}`)).body.state).toBe('agreed')
    await sign(amendment.id, people.city)
    expect((await get(`/campaigns/${id}`)).body).toMatchObject({ state: 'closed', openedOn: null })
    expect(await balancesOf(id)).toMatchObject({ available: 100_000, bank: 100_000 })
    expect(await codeOf(post(`/campaigns/${id}/opening`))).toBe('campaign_is_closed')
  })

  test('of an open campaign is an earlier last day, which nobody sets alone', async () => {
    const id = await givenOpen()
    expect(await codeOf(propose(id, { kind: 'cancellation', endsOn: null }))).toBe('end_day_missing')
    expect(await codeOf(propose(id, { kind: 'cancellation', endsOn: '2026-07-01' }))).toBe('end_comes_later')
    expect((await propose(id, { kind: 'cancellation', endsOn: '2026-04-08' })).body).toMatchObject({
      code: 'end_comes_too_soon',
      facts: { firstDay: '2026-04-09' },
    })
    await expect(sql`update campaigns set ends_on = '2026-04-20' where id = ${id}`).rejects.toMatchObject({
      constraint_name: 'an_open_campaign_keeps_its_terms',
    })
    const { body: amendment } = await propose(id, { kind: 'cancellation', endsOn: '2026-04-20' })
    await sign(amendment.id)
    await sign(amendment.id, people.city)
    expect((await get(`/campaigns/${id}`)).body).toMatchObject({ state: 'open', endsOn: '2026-04-20' })
    travelTo('2026-05-27')
    await endCampaigns(operator)
    expect((await get(`/campaigns/${id}`)).body.state).toBe('closed')
  })
})

test('a top-up: the budget is signed, each part is called, and boxes are activated with money that came', async () => {
  const id = await givenOpen({ budgetedBooks: 50 })
  await sql`select 1`
  const left = (await balancesOf(id)).available!
  expect(left).toBe(500_000)
  const { body: amendment } = await propose(id, { kind: 'top_up', budgetedBooks: 150 })
  expect(await codeOf(propose(id, { kind: 'top_up', budgetedBooks: 50 }))).toBe('budget_gets_smaller')
  await sign(amendment.id)
  expect((await get(`/campaigns/${id}/funding-calls`)).body.items).toEqual([])
  const last = await Promise.all([sign(amendment.id, people.city), sign(amendment.id, people.city)])
  expect(last.map(({ status }) => status).sort()).toEqual([200, 409])

  const calls = async () => (await get(`/campaigns/${id}/funding-calls`)).body.items
  expect((await get(`/campaigns/${id}`)).body.budgetedBooks).toBe(150)
  const [first, second] = await calls()
  expect([first.amountCents, second.amountCents].sort()).toEqual([350_000, 650_000].sort())
  expect(first).toMatchObject({ state: 'waiting', dueOn: '2026-04-09', receivedCents: 0 })
  expect((await get(`/campaigns/${id}/funding-calls`, people.city)).body.items).toHaveLength(1)
  expect(await mailsOf('funds_called')).toBeGreaterThanOrEqual(2)

  const boxes = await givenDelivered(id, 100, 50)
  for (const box of boxes) await givenSample(box)
  const activate = (box: { id: string }) => post(`/boxes/${box.id}/activation`)
  expect((await activate(boxes[0])).status).toBe(200)
  expect(await codeOf(activate(boxes[1]))).toBe('not_enough_money')

  const pay = (call: { funderId: string; reference: string }, amountCents: number, about = call.reference) =>
    post(`/campaigns/${id}/fundings`, {
      ...{ funderId: call.funderId, amountCents, proof: 'Relevé 14', receivedOn: '2026-03-10' },
      reference: `VIREMENT ${about.toLowerCase()} ${amountCents}`,
    })
  await pay(first, 100_000)
  expect((await calls())[0]).toMatchObject({ state: 'part', receivedCents: 100_000 })
  travelTo('2026-04-10')
  expect((await calls()).map(({ state }: { state: string }) => state)).toEqual(['overdue', 'overdue'])
  await pay(first, first.amountCents - 100_000, 'sans référence')
  await pay(second, second.amountCents)
  expect((await calls()).map(({ state }: { state: string }) => state)).toEqual(['paid', 'paid'])
  expect((await activate(boxes[1])).status).toBe(200)
  expect(ccas.name).toBe('CCAS')
})

test('too little money is told once, until there was enough again', async () => {
  const id = await givenOpen({ budgetedBooks: 50 })
  const alertsOf = async () => (await get(`/campaigns/${id}/low-balance`, people.city)).body
  const told = async () =>
    (await sql`select count(*)::int from mails where template = 'balance_low' and facts->>'campaignId' = ${id}`)[0]!
      .count
  await warnOfBalance(operator)
  expect(await alertsOf()).toEqual({ percent: 10, alerts: [] })

  const { body: amendment } = await propose(id, { kind: 'top_up', budgetedBooks: 400 })
  await sign(amendment.id)
  await sign(amendment.id, people.city)
  await world.givenRequested(id, 60)
  await Promise.all([warnOfBalance(operator), warnOfBalance(operator)])
  await warnOfBalance(operator)
  // 500 vouchers are left: fewer than 600 ordered, more than a tenth of 4,000.
  expect((await alertsOf()).alerts).toEqual([{ reason: 'below_orders', raisedOn: '2026-03-10' }])
  expect(await told()).toBe(4)
  await world.givenFunding(id, 300)
  await warnOfBalance(operator)
  expect((await alertsOf()).alerts).toEqual([])
  // 800 are left: enough for the order, but no longer for a quarter of 4,000.
  const share = (percent: number) => world.send('PUT', `/campaigns/${id}/low-balance`, people.coordinator, { percent })
  expect((await share(25)).body.percent).toBe(25)
  await warnOfBalance(operator)
  await warnOfBalance(operator)
  expect((await alertsOf()).alerts).toEqual([{ reason: 'below_share', raisedOn: '2026-03-10' }])
  expect(await told()).toBe(8)
  await share(20)
  await warnOfBalance(operator)
  expect((await alertsOf()).alerts).toEqual([])
  expect(await told()).toBe(8)
})
