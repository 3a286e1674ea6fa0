import { addDays, type Day } from '@carnet/api/shared/days.ts'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { givenEndingWorld } from '../../helpers/ending-world.ts'
import { givenMember } from '../../helpers/members.ts'

const world = await givenEndingWorld()
const { app, sql, people, ccas, get, post, givenOpen, balancesOf, givenFunderMember } = world
const { at, everyHour, mailsOf, endingOf, coversOf, scan, givenCalls, givenInvoices, declare, approve, blockedCovers } =
  world
const start = '2026-03-10'
const expectSoundMoney = async () => expect(await world.findBroken()).toEqual([])
afterEach(expectSoundMoney)

const late = (id: string, as = people.state) => post(`/campaigns/${id}/late-handouts-signature`, undefined, as)

test('from thirty days before the last day to the signed joint statement, day by day', async () => {
  onTestFinished(() => at(start))
  const id = await givenOpen()
  const state = await givenInvoices(await givenCalls(id))
  const first = await coversOf(id)
  await scan(id, 30)
  await sql`insert into handouts values (${ccas.id}, ${id}, '2026-03-01', 40)`
  // The month of the alert is not over on its last day: what it counts so far would tell that day's hand-outs.
  await sql`insert into handouts values (${ccas.id}, ${id}, '2026-05-01', 7)`
  const mails: Record<Day, Record<string, number>> = {}
  let blocked = 0

  for (let day = addDays('2026-06-30', -31); day <= '2026-08-06'; day = addDays(day, 1)) {
    at(day)
    await everyHour()
    mails[day] = await mailsOf(id)
    if (day === '2026-06-01') await sql`delete from handouts where month = '2026-05-01' and campaign_id = ${id}`
    if (day === '2026-06-14') expect((await declare(id, [[first + 40, first + 45]])).code).toBe('step_not_begun')
    if (day === '2026-06-16') blocked = await blockWhatIsLeft(id, first)
    if (day === '2026-06-22') expect((await late(id)).body.code).toBe('step_not_begun')
    if (day === '2026-06-23') await signLateHandouts(id)
    if (day.endsWith('-01') || day > '2026-08-04') await expectSoundMoney()
  }
  expect(blocked).toBe(10)

  expect(mails['2026-05-30']).toEqual({})
  // Two funders and two coordinators; two funders and the CCAS; two funders; two funders and two coordinators.
  expect(mails['2026-05-31']).toEqual({ ending_alert: 4 })
  expect(mails['2026-06-15']).toEqual({ ending_alert: 4, ending_blocking: 2, ending_stop: 1 })
  expect(mails['2026-06-23']).toMatchObject({ ending_late: 2 })
  expect(mails['2026-08-05']).not.toHaveProperty('ending_settled')
  expect(mails['2026-08-06']).toMatchObject({ ending_alert: 4, ending_stop: 1, ending_settled: 4 })
  expect(await endingOf(id)).toMatchObject({
    counts: { issuedBooks: 50, handedOutBooks: 40, startedBooks: null },
    steps: [
      { step: 'alert', on: '2026-05-31', doneOn: '2026-05-31', mailCount: 4 },
      { step: 'stop_handouts', doneOn: '2026-06-15', mailCount: 3 },
      { step: 'late_handouts', doneOn: '2026-06-23', mailCount: 2 },
      { step: 'last_day', doneOn: '2026-06-30', mailCount: 0 },
      { step: 'grace_ends', doneOn: '2026-07-31', mailCount: 0 },
      { step: 'settled', doneOn: '2026-08-06', mailCount: 4 },
    ],
  })
  expect(await balancesOf(id)).toMatchObject({ issued: 30_000, expired: 470_000, available: 500_000, bank: 1_000_000 })

  const [own] = (await get(`/campaigns/${id}/joint-statements`, people.state)).body.items
  expect((await get(`/campaigns/${id}/joint-statements`)).body.items).toHaveLength(2)
  const content = JSON.parse(own.content)
  expect(content).toMatchObject({
    partCents: 350,
    vouchers: { issued: 500, used: 30, expired: 470 },
    cents: { received: 350_000, used: 10_500, expired: 164_500, available: 175_000, credited: 164_500, notInvoiced: 0 },
    creditNotes: ['A2026-0001', 'A2026-0002'],
  })
  const { received, used, expired, available } = content.cents
  expect(received).toBe(used + expired + available)
  const notes =
    await sql`select amount_cents::int as cents, credited_id, issued_by from invoices where kind = 'credit_note' order by number`
  expect(notes).toEqual([
    { cents: 100_000, credited_id: state[0], issued_by: null },
    { cents: 64_500, credited_id: state[1], issued_by: null },
  ])
  await signBothSides(own)
  await undoneLater(id)
})

