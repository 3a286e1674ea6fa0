import { listBlockHashes } from '@carnet/api/books/list-block-hashes.ts'
import { readTypedCode } from '@carnet/api/books/typed-code.ts'
import { blockHashOf } from '@carnet/api/keyring/block-hash.ts'
import { describe, expect, test } from 'vitest'
import { givenBooksWorld, linesOf } from '../../helpers/books-world.ts'
import { givenMember } from '../../helpers/members.ts'
import { type Mutant, mutantOf, policyMutant } from '../../helpers/mutants.ts'

const world = await givenBooksWorld()
const { sql, people, ccas, operator, get, post, givenAgreed, givenGenerated, givenOpen, plaintextOf, clock } = world
const covers = (firstCover: number, lastCover = firstCover) => ({ firstCover, lastCover })

describe('a prescriber', () => {
  test('is added by a coordinator, and sees itself alone', async () => {
    expect((await post('/prescribers', { name: 'CCAS' })).body.code).toBe('prescriber_known')
    expect((await post('/prescribers', { name: 'X', communeCode: '99999' })).body.code).toBe('invalid_request')
    expect((await post('/prescribers', { name: 'Maraude', communeCode: '99999' })).body.code).toBe('commune_unknown')
    expect((await post('/prescribers', { name: 'Maraude' }, people.ccas)).status).toBe(403)
    expect((await get('/prescribers', people.ccas)).body.items).toMatchObject([{ id: ccas.id }])
    const stranger = await world.givenPrescriberMember()
    expect((await get(`/prescribers/${ccas.id}/handouts`, stranger)).status).toBe(404)
  })

  test('hands out without an Idempotency-Key: an answer that is kept would tell the day of each book', async () => {
    const withKey = { ...people.ccas, headers: { ...people.ccas.headers, 'idempotency-key': 'hand' } }
    for (const name of ['handouts', 'replacements']) {
      const refused = await post(`/prescribers/${ccas.id}/${name}`, { month: '2026-03-01', books: 1 }, withKey)
      expect(refused).toMatchObject({ status: 422, body: { code: 'idempotency_key_not_kept' } })
    }
    expect(await sql`select from idempotent_answers`).toHaveLength(0)
  })

  test('counts books per month, up to those it received, and never below none', async () => {
    const id = await givenOpen()
    const count = async (change: Record<string, unknown>, as = people.ccas) =>
      (await post(`/prescribers/${ccas.id}/handouts`, { month: '2026-03-01', books: 1, campaignId: id, ...change }, as))
        .body
    expect((await count({ books: 20 })).books).toBe(20)
    expect((await count({ books: -5 })).books).toBe(15)
    expect(await count({ books: -16 })).toMatchObject({ code: 'fewer_than_none', facts: { booksOfMonth: 15 } })
    expect(await count({ books: 36 })).toMatchObject({ code: 'more_than_received', facts: { received: 50 } })
    expect((await count({ month: '2026-02-01', books: 36 })).code).toBe('more_than_received')
    expect((await count({ books: 0 })).code).toBe('no_books')
    expect((await count({ month: '2026-03-02' })).code).toBe('not_a_month')
    expect((await count({ month: '2026-04-01' })).code).toBe('month_in_the_future')
    expect((await count({ campaignId: crypto.randomUUID() })).code).toBe('campaign_not_found')
    expect((await count({ campaignId: undefined })).books).toBe(16)
    await givenOpen()
    expect((await count({ campaignId: undefined })).code).toBe('campaign_missing')
    expect((await count({}, people.state)).code).toBe('role_not_allowed')
    expect((await count({}, await world.givenPrescriberMember())).code).toBe('prescriber_not_found')
    const counts = await Promise.all(Array.from({ length: 40 }, () => count({})))
    expect(counts.filter(({ books }) => books)).toHaveLength(34)
    const { items } = (await get(`/prescribers/${ccas.id}/handouts`)).body
    expect(items).toContainEqual({
      prescriberId: ccas.id,
      campaignId: id,
      month: '2026-03-01',
      books: 50,
      replacements: 0,
    })
    const audited =
      await sql`select count(*)::int from audit_log where details::text like '%handout%' or action like '%handout%'`
    expect(audited).toEqual([{ count: 0 }])
  })
})

