import { randomUUID } from 'node:crypto'
import { forgetOldContests } from '@carnet/api/contests/forget-old-contests.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { type Phone, phoneWith, scanItem, type Told } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVenue, makeVoucher } from '../../helpers/scan-world.ts'

let world: ScanApp
let phone: Phone
let elsewhere: Phone
let finance: { headers: Record<string, string> }
beforeAll(async () => {
  world = await givenScanApp()
  phone = world.phones[0]!
  elsewhere = world.phones[1]!
  finance = await givenMember(world.sql, 'finance_approver')
})

/** A voucher that another venue used first: refused here as `already_used`. */
async function givenRefused(): Promise<string> {
  const voucher = world.takeVoucher()
  await elsewhere.scan(scanItem(voucher))
  const item = scanItem(voucher)
  expect(await phone.scan(item)).toMatchObject({ outcome: 'refused', reason: 'already_used' })
  return item.scanId
}
async function givenContest(reason = 'platform_down'): Promise<{ scanId: string; id: string }> {
  const scanId = await givenRefused()
  expect(await phone.contest(scanId, reason)).toMatchObject({ status: 200 })
  const [row] = await world.sql`select id from contests where answer_mac = ${world.keyring.answerMac(scanId)}`
  return { scanId, id: row!.id as string }
}
const conflict = (code: string) => ({ status: 409, body: { code } })
const notFound = (code: string) => ({ status: 404, body: { code } })
const get = async (path: string, as: { headers: Record<string, string> } = world.coordinator) =>
  (await (await world.app.request(`/api/v1${path}`, as)).json()) as { items: Record<string, unknown>[] }
const answer = (id: string, body: unknown, as = world.coordinator): Promise<Told> =>
  world.post(`/contests/${id}/answer`, body, as)

describe('a phone contests a refusal', () => {
  test('once, however often and however many at once; the server keeps day, service and reasons alone', async () => {
    const scanId = await givenRefused()
    const copies = await Promise.all([1, 2, 3, 4, 5, 6].map(() => phone.contest(scanId, 'not_used_before')))
    for (const copy of copies)
      expect(copy).toEqual({ status: 200, body: { scanId, reason: 'not_used_before', state: 'open' } })
    expect(await phone.contest(scanId, 'platform_down')).toMatchObject(conflict('contest_changed'))
    expect(await phone.contestNews(scanId)).toMatchObject({ body: { state: 'open' } })
    const rows = await world.sql`select * from contests where answer_mac = ${world.keyring.answerMac(scanId)}`
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ refusal: 'already_used', service_code: 'A01', venue_id: world.venues[0]!.id })
    expect(JSON.stringify(rows)).not.toContain(scanId)
    expect(Object.values(rows[0]!).filter((value) => value instanceof Date && value.getUTCHours() !== 0)).toEqual([])
    expect(await world.countRows()).toMatchObject({ audit: 0, transfers: 0, touchedVouchers: 0 })
  })

  test('and nothing else in the database holds what a contest is known by', async () => {
    const { scanId } = await givenContest()
    const mac = (world.keyring.answerMac(scanId) as string).replace(
      /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
      '$1-$2-$3-$4-$5',
    )
    const tables =
      await world.sql`select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`
    const holders: string[] = []
    for (const { relname } of tables) {
      const found = await world.sql`select from ${world.sql(relname)} t where t::text like ${`%${mac}%`} limit 1`
      if (found.length > 0) holders.push(relname)
    }
    expect(holders).toEqual(['contests'])
  })

  test('for a reason of the list, of a scan that was refused, here', async () => {
    const scanId = await givenRefused()
    expect(await phone.contest(scanId, 'paper_is_good')).toMatchObject(conflict('contest_reason_not_allowed'))
    expect(await phone.contest(scanId, 'Madame Durand')).toMatchObject({ status: 400 })
    expect(await elsewhere.contest(scanId, 'platform_down')).toMatchObject(notFound('scan_not_found'))
    expect(await phone.contest(randomUUID(), 'platform_down')).toMatchObject(notFound('scan_not_found'))
    const accepted = scanItem(world.takeVoucher())
    await phone.scan(accepted)
    expect(await phone.contest(accepted.scanId, 'platform_down')).toMatchObject(conflict('scan_was_accepted'))
    const sealed = randomUUID()
    await world.sql`insert into answers (answer_mac, outcome, reason, is_reversed, kept_until)
      values (${world.keyring.answerMac(sealed)}, 'refused', 'blocked', false, '2027-01-01')`
    expect(await phone.contest(sealed, 'rule_is_wrong')).toMatchObject(conflict('period_sealed'))
  })

  test('is read by its own organisation alone, and by a phone of its own venue', async () => {
    const { scanId, id } = await givenContest()
    const annex = await insertVenue(world.sql, 93, { organisationId: world.venues[0]!.organisationId })
    const colleague = phoneWith(world.app, annex.token)
    expect(await colleague.contestNews(scanId)).toMatchObject(notFound('contest_not_found'))
    expect(await elsewhere.contestNews(scanId)).toMatchObject(notFound('contest_not_found'))
    const [own, other] = await Promise.all(
      world.venues.slice(0, 2).map((venue) => givenMember(world.sql, 'venue_manager', venue.organisationId)),
    )
    expect((await get('/contests', own)).items.map((item) => item.id)).toContain(id)
    expect((await get('/contests', other)).items).toEqual([])
    const listed = await get('/contests?state=open')
    expect(listed.items.find((item) => item.id === id)).toMatchObject({ refusal: 'already_used', venue: 'Lieu 0' })
    expect(JSON.stringify(listed)).not.toMatch(new RegExp(`${scanId}|answerMac|tag|code_mac`))
  })
})