/** The CCAS declares ten covers; both funders approve that very list, and these ten are blocked. */
async function blockWhatIsLeft(id: string, first: number): Promise<number> {
  expect((await declare(id, [[first + 49, first + 50]])).code).toBe('covers_not_in_stock')
  expect((await declare(id, [[first, first]], await world.givenPrescriberMember())).code).toBe('prescriber_not_found')
  expect((await declare(id, [[first, first]], people.coordinator, crypto.randomUUID())).code).toBe(
    'prescriber_not_found',
  )
  // Forty of fifty were handed out; no cover left the shelf.
  expect(await declare(id, [[first + 39, first + 49]])).toMatchObject({ code: 'more_than_left', facts: { left: 10 } })
  expect(await declare(id, [[first + 30, first + 39]])).toEqual({ books: 10 })
  const { blocking: shown } = await endingOf(id)
  // What is said last counts, and what was shown before is no longer what would be approved.
  expect(
    await declare(id, [
      [first + 45, first + 49],
      [first + 40, first + 45],
    ]),
  ).toEqual({ books: 10 })
  expect((await approve(id, shown.sha256)).code).toBe('blocking_changed')
  const { blocking } = await endingOf(id)
  // Who never had a book of the campaign has nothing to say about it.
  const other = (await post('/prescribers', { name: 'Maraude' })).body.id
  expect((await declare(id, [], await givenMember(sql, 'prescriber', other), other)).code).toBe('covers_not_in_stock')
  expect((await endingOf(id)).blocking.sha256).toBe(blocking.sha256)
  expect(blocking).toMatchObject({ books: 10, ranges: [{ firstCover: first + 40, lastCover: first + 49 }] })

  const stranger = await givenFunderMember()
  expect((await approve(id, blocking.sha256, stranger)).code).toBe('campaign_not_found')
  expect((await approve(id, blocking.sha256, people.coordinator)).code).toBe('role_not_allowed')
  const twice = await Promise.all([approve(id, blocking.sha256), approve(id, blocking.sha256)])
  expect(twice.map(({ code }) => code ?? 'signed').sort()).toEqual(['signed', 'signed_already'])
  expect(await blockedCovers(id)).toEqual([])
  expect(await approve(id, blocking.sha256, people.city)).toEqual({ blocked: 10 })
  expect((await endingOf(id)).approvals).toHaveLength(2)

  expect((await declare(id, [[first + 39, first + 49]])).code).toBe('more_than_left')
  // One was counted too many: another list, approved again, and nothing is blocked twice.
  await sql`update handouts set books = 39 where campaign_id = ${id}`
  await declare(id, [[first + 39, first + 49]])
  const more = (await endingOf(id)).blocking.sha256
  await Promise.all([approve(id, more), approve(id, more, people.city)])
  const orders =
    await sql`select first_cover, last_cover, reason, asked_by from stop_orders where campaign_id = ${id} order by 1`
  expect(orders).toEqual([
    { first_cover: first + 39, last_cover: first + 39, reason: 'end_of_validity', asked_by: 'funder' },
    { first_cover: first + 40, last_cover: first + 49, reason: 'end_of_validity', asked_by: 'funder' },
  ])
  expect(await blockedCovers(id)).toHaveLength(11)
  return 10
}

