import { describe, expect, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'
import { enrolPhone, scanItem, type Told } from '../../helpers/phone.ts'

const world = await givenBooksWorld()
const { app, sql, people, ccas, get, post } = world
const campaignId = await world.givenOpen()

async function givenPhone(as = people.ccas, prescriberId = ccas.id) {
  const { status, body } = await post(`/prescribers/${prescriberId}/enrolment-tokens`, undefined, as)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return enrolPhone(app, body.token)
}
type Enrolled = Awaited<ReturnType<typeof givenPhone>>
async function tell({ phone }: Enrolled, path: string, body: unknown): Promise<Told> {
  const answer = await phone.ask('POST', path, JSON.stringify(body))
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const said = (books: number, seq: number, also = {}) => ({ campaignId, month: '2026-03-01', books, seq, ...also })
const counted = async () => (await sql`select books from handouts where prescriber_id = ${ccas.id}`)[0]?.books ?? 0

describe('a phone of a prescriber', () => {
  test('is enrolled by its prescriber or a coordinator, and its bundle says what it hands out', async () => {
    const { bundle } = await givenPhone()
    expect(bundle.venues).toEqual([])
    expect((bundle as unknown as { prescriber: unknown }).prescriber).toMatchObject({
      name: 'CCAS',
      campaigns: [
        { id: campaignId, received: 50, inAll: 0, inMonth: 0, covers: [{ firstCover: 1, lastCover: 50 }], stopped: [] },
      ],
    })
    await givenPhone(people.coordinator)
    const stranger = await world.givenPrescriberMember()
    expect((await post(`/prescribers/${ccas.id}/enrolment-tokens`, undefined, stranger)).status).toBe(404)
    expect((await post(`/prescribers/${ccas.id}/enrolment-tokens`, undefined, people.state)).status).toBe(403)
  })

  test('counts by its own total: sent again it counts once, and an undo takes back', async () => {
    const [first, second] = [await givenPhone(), await givenPhone()]
    const before = await counted()
    const copies = await Promise.all(Array.from({ length: 10 }, () => tell(first, '/hand-outs', said(3, 1))))
    expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await counted()).toBe(before + 3)
    expect((await tell(first, '/hand-outs', said(2, 3))).body).toMatchObject({
      books: 2,
      inMonth: before + 2,
      received: 50,
    })
    expect((await tell(first, '/hand-outs', said(9, 2))).body).toMatchObject({ books: 2, inMonth: before + 2 })
    await Promise.all([tell(first, '/hand-outs', said(4, 4)), tell(second, '/hand-outs', said(5, 1))])
    expect(await counted()).toBe(before + 9)
    expect((await tell(second, '/hand-outs', said(60, 2))).body.code).toBe('more_than_received')
    expect((await tell(second, '/hand-outs', said(1, 3, { month: '2026-04-01' }))).body.code).toBe(
      'month_in_the_future',
    )
    expect((await tell(second, '/hand-outs', said(1, 3, { to: 'somebody' }))).body.code).toBe('invalid_request')
    expect(await counted()).toBe(before + 9)
    const columns =
      await sql`select column_name from information_schema.columns where table_name = 'device_handouts' order by 1`
    expect(columns.map((row) => row.column_name)).toEqual(['books', 'campaign_id', 'device_id', 'month', 'seq'])
  })

  test('stops a lost book by its cover, once, and only books that it received', async () => {
    const phone = await givenPhone()
    const stop = { campaignId, firstCover: 7, reason: 'lost' }
    const { body } = await tell(phone, '/stops', stop)
    expect(body).toMatchObject({ firstCover: 7, lastCover: 7, orderedOn: '2026-03-10' })
    expect((await tell(phone, '/stops', stop)).body.id).toBe(body.id)
    const blocked = await sql`select cover_number from books where is_blocked`
    expect(blocked).toEqual([{ cover_number: 7 }])
    expect((await tell(phone, '/stops', { ...stop, firstCover: 900 })).body.code).toBe('covers_unknown')
    expect((await tell(phone, '/stops', { ...stop, reason: 'end_of_validity' })).body.code).toBe('invalid_request')
    const other = await world.givenPrescriberMember()
    const tenantId = other.actor.kind === 'person' ? other.actor.tenantId! : ''
    const stranger = await givenPhone(other, tenantId)
    expect((await tell(stranger, '/stops', { ...stop, firstCover: 8 })).body.code).toMatch(
      /covers_unknown|campaign_not_found/,
    )
  })

  test('is believed only with its signature, and scans nothing; a phone of a venue hands out nothing', async () => {
    const enrolled = await givenPhone()
    const wrong = await enrolled.phone.ask('POST', '/hand-outs', JSON.stringify(said(1, 1)), { 'x-signature': 'AAAA' })
    expect(((await wrong.json()) as { code: string }).code).toBe('request_signature_wrong')
    expect((await enrolled.phone.send([scanItem('P1')])).body.code).toBe('phone_of_a_prescriber')
    const [{ id } = { id: '' }] =
      await sql`insert into organisations (legal_name, created_on) values ('X', '2026-01-01') returning id`
    const venuePhone = await enrolPhone(app, (await post(`/organisations/${id}/enrolment-tokens`)).body.token)
    expect((await tell(venuePhone as Enrolled, '/hand-outs', said(1, 1))).body.code).toBe('phone_of_a_venue')
  })

  test('is listed and revoked by its prescriber alone', async () => {
    const enrolled = await givenPhone()
    const { items } = (await get('/devices', people.ccas)).body
    expect(items.map((row: { id: string }) => row.id)).toContain(enrolled.deviceId)
    const stranger = await world.givenPrescriberMember()
    expect((await get('/devices', stranger)).body.items).toEqual([])
    expect((await post(`/devices/${enrolled.deviceId}/revocation`, undefined, stranger)).status).toBe(404)
    expect((await post(`/devices/${enrolled.deviceId}/revocation`, undefined, people.ccas)).status).toBe(200)
    expect((await tell(enrolled, '/hand-outs', said(1, 1))).body.code).toBe('device_unknown')
    expect((await enrolled.phone.bundle()).status).toBe(401)
  })

  test('belongs to one tenant, whatever writes the row', async () => {
    const [{ id } = { id: '' }] = await sql`select id from organisations limit 1`
    const both = sql`update devices set organisation_id = ${id} where prescriber_id is not null`
    await expect(both).rejects.toThrow('a_phone_is_of_one_tenant')
  })
})