describe('a coordinator answers', () => {
  test('that the refusal stays and why, once, and the phone reads it', async () => {
    const { scanId, id } = await givenContest('not_used_before')
    const race = await Promise.all([
      answer(id, { state: 'upheld', answer: 'used_before' }),
      answer(id, { state: 'upheld', answer: 'used_before' }),
      answer(id, { state: 'scan_again' }),
    ])
    expect(race.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await answer(id, { state: 'scan_again' })).toMatchObject({ status: 409 })
    expect(await answer(id, { state: 'upheld', answer: 'payment_refused' })).toMatchObject({ status: 422 })
    expect((await phone.contestNews(scanId)).body.decidedOn).toBe('2026-03-10')
    expect((await world.sql`select from audit_log where action = 'contest_answered'`).length).toBe(1)
    expect(await answer(randomUUID(), { state: 'scan_again' })).toMatchObject(notFound('contest_not_found'))
  })

  test('that its cause is mended: the same paper is scanned again, and accepted', async () => {
    const campaign = await world.givenCampaign({ services: ['A02'] })
    const voucher = campaign.vouchers[0]!
    const item = scanItem(voucher)
    expect(await phone.scan(item)).toMatchObject({ reason: 'service_not_covered' })
    await phone.contest(item.scanId, 'rule_is_wrong')
    const [row] = await world.sql`select id from contests where answer_mac = ${world.keyring.answerMac(item.scanId)}`
    expect(await answer(row!.id, { state: 'scan_again' })).toMatchObject({ status: 200 })
    expect((await phone.contestNews(item.scanId)).body.state).toBe('scan_again')
    expect(await phone.scan(item)).toMatchObject({ outcome: 'refused', reason: 'service_not_covered' })
    expect(await phone.scan(scanItem(voucher, { service: 'A02' }))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('a payment from the reserve', () => {
  const pay = (id: string, as = world.coordinator) =>
    world.post(`/contests/${id}/payment`, { campaignId: world.ids.campaign }, as)
  const decide = (orderId: unknown, isApproved: boolean, as = finance) =>
    world.post(`/money-orders/${orderId}/decision`, { isApproved }, as)

  test('is for a platform that was down, of one face value, proposed by one and approved by another', async () => {
    const reference = randomUUID()
    const movement = { payingAccountId: world.ids.account, amountCents: 5000, reference, proof: 'relevé' }
    expect(await world.post('/ledger/reserve-fundings', movement, finance)).toMatchObject({ status: 201 })
    expect(await pay((await givenContest('not_used_before')).id)).toMatchObject(conflict('contest_not_payable'))
    const { scanId, id } = await givenContest()
    const race = await Promise.all([1, 2, 3].map(() => pay(id)))
    expect(race.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const { orderId } = race.find(({ status }) => status === 201)!.body
    expect((await phone.contestNews(scanId)).body.state).toBe('payment_proposed')
    expect(await decide(orderId, true, world.coordinator)).toMatchObject({ status: 403 })
    expect(await world.countRows()).toMatchObject({ transfers: 1 })
    expect(await decide(orderId, true)).toMatchObject({ status: 200 })
    expect((await phone.contestNews(scanId)).body.state).toBe('paid')
    const [payable] = await world.sql`select balance_cents from ledger_accounts where kind = 'payable'`
    expect(Number(payable!.balance_cents)).toBe(1000)
  })

  test('that the second person refuses leaves the refusal, and says so', async () => {
    const { scanId, id } = await givenContest()
    const { orderId } = (await pay(id)).body
    await decide(orderId, false)
    expect((await phone.contestNews(scanId)).body).toMatchObject({ state: 'upheld', answer: 'payment_refused' })
  })
})

describe('a restore that lost scans', () => {
  test('is measured by venue and day: what phones tell again, once each, never what others send', async () => {
    const voucher = world.takeVoucher()
    const taken = world.takeVoucher()
    await elsewhere.scan(scanItem(taken))
    const lost = scanItem(voucher, { again: true })
    const outcomes = await phone.scans([
      lost,
      scanItem(world.takeVoucher()),
      scanItem(taken, { again: true }),
      scanItem(makeVoucher(world.keyring, undefined, { isTraining: true }), { again: true }),
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'refused', 'accepted'])
    await phone.scans([lost, scanItem(world.takeVoucher(), { again: true })])
    const rows = await world.sql`select venue_id, day::text, accepted, refused from retold_scans`
    expect([...rows]).toEqual([{ venue_id: world.venues[0]!.id, day: '2026-03-10', accepted: 2, refused: 1 }])
  })
})

describe('the pages', () => {
  const send = (path: string, fields: Record<string, string>, as: { headers: Record<string, string> }) =>
    world.app.request(`/coordination/contestations${path}`, {
      method: 'POST',
      headers: { ...as.headers, origin: 'http://localhost:8080', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  const pageOf = async (path: string, as: { headers: Record<string, string> }) => {
    const answered = await world.app.request(path, { headers: { ...as.headers, accept: 'text/html' } })
    return { status: answered.status, html: await answered.text() }
  }

  test('let a coordinator answer and a second person pay; the venue reads it', async () => {
    const manager = await givenMember(world.sql, 'venue_manager', world.venues[0]!.organisationId)
    const [kept, mended, paid] = [await givenContest(), await givenContest(), await givenContest()]
    const shown = await pageOf('/coordination/contestations', world.coordinator)
    expect(shown.html).toContain('Ce chèque a déjà été utilisé.')
    expect(shown.html).toContain('Refusés cette fois')
    expect(shown.html).not.toContain(kept.scanId)
    expect((await pageOf('/coordination', world.coordinator)).html).toContain('Refus contestés par des lieux')
    expect((await pageOf('/coordination/contestations', manager)).status).toBe(403)

    expect((await send(`/${kept.id}/maintien`, { answer: 'autre' }, world.coordinator)).status).toBe(422)
    expect((await send(`/${kept.id}/maintien`, { answer: 'platform_was_up' }, world.coordinator)).status).toBe(303)
    expect((await send(`/${mended.id}/rescan`, {}, world.coordinator)).status).toBe(303)
    expect((await send(`/${paid.id}/paiement`, { campaignId: world.ids.campaign }, world.coordinator)).status).toBe(303)
    expect((await send(`/${paid.id}/decision`, { decision: 'approve' }, world.coordinator)).status).toBe(403)
    expect((await pageOf('/coordination/contestations', finance)).html).toContain('Approuver le paiement de 10,00')
    expect((await send(`/${paid.id}/decision`, { decision: 'approve' }, finance)).status).toBe(303)
    expect((await send(`/${mended.id}/decision`, { decision: 'approve' }, finance)).status).toBe(404)
    expect((await send('/nobody/rescan', {}, world.coordinator)).status).toBe(404)

    const home = (await pageOf('/lieu', manager)).html
    for (const words of ['Carnet répondait ce jour-là', 'Vous aviez raison', 'Il sera payé'])
      expect(home).toContain(words)
  })
})

test('answers are forgotten after 90 days and counts after 60; what waits stays', async () => {
  const open = await givenContest()
  const db = createContext({ ...world, now: () => new Date('2026-06-09T10:00:00Z'), actor: { kind: 'operator' } })
  await forgetOldContests(db)
  const rows = await world.sql`select id, state from contests`
  expect(rows.map(({ id }) => id)).toContain(open.id)
  expect(rows.filter(({ state }) => state !== 'open')).toEqual([])
  expect(await world.sql`select from retold_scans`).toHaveLength(0)
})
