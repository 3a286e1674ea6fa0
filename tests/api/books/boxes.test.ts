import { recordSample } from '@carnet/api/books/record-sample.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'

const world = await givenBooksWorld()
const { sql, keyring, people, ccas, operator, get, post, boxesOf, macsOf, balancesOf } = world
const { givenAgreed, givenFunding, givenRequested, givenGenerated, givenDelivered } = world
const { givenActive, givenOpen, givenSample } = world

const acceptOne = (campaignId: string, codeMac: string) =>
  sql`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
    values (1, ${keyring.tag(1, codeMac)!}, ${campaignId}, gen_random_uuid(), gen_random_uuid(), 'A01', '2026-03-10', false, 1)`

afterAll(async () => {
  expect(await world.countTouchedVouchers()).toBe(0)
})

describe('a box', () => {
  test('goes from hand to hand, each step once and by two people', async () => {
    const { id } = await givenAgreed()
    await givenFunding(id, 500)
    const run = await givenGenerated(id)
    const [box] = await boxesOf(run.id)
    const act = async (name: string, as = people.coordinator, body?: unknown) =>
      (await post(`/boxes/${box.id}/${name}`, body, as)).body
    const to = { prescriberId: ccas.id }
    expect((await act('dispatch', people.coordinator, to)).code).toBe('receipt_not_confirmed')
    await post(`/print-runs/${run.id}/receipt`)
    expect((await act('delivery', people.second)).code).toBe('box_is_printed')
    expect((await act('dispatch', people.coordinator, { prescriberId: crypto.randomUUID() })).code).toBe(
      'prescriber_not_found',
    )
    expect((await act('dispatch', people.coordinator, to)).state).toBe('dispatched')
    expect((await get(`/print-runs/${run.id}`)).body.state).toBe('printed')
    expect((await act('delivery')).code).toBe('same_person')
    expect((await act('activation')).code).toBe('box_is_dispatched')
    expect((await act('delivery', await world.givenPrescriberMember())).code).toBe('box_not_found')
    expect((await act('delivery', people.ccas)).state).toBe('delivered')
    expect((await act('activation')).code).toBe('sample_incomplete')
    await givenSample(box)
    expect((await act('activation', people.finance)).code).toBe('role_not_allowed')
    expect((await act('activation')).state).toBe('active')
    expect((await act('activation')).code).toBe('box_is_active')
    expect((await get(`/print-runs/${run.id}`)).body.state).toBe('active')
    expect((await get('/boxes', people.ccas)).body.items).toContainEqual(expect.objectContaining({ id: box.id }))
    expect((await get('/boxes', people.state)).status).toBe(403)
    expect((await get(`/boxes?limit=1&campaignId=${id}`)).body.nextCursor).toBe('1')
  })

  test('is sampled with three vouchers of three books, in order, and no code is kept', async () => {
    const { id } = await givenAgreed()
    const [box] = await givenDelivered(id, 30, 30)
    const scan = async (cover: number, place = 0) =>
      operator.transaction(async (tx) => recordSample(tx, (await macsOf(box.id, cover))[place]!))
    expect(box.nextSample).toEqual({ firstCover: box.firstCover, lastCover: box.firstCover + 9 })
    expect(await scan(box.firstCover + 12)).toMatchObject({ isCounted: false, goodSamples: 0 })
    expect(await scan(box.firstCover)).toMatchObject({ isCounted: true, goodSamples: 1 })
    expect(await scan(box.firstCover)).toMatchObject({ isCounted: false, goodSamples: 1 })
    expect(await scan(box.firstCover, 1)).toMatchObject({ isCounted: false, goodSamples: 1 })
    const both = await Promise.all([scan(box.firstCover + 10), scan(box.firstCover + 11)])
    expect(both.filter((answer) => answer!.isCounted)).toHaveLength(1)
    expect(await scan(box.lastCover)).toMatchObject({ isCounted: true, goodSamples: 3, next: null })
    expect(await operator.transaction((tx) => recordSample(tx, '0'.repeat(32)))).toBeNull()
  })

  test('is worth nothing without its money, whole or not at all', async () => {
    const { id } = await givenAgreed()
    const [box] = await givenDelivered(id)
    await givenSample(box)
    await givenFunding(id, 499)
    const activation = await post(`/boxes/${box.id}/activation`)
    expect(activation).toMatchObject({ status: 409, body: { code: 'not_enough_money' } })
    expect((await boxesOf(box.printRunId))[0].state).toBe('delivered')
  })

  test('of two activated at once with money for one, one is active', async () => {
    const { id } = await givenAgreed()
    await givenFunding(id, 250)
    const boxes = await givenDelivered(id, 50, 25)
    for (const box of boxes) await givenSample(box)
    const replies = await Promise.all(boxes.map((box) => post(`/boxes/${box.id}/activation`)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(replies.find(({ status }) => status === 409)!.body.code).toBe('not_enough_money')
    const states = (await boxesOf(boxes[0].printRunId)).map((box) => box.state)
    expect(states.sort()).toEqual(['active', 'delivered'])
    expect((await balancesOf(id)).issued).toBe(250_000)
  })

  test('one activated twice at once is paid for once', async () => {
    const { id } = await givenAgreed()
    await givenFunding(id, 1000)
    const [box] = await givenDelivered(id)
    await givenSample(box)
    const replies = await Promise.all([1, 2, 3].map(() => post(`/boxes/${box.id}/activation`)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })
})

describe('a revocation', () => {
  test('gives the money of an unused box back', async () => {
    const id = await givenOpen()
    const [box] = (await get(`/boxes?campaignId=${id}`)).body.items
    expect((await post(`/boxes/${box.id}/revocation`, undefined, people.ccas)).status).toBe(403)
    expect((await post(`/boxes/${box.id}/revocation`)).body).toMatchObject({
      state: 'revoked',
      revokedOn: '2026-03-10',
    })
    expect((await post(`/boxes/${box.id}/revocation`)).body.code).toBe('box_is_revoked')
    expect(await balancesOf(id)).toEqual({ bank: 1_000_000, available: 1_000_000, issued: 0 })
  })

  test('is refused once a voucher was accepted, in a live period or a sealed one, and says nothing of how many', async () => {
    for (const accept of [
      (campaignId: string, codeMac: string) => acceptOne(campaignId, codeMac),
      (_: string, codeMac: string) => sql`
        with copy as (delete from vouchers where code_mac = ${codeMac} returning *)
        insert into vouchers select code_mac, campaign_id, book_id, block_hash, true from copy`,
    ]) {
      const id = await givenOpen()
      const [box] = (await get(`/boxes?campaignId=${id}`)).body.items
      await accept(id, (await macsOf(box.id, box.lastCover))[4]!)
      for (const path of [`/boxes/${box.id}/revocation`, `/print-runs/${box.printRunId}/revocation`]) {
        const refused = await post(path)
        expect(refused).toMatchObject({ status: 409, body: { code: 'vouchers_were_accepted' } })
        expect(refused.body.facts).toBeUndefined()
      }
      expect((await boxesOf(box.printRunId))[0]).toMatchObject({ state: 'active', revokedOn: null })
    }
  })

  test('of a run takes all its boxes and its key, whatever their state', async () => {
    const { id } = await givenAgreed()
    await givenFunding(id, 250)
    const boxes = await givenDelivered(id, 50, 25)
    await givenActive(boxes[0])
    const revoked = await post(`/print-runs/${boxes[0].printRunId}/revocation`)
    expect(revoked.body).toMatchObject({ state: 'revoked', revokedOn: '2026-03-10' })
    expect((await boxesOf(boxes[0].printRunId)).map((box) => box.state)).toEqual(['revoked', 'revoked'])
    expect(keyring.hasRunKey(boxes[0].printRunId)).toBe(false)
    expect((await post(`/print-runs/${boxes[0].printRunId}/revocation`)).body.code).toBe('print_run_is_revoked')
    const requested = await givenRequested(id)
    expect((await post(`/print-runs/${requested.id}/revocation`)).body).toMatchObject({
      ...{ state: 'revoked', revokedOn: '2026-03-10' },
    })
  })

  test('of the last box of a run is that of the run', async () => {
    const { id } = await givenAgreed()
    const boxes = await givenDelivered(id, 50, 25)
    const runOf = async () => (await get(`/print-runs/${boxes[0].printRunId}`)).body
    await post(`/boxes/${boxes[0].id}/revocation`)
    expect((await runOf()).revokedOn).toBeNull()
    await post(`/boxes/${boxes[1].id}/revocation`)
    expect(await runOf()).toMatchObject({ state: 'revoked', revokedOn: '2026-03-10' })
  })

  test('that was interrupted after its state is finished by asking again', async () => {
    const id = await givenOpen()
    const [box] = (await get(`/boxes?campaignId=${id}`)).body.items
    await sql`update boxes set state = 'revoked' where id = ${box.id}`
    expect((await post(`/boxes/${box.id}/revocation`)).body.revokedOn).toBe('2026-03-10')
    expect((await balancesOf(id)).issued).toBe(0)
  })

  test('waits for the scans in flight', async () => {
    const id = await givenOpen()
    const [box] = (await get(`/boxes?campaignId=${id}`)).body.items
    const codeMac = (await macsOf(box.id, box.firstCover))[0]!
    let isLocked = () => {}
    const locked = new Promise<void>((resolve) => {
      isLocked = resolve
    })
    const scan = sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock_shared(7201)`
      isLocked()
      await new Promise((resolve) => setTimeout(resolve, 300))
      await tx`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
        values (1, ${keyring.tag(1, codeMac)!}, ${id}, gen_random_uuid(), gen_random_uuid(), 'A01', '2026-03-10', false, 1)`
    })
    await locked
    const [revocation] = await Promise.all([post(`/boxes/${box.id}/revocation`), scan])
    expect(revocation.body.code).toBe('vouchers_were_accepted')
  })

  test('is not for a campaign whose uploads are closed', async () => {
    const id = await givenOpen()
    const [box] = (await get(`/boxes?campaignId=${id}`)).body.items
    await sql`update campaigns set state = 'uploads_closed' where id = ${id}`
    expect((await post(`/boxes/${box.id}/revocation`)).body.code).toBe('campaign_is_uploads_closed')
  })
})