describe('a stop order', () => {
  const blockedIn = async (campaignId: string) =>
    (await sql`select cover_number from books where campaign_id = ${campaignId} and is_blocked order by 1`).map(
      (row) => row.cover_number,
    )

  test('blocks a range, and lifting leaves what another order stops', async () => {
    const id = await givenOpen()
    const stop = async (firstCover: number, lastCover: number, as = people.coordinator) =>
      (await post('/stop-orders', { campaignId: id, firstCover, lastCover, reason: 'lost' }, as)).body
    const first = await stop(3, 5)
    const second = await stop(5, 6, people.ccas)
    expect(Object.keys(first).sort()).toEqual(
      [
        'askedBy',
        'campaignId',
        'firstCover',
        'id',
        'isFromStock',
        'lastCover',
        'liftedOn',
        'orderedOn',
        'reason',
      ].sort(),
    )
    expect(await blockedIn(id)).toEqual([3, 4, 5, 6])
    expect((await post(`/stop-orders/${first.id}/lifting`, undefined, people.ccas)).status).toBe(403)
    expect((await post(`/stop-orders/${first.id}/lifting`)).body.liftedOn).toBe('2026-03-10')
    expect(await blockedIn(id)).toEqual([5, 6])
    expect((await post(`/stop-orders/${first.id}/lifting`)).status).toBe(200)
    expect(await blockedIn(id)).toEqual([5, 6])
    await post(`/stop-orders/${second.id}/lifting`)
    expect(await blockedIn(id)).toEqual([])
    expect((await stop(5, 4)).code).toBe('covers_the_wrong_way_round')
    expect((await stop(50, 51)).code).toBe('covers_unknown')
    expect((await stop(1, 2, await world.givenPrescriberMember())).code).toBe('campaign_not_found')
    expect((await stop(1, 2, people.state)).code).toBe('role_not_allowed')
    expect((await post(`/stop-orders/${crypto.randomUUID()}/lifting`)).body.code).toBe('stop_order_not_found')
    expect((await get(`/stop-orders?campaignId=${id}`, people.state)).body.items).toHaveLength(2)
  })

  test('two that overlap, one lifted while the other is made: the books of the other stay blocked', async () => {
    const id = await givenOpen()
    const range = { campaignId: id, firstCover: 1, lastCover: 10, reason: 'stolen' }
    const { body: first } = await post('/stop-orders', range)
    await Promise.all([post(`/stop-orders/${first.id}/lifting`), post('/stop-orders', { ...range, firstCover: 6 })])
    expect(await blockedIn(id)).toEqual([6, 7, 8, 9, 10])
  })

  test('tells phones what to refuse, in an order that tells no books', async () => {
    const { id } = await givenAgreed()
    const run = await givenGenerated(id)
    const lines = linesOf(await plaintextOf(run.id)).filter(({ cover }) => cover === 7 || cover === 8)
    const expected = lines.map(({ typed }) => blockHashOf(readTypedCode(typed).code!).toString('base64url')).sort()
    const before = await listBlockHashes(operator)
    await post('/stop-orders', { campaignId: id, firstCover: 7, lastCover: 8, reason: 'damaged' })
    const after = await listBlockHashes(operator)
    expect(after).toEqual([...after].sort())
    expect(after.filter((hash) => !before.includes(hash))).toEqual(expected)
  })
})

