import { countEndingBooks } from '@carnet/api/endings/queries.ts'
import { checkInvariants } from '@carnet/api/payouts/invariants.ts'
import { listOpenBooks } from '@carnet/api/treasury/low-balance-queries.ts'
import { expect, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'
import { givenMember } from '../../helpers/members.ts'

const world = await givenBooksWorld()
const { sql, people, ccas, operator, get, post, givenAgreed, givenFunding, givenGenerated, givenOpen, boxesOf, clock } =
  world
const codeOf = async (reply: Promise<{ body: { code?: string } }>) => (await reply).body.code
const covers = (firstCover: number, lastCover = firstCover) => ({ firstCover, lastCover })
const blockedIn = async (campaignId: string) =>
  (await sql`select cover_number from books where campaign_id = ${campaignId} and is_blocked order by 1`).map(
    (row) => row.cover_number,
  )
const stockOf = async (campaignId: string, prescriberId: string | null = ccas.id, as = people.coordinator) =>
  (await get(`/stock?campaignId=${campaignId}`, as)).body.items.find(
    (line: { prescriberId: string | null }) => line.prescriberId === prescriberId,
  )

/** A box of 50 on its way to the CCAS, its campaign funded. */
async function givenSent() {
  const { id } = await givenAgreed()
  await givenFunding(id, 1000)
  const run = await givenGenerated(id)
  await post(`/print-runs/${run.id}/receipt`)
  const [box] = await boxesOf(run.id)
  await post(`/boxes/${box.id}/dispatch`, { prescriberId: ccas.id })
  return { campaignId: id as string, box }
}

test('a box that came in part is worth what came; the rest arrives later in tens, or is lost for good', async () => {
  const { campaignId, box } = await givenSent()
  const deliver = (report: unknown, as = people.ccas) => post(`/boxes/${box.id}/delivery`, report, as)
  expect(await codeOf(deliver({ arrivedBooks: 38 }))).toBe('covers_needed')
  expect(await codeOf(deliver({ arrived: [covers(1, 51)] }))).toBe('covers_not_in_box')
  expect(await codeOf(deliver({ arrived: [covers(1, 3)], arrivedBooks: 4 }))).toBe('count_differs')
  expect(await codeOf(deliver({ arrived: [] }))).toBe('nothing_arrived')
  expect(await codeOf(deliver({ arrived: [covers(10, 5)] }))).toBe('covers_the_wrong_way_round')
  const [delivered] = await Promise.all([
    deliver({ arrivedBooks: 38, arrived: [covers(1, 18), covers(22, 40), covers(50)] }),
    stockOf(campaignId),
  ])
  expect(delivered.body).toMatchObject({ state: 'delivered', missingBooks: 12 })
  expect(delivered.body.gaps.map(({ firstCover }: { firstCover: number }) => firstCover)).toEqual([19, 41])
  const [small, large] = delivered.body.gaps
  expect(await blockedIn(campaignId)).toEqual([19, 20, 21, 41, 42, 43, 44, 45, 46, 47, 48, 49])
  expect(delivered.body.nextSample).toEqual(covers(1, 13))
  for (let third = 0; third < 3; third++) {
    const { nextSample } = (await get(`/boxes/${box.id}`)).body
    await sql`update boxes set good_samples = good_samples + 1 where id = ${box.id} and ${nextSample.firstCover} > 0`
  }
  expect((await post(`/boxes/${box.id}/activation`)).body).toMatchObject({ state: 'active', missingBooks: 12 })
  expect((await world.balancesOf(campaignId)).issued).toBe(380_000)
  expect(await operator.transaction((tx) => countEndingBooks(tx, campaignId, operator.today()))).toMatchObject({
    issuedBooks: 38,
  })
  expect((await post(`/campaigns/${campaignId}/opening`)).status).toBe(200)
  const open = await operator.transaction(listOpenBooks)
  expect(open.find(({ id }) => id === campaignId)).toMatchObject({ activeBooks: 38, orderedBooks: 12 })
  expect(await codeOf(post(`/boxes/${box.id}/activation`))).toBe('box_is_active')

  const settle = (gap: { id: string }, act: string, as = people.coordinator) =>
    post(`/delivery-gaps/${gap.id}/${act}`, undefined, as)
  expect(await codeOf(settle(small, 'arrival'))).toBe('same_person')
  expect(await codeOf(settle(small, 'loss', people.ccas))).toBe('role_not_allowed')
  expect(await codeOf(settle(small, 'arrival', await world.givenPrescriberMember()))).toBe('gap_not_found')
  expect(await codeOf(settle({ id: crypto.randomUUID() }, 'loss'))).toBe('gap_not_found')
  const twice = await Promise.all([settle(small, 'arrival', people.ccas), settle(small, 'loss')])
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(twice.find(({ status }) => status === 409)!.body.code).toMatch(/^gap_is_/)
  await sql`update delivery_gaps set state = 'arrived' where id = ${small.id}`
  expect(await codeOf(post(`/boxes/${box.id}/activation`))).toBe('too_few_books_to_activate')
  expect((await settle(large, 'arrival', people.ccas)).body.state).toBe('arrived')
  expect(await stockOf(campaignId)).toMatchObject({ received: 50, left: 50, active: 38 })
  const late = await Promise.all([1, 2].map(() => post(`/boxes/${box.id}/activation`)))
  expect(late.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await blockedIn(campaignId)).toEqual([])
  expect((await world.balancesOf(campaignId)).issued).toBe(500_000)
  expect((await checkInvariants(operator.db)).checks.filter(({ ok }) => !ok)).toEqual([])
  expect((await post(`/boxes/${box.id}/revocation`)).body.state).toBe('revoked')
  expect((await world.balancesOf(campaignId)).issued).toBe(0)
})

test('what a box lost on its way stays blocked, whatever is lifted, and its box activates without it', async () => {
  const { campaignId, box } = await givenSent()
  const { body } = await post(`/boxes/${box.id}/delivery`, { arrived: [covers(1, 45)] }, people.second)
  const { body: stop } = await post('/stop-orders', { campaignId, ...covers(44, 46), reason: 'damaged' })
  await post(`/delivery-gaps/${body.gaps[0].id}/loss`)
  await post(`/stop-orders/${stop.id}/lifting`)
  expect(await blockedIn(campaignId)).toEqual([46, 47, 48, 49, 50])
  await sql`update boxes set good_samples = 3 where id = ${box.id}`
  expect((await post(`/boxes/${box.id}/activation`)).body.missingBooks).toBe(5)
  expect((await world.balancesOf(campaignId)).issued).toBe(450_000)
  expect(await stockOf(campaignId)).toMatchObject({ received: 45, missing: 5, left: 45 })
  await post(`/boxes/${box.id}/revocation`)
  expect(await codeOf(post(`/delivery-gaps/${body.gaps[0].id}/arrival`, undefined, people.ccas))).toBe('box_is_revoked')
})

test('unused books go back, and out again to another prescriber, each time acknowledged by the other side', async () => {
  const campaignId = await givenOpen()
  const other = (await post('/prescribers', { name: 'Maraude du port' })).body
  const atOther = await givenMember(sql, 'prescriber', other.id)
  const declare = (change: Record<string, unknown> = {}, as = people.ccas) =>
    post('/stock-moves', { campaignId, prescriberId: ccas.id, direction: 'return', ...covers(41, 50), ...change }, as)
  await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-03-01', books: 39, campaignId }, people.ccas)
  expect(await codeOf(declare(covers(40, 51)))).toBe('covers_not_in_stock')
  expect(await codeOf(declare(covers(39, 50)))).toBe('more_than_left')
  expect(await codeOf(declare(covers(50, 49)))).toBe('covers_the_wrong_way_round')
  expect(await codeOf(declare({ direction: 'send' }))).toBe('prescriber_not_found')
  expect(await codeOf(declare({ prescriberId: other.id }))).toBe('prescriber_not_found')
  expect(await codeOf(declare({ direction: 'send' }, people.coordinator))).toBe('covers_not_in_stock')
  const both = await Promise.all([declare(), declare()])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const move = both.find(({ status }) => status === 201)!.body
  expect(await stockOf(campaignId)).toMatchObject({ returned: 10, left: 1 })
  expect(await stockOf(campaignId, null)).toMatchObject({ onTheWay: 10, left: 0 })
  expect(await codeOf(post(`/stock-moves/${move.id}/receipt`, undefined, people.ccas))).toBe('stock_move_not_found')
  const received = await Promise.all([1, 2].map(() => post(`/stock-moves/${move.id}/receipt`)))
  expect(received.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await codeOf(post(`/stock-moves/${move.id}/cancellation`))).toBe('stock_move_is_over')
  expect(await stockOf(campaignId, null)).toMatchObject({ left: 10, active: 10 })

  const send = { prescriberId: other.id, direction: 'send', ...covers(41, 45) }
  const { body: sent } = await declare(send, people.coordinator)
  expect((await get('/unused-value', people.finance)).body.items).toContainEqual(
    expect.objectContaining({ campaignId, prescriberId: other.id, books: 5, isOnTheWay: true }),
  )
  expect(await codeOf(post(`/stock-moves/${sent.id}/receipt`))).toBe('same_person')
  expect((await post(`/stock-moves/${sent.id}/receipt`, undefined, atOther)).body.receivedOn).toBe('2026-03-10')
  expect(await stockOf(campaignId, other.id, atOther)).toMatchObject({ received: 5, left: 5 })
  expect((await get(`/stock?campaignId=${campaignId}`, atOther)).body.items).toHaveLength(1)
  const stop = { campaignId, ...covers(43), reason: 'lost' }
  expect(await codeOf(post('/stop-orders', stop, people.ccas))).toBe('covers_unknown')
  expect((await post('/stop-orders', stop, atOther)).body).toMatchObject({ askedBy: 'prescriber' })
  expect(await codeOf(declare({ ...send, direction: 'return', ...covers(43) }, atOther))).toBe('covers_stopped')
  await post(`/prescribers/${other.id}/handouts`, { month: '2026-03-01', books: 5, campaignId }, atOther)
  const over = post(`/prescribers/${other.id}/handouts`, { month: '2026-03-01', books: 1, campaignId }, atOther)
  expect(await codeOf(over)).toBe('more_than_received')
  const cancelled = (await declare({ ...covers(40), books: 1 }, people.coordinator)).body
  expect((await post(`/stock-moves/${cancelled.id}/cancellation`, undefined, people.ccas)).body.cancelledOn).toBe(
    '2026-03-10',
  )
  await sql`update campaigns set state = 'ending' where id = ${campaignId}`
  expect(await codeOf(declare({ ...send, ...covers(46) }, people.coordinator))).toBe('campaign_is_ending')
})

test('books that are not active travel in their box alone', async () => {
  const { campaignId, box } = await givenSent()
  await post(`/boxes/${box.id}/delivery`, undefined, people.ccas)
  const move = { campaignId, prescriberId: ccas.id, direction: 'return', ...covers(1, 5) }
  expect(await codeOf(post('/stock-moves', move, people.ccas))).toBe('covers_not_active')
})

test('what is damaged or lost in stock leaves it once, and comes back when its stop is lifted', async () => {
  const campaignId = await givenOpen()
  const writeOff = (range: object, as = people.ccas, reason = 'damaged') =>
    post('/stop-orders', { campaignId, ...range, reason, isFromStock: true }, as)
  const both = await Promise.all([writeOff(covers(1, 4)), writeOff(covers(1, 4))])
  expect(new Set(both.map(({ body }) => body.id)).size).toBe(1)
  expect(await codeOf(writeOff(covers(4, 6)))).toBe('covers_not_in_stock')
  await post('/stop-orders', { campaignId, ...covers(9), reason: 'lost' }, people.ccas)
  expect(await codeOf(writeOff(covers(9)))).toBe('covers_stopped')
  expect(await stockOf(campaignId)).toMatchObject({ damaged: 4, lost: 0, left: 46, active: 46 })
  const count = (books: number) =>
    post(`/prescribers/${ccas.id}/handouts`, { month: '2026-03-01', books, campaignId }, people.ccas)
  expect((await count(47)).body).toMatchObject({ code: 'more_than_received', facts: { received: 46 } })
  const race = await Promise.all([count(46), writeOff(covers(20, 21), people.coordinator, 'stolen')])
  expect(race.map(({ status }) => status).filter((status) => status >= 400)).toHaveLength(1)
  await post(`/stop-orders/${both[0]!.body.id}/lifting`)
  expect(await stockOf(campaignId)).toMatchObject({ damaged: 0 })
  expect((await world.balancesOf(campaignId)).issued).toBe(500_000)
})

test('a lost book is replaced once, counted apart, and no row says by which', async () => {
  const campaignId = await givenOpen()
  const replace = (cover: number, as = people.ccas, reason = 'lost') =>
    post(`/prescribers/${ccas.id}/replacements`, { campaignId, cover, reason }, as)
  await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-03-01', books: 10, campaignId }, people.ccas)
  expect(await codeOf(replace(51))).toBe('cover_not_received')
  expect(await codeOf(replace(7, await world.givenPrescriberMember()))).toBe('prescriber_not_found')
  const twice = await Promise.all([replace(7), replace(7)])
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(twice.find(({ status }) => status === 409)!.body.code).toBe('more_replaced_than_stopped')
  expect(await codeOf(replace(7, people.ccas, 'stolen'))).toBe('more_replaced_than_stopped')
  expect(await blockedIn(campaignId)).toEqual([7])
  expect(await stockOf(campaignId)).toMatchObject({ handedOut: 10, replaced: 1, left: 39 })
  const { items } = (await get(`/prescribers/${ccas.id}/handouts`, people.ccas)).body
  expect(items.find((row: { campaignId: string }) => row.campaignId === campaignId)).toMatchObject({
    books: 10,
    replacements: 1,
  })
  const figures = (await get(`/campaigns/${campaignId}/figures`, people.state)).body
  expect(JSON.stringify(figures)).not.toContain('replac')
  await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-03-01', books: 39, campaignId }, people.ccas)
  expect(await codeOf(replace(8))).toBe('none_left')
  expect(await blockedIn(campaignId)).toEqual([7, 8])
  const told =
    await sql`select details::text from audit_log where details::text like '%eplace%' or action like '%replace%'`
  expect(told).toEqual([])
})

test('a count of a shelf keeps how many, never which', async () => {
  const campaignId = await givenOpen()
  const count = async (said: object, as = people.ccas) =>
    (await post('/stock-counts', { campaignId, prescriberId: ccas.id, ...said }, as)).body
  await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-03-01', books: 5, campaignId }, people.ccas)
  expect(await count({ covers: [covers(7, 50), covers(60, 61), covers(49, 50)] })).toMatchObject({
    ...{ expected: 45, counted: 44, difference: -1, elsewhere: [covers(60, 61)], absent: null },
  })
  await post('/stock-moves', { campaignId, prescriberId: ccas.id, direction: 'return', ...covers(41, 50) }, people.ccas)
  await post(
    `/stock-moves/${(await get('/stock-moves')).body.items.find((move: { campaignId: string }) => move.campaignId === campaignId).id}/receipt`,
  )
  expect(await count({ prescriberId: null, covers: [covers(41, 48)] }, people.coordinator)).toMatchObject({
    ...{ expected: 10, counted: 8, difference: -2, absent: [covers(49, 50)] },
  })
  expect((await count({ covers: [covers(10, 5)] })).code).toBe('covers_the_wrong_way_round')
  expect((await count({ prescriberId: crypto.randomUUID(), covers: [] })).code).toBe('prescriber_not_found')
  expect(await count({ prescriberId: undefined, covers: [covers(7, 40)] })).toMatchObject({ expected: 35, counted: 34 })
  expect((await count({ prescriberId: crypto.randomUUID(), covers: [] }, people.coordinator)).code).toBe(
    'prescriber_not_found',
  )
  const seenByFunder = await sql.begin(async (tx) => {
    await tx`select set_config('role', 'carnet_app', true), set_config('carnet.role', 'funder', true),
      set_config('carnet.tenant', ${world.funders.state.id}, true)`
    return tx<
      { prescriber_id: string | null }[]
    >`select prescriber_id from stock_counts where campaign_id = ${campaignId}`
  })
  expect(seenByFunder.map((row) => row.prescriber_id)).toEqual([null])
  const columns =
    await sql`select column_name from information_schema.columns where table_name = 'stock_counts' and column_name like '%cover%'`
  expect(columns).toEqual([])
  const audited =
    await sql`select details::text from audit_log where action = 'stock_counted' and details::text like '%over%'`
  expect(audited).toEqual([])
})

test('a prescriber asks for books once at a time, and the coordination answers once', async () => {
  const campaignId = await givenOpen()
  const ask = (as = people.ccas) => post('/book-requests', { campaignId, books: 20 }, as)
  const both = await Promise.all([ask(), ask()])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(both.find(({ status }) => status === 409)!.body.code).toBe('request_waits')
  expect(await codeOf(ask(await world.givenPrescriberMember()))).toBe('campaign_not_found')
  const { id } = both.find(({ status }) => status === 201)!.body
  const answers = await Promise.all(
    [true, false].map((isAccepted) => post(`/book-requests/${id}/answer`, { isAccepted }, people.second)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)!.body.code).toBe('request_is_over')
  expect(await codeOf(post(`/book-requests/${crypto.randomUUID()}/answer`, { isAccepted: true }))).toBe(
    'book_request_not_found',
  )
  expect((await get('/book-requests', people.ccas)).body.items).toContainEqual(expect.objectContaining({ id }))
  await sql`update campaigns set state = 'ending' where id = ${campaignId}`
  expect(await codeOf(ask())).toBe('campaign_is_ending')
})

test('the state of unused value is that of a day, and no hand-out can be read off two of them', async () => {
  const campaignId = await givenOpen()
  const stateOn = async (day: string, as = people.state) => {
    const { body } = await get(`/unused-value?day=${day}`, as)
    return { ...body, items: body.items?.filter((line: { campaignId: string }) => line.campaignId === campaignId) }
  }
  const before = await stateOn('2026-03-10')
  expect(before).toMatchObject({ countedUntil: '2026-02-28' })
  expect(before.items).toEqual([
    expect.objectContaining({
      prescriberId: ccas.id,
      books: 50,
      vouchers: 500,
      valueCents: 500_000,
      ownCents: 175_000,
    }),
  ])
  await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-03-01', books: 3, campaignId }, people.ccas)
  expect(await stateOn('2026-03-10')).toEqual(before)
  expect((await get(`/stock?campaignId=${campaignId}`, people.state)).body.items).toMatchObject([{ handedOut: 0 }])
  expect((await stateOn('2026-03-11')).code).toBe('day_in_the_future')
  expect((await stateOn('2026-03-09')).items).toEqual([])
  clock.now = new Date('2026-04-02T09:00:00Z')
  expect((await stateOn('2026-03-31', people.finance)).items).toMatchObject([{ books: 47, ownCents: 470_000 }])
  expect((await stateOn('2026-03-31', people.ccas)).code).toBe('role_not_allowed')
})