async function signLateHandouts(id: string) {
  expect((await late(id, await givenFunderMember())).body.code).toBe('campaign_not_found')
  const twice = await Promise.all([late(id), late(id)])
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await late(id, people.city)).body.lateHandouts).toHaveLength(2)
}

type Joint = { id: string; sha256: string; content: string }

async function signBothSides({ id, sha256, content }: Joint) {
  const sign = async (as = people.state, shown = sha256) =>
    (await post(`/joint-statements/${id}/signature`, { sha256: shown }, as)).body
  expect((await sign(people.city)).code).toBe('joint_statement_not_found')
  expect((await sign(people.state, '0'.repeat(64))).code).toBe('joint_statement_differs')
  const twice = await Promise.all([sign(), sign()])
  expect(twice.map(({ code }) => code ?? 'signed').sort()).toEqual(['signed', 'signed_already'])
  expect(await sign(people.coordinator)).toMatchObject({
    coordinatorSignedOn: '2026-08-06',
    funderSignedOn: '2026-08-06',
  })
  expect((await sign(people.second)).code).toBe('signed_already')
  const { createHash } = await import('node:crypto')
  expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
  const only = { constraint_name: 'joint_statements_are_only_signed' }
  for (const change of [
    sql`update joint_statements set content = '{}' where id = ${id}`,
    sql`update joint_statements set signer_id = coordinator_id where id = ${id}`,
    sql`delete from joint_statements where id = ${id}`,
  ])
    await expect(change).rejects.toMatchObject(only)
  const paper = async (lang: string) =>
    Buffer.from(
      await (
        await app.request(`/api/v1/joint-statements/${id}/paper.pdf?lang=${lang}`, { headers: people.state.headers })
      ).arrayBuffer(),
    )
  expect((await paper('fr')).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await paper('fr')).equals(await paper('fr'))).toBe(true)
}

/** A scan that is undone after the end: another credit note, another statement, and the signed one stays as it is. */
async function undoneLater(id: string) {
  await sql`update redemptions set state = 'reversed' where campaign_id = ${id} and tag = (
    select tag from redemptions where campaign_id = ${id} limit 1)`
  await everyHour()
  const items = (await get(`/campaigns/${id}/joint-statements`, people.state)).body.items
  expect(items.map(({ number }: { number: number }) => number)).toEqual([1, 2])
  expect(JSON.parse(items[1].content)).toMatchObject({
    vouchers: { used: 29, expired: 471 },
    cents: { expired: 164_850, credited: 164_850 },
    creditNotes: ['A2026-0001', 'A2026-0002', 'A2026-0003'],
  })
  expect(items[0].funderSignedOn).toBe('2026-08-06')
  const [note] =
    await sql`select amount_cents::int as cents from invoices where kind = 'credit_note' order by number desc limit 1`
  expect(note).toEqual({ cents: 350 })
}

test('after weeks of outage each step is done once, and nobody reads what is no longer of use', async () => {
  onTestFinished(() => at(start))
  const id = await givenOpen()
  at('2026-06-24')
  await everyHour()
  expect(await mailsOf(id)).toEqual({ ending_alert: 4, ending_blocking: 2, ending_stop: 1, ending_late: 2 })
  expect((await endingOf(id)).steps.filter(({ doneOn }: { doneOn: Day | null }) => doneOn !== null)).toHaveLength(3)
  at('2026-09-20')
  await everyHour()
  expect(await mailsOf(id)).toEqual({
    ...{ ending_alert: 4, ending_blocking: 2, ending_stop: 1, ending_late: 2, ending_settled: 4 },
  })
  expect(await balancesOf(id)).toMatchObject({ issued: 0, expired: 500_000, available: 500_000 })

  const other = await givenOpen({ startsOn: '2026-03-01', endsOn: '2026-09-30' })
  at('2026-12-01')
  await everyHour()
  expect(await mailsOf(other)).toEqual({ ending_settled: 4 })
  const audited =
    await sql`select count(*)::int from audit_log where action = 'joint_statements_made' and details->>'campaignId' = ${other}`
  expect(audited).toEqual([{ count: 1 }])
})