test('a prescriber sees the covers that come to it: no box of another, nothing once the move is taken back', async () => {
  const campaignId = await givenOpen()
  const other = (await post('/prescribers', { name: 'Maraude du quai' })).body
  const atOther = await givenMember(sql, 'prescriber', other.id)
  const [box] = await sql`select id from boxes where campaign_id = ${campaignId}`
  const move = async (direction: string, prescriberId: string, range: object, as = people.coordinator) =>
    (await post('/stock-moves', { campaignId, prescriberId, direction, ...range }, as)).body.id
  const receive = (id: string, as = people.coordinator) => post(`/stock-moves/${id}/receipt`, undefined, as)
  const seenBy = (prescriberId: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('role', 'carnet_app', true), set_config('carnet.role', 'prescriber', true),
        set_config('carnet.tenant', ${prescriberId}, true)`
      const [seen] = await tx`select (select count(*)::int from campaigns where id = ${campaignId}) as campaigns,
        (select count(*)::int from boxes where campaign_id = ${campaignId}) as boxes,
        (select count(*)::int from books where campaign_id = ${campaignId}) as books,
        (select array_agg(first_cover order by first_cover) from stop_orders where campaign_id = ${campaignId}) as stops`
      return seen
    })
  const nothing = { campaigns: 0, boxes: 0, books: 0, stops: null }
  const stop = (range: object, as: typeof atOther) => post('/stop-orders', { campaignId, ...range, reason: 'lost' }, as)

  await stop(covers(3), people.ccas)
  await receive(await move('return', ccas.id, covers(1, 2), people.ccas))
  await receive(await move('return', ccas.id, covers(41, 50), people.ccas))
  const sent = await move('send', other.id, covers(41, 45))
  expect(await seenBy(other.id)).toEqual({ campaigns: 1, boxes: 1, books: 50, stops: null })
  expect((await get(`/boxes/${box!.id}`, atOther)).body.code).toBe('box_not_found')
  expect((await get(`/boxes/${box!.id}`, people.ccas)).status).toBe(200)
  await post(`/stock-moves/${sent}/cancellation`)
  expect(await seenBy(other.id)).toEqual(nothing)
  expect((await stop(covers(43), atOther)).body.code).toBe('campaign_not_found')

  await receive(await move('send', other.id, covers(41, 45)), atOther)
  clock.now = new Date('2026-03-11T09:00:00Z')
  expect((await stop(covers(43), atOther)).status).toBe(201)
  expect((await seenBy(other.id))?.stops).toEqual([43])
  expect((await seenBy(ccas.id))?.stops).toEqual([3])
  await receive(await move('return', other.id, covers(41, 42), atOther))
  await receive(await move('send', ccas.id, covers(41, 42)), people.ccas)
  expect((await stop(covers(42), people.ccas)).status).toBe(201)
  expect((await seenBy(ccas.id))?.stops).toEqual([3, 42])
  expect((await seenBy(other.id))?.stops).toEqual([43])
  // What was ordered while it had them stays known to it once they are gone.
  await sql`update stop_orders set lifted_on = '2026-03-12' where campaign_id = ${campaignId} and first_cover = 43`
  clock.now = new Date('2026-03-12T09:00:00Z')
  await receive(await move('return', other.id, covers(43), atOther))
  const third = (await post('/prescribers', { name: 'Bus du numérique' })).body
  await post(`/stock-moves/${await move('send', third.id, covers(43))}/cancellation`)
  clock.now = new Date('2026-03-10T09:00:00Z')

  const seen = async () => [await seenBy(third.id), (await seenBy(other.id))?.stops, (await seenBy(ccas.id))?.stops]
  const right = [nothing, [43], [3, 42]]
  expect(await seen()).toEqual(right)
  for (const mutant of withoutOneGuard) {
    const mend = await mutant.apply(sql)
    expect(await seen().finally(mend), `nobody noticed: ${mutant.name}`).not.toEqual(right)
  }
  expect(await seen()).toEqual(right)
})

/** What tells a book that came and stayed from one that went, each guard by itself. */
const came = (name: string, from: string, to: string) => mutantOf(name, 'came_to_own_prescriber', [from, to])
const withoutOneGuard: Mutant[] = [
  mutantOf('campaigns of a move taken back', 'own_campaigns', ['and m.cancelled_on is null', '']),
  policyMutant('boxes of a move taken back', { table: 'boxes', policy: 'seen' }, ['(m.cancelled_on IS NULL)', 'true']),
  came('stop orders of a move taken back', 'and m.cancelled_on is null', ''),
  came('stop orders of books that went', 'away.received_on <= p_on', 'false'),
  came('stop orders from before they went', 'away.received_on <= p_on', 'true'),
  came('stop orders of books that came back', 'away.declared_on > came.received_on', 'true'),
]
