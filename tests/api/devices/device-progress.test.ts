import { randomUUID } from 'node:crypto'
import { forgetOldCounts } from '@carnet/api/devices/forget-old-counts.ts'
import { createProgressBook } from '@carnet/api/devices/progress-book.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { phoneWith, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { insertVenue, makeVoucher } from '../../helpers/scan-world.ts'

let world: ScanApp
beforeAll(async () => {
  world = await givenScanApp({ venues: 7 })
})
beforeEach(() => {
  world.clock.now = new Date('2026-03-10T09:00:00Z')
})
const newVenuePhone = async (at: number) => {
  const venue = await insertVenue(world.sql, at)
  return { venue, phone: phoneWith(world.app, venue.token) }
}

describe('what a phone still owes', () => {
  test('is told to it, and to its manager', async () => {
    const { venue, phone } = await newVenuePhone(66)
    const send = async (seqs: number[], pending: number) => {
      const { body } = await phone.send(
        seqs.map((seq) => scanItem(world.takeVoucher(), { seq })),
        { pending, oldestAgeS: 7200 },
      )
      return { ackedSeq: body.ackedSeq, gaps: body.gaps }
    }
    expect(await send([41, 42], 3)).toEqual({ ackedSeq: 42, gaps: [] })
    expect(await send([45], 3)).toEqual({ ackedSeq: 45, gaps: [43, 44] })
    expect(await send([43], 2)).toEqual({ ackedSeq: 45, gaps: [44] })
    await flush()
    const manager = await givenMember(world.sql, 'venue_manager', venue.organisationId)
    const answer = await world.app.request('/api/v1/devices', { headers: manager.headers })
    const { items } = (await answer.json()) as { items: unknown[] }
    expect(items).toEqual([
      expect.objectContaining({ id: venue.deviceId, pending: 2, gaps: 1, unknownCodesToday: 0, state: 'active' }),
    ])
    expect(await send([44], 0)).toEqual({ ackedSeq: 45, gaps: [] })
  })

  test('is merged from what two processes saw, whichever writes first', async () => {
    const { venue } = await newVenuePhone(68)
    const { deviceId } = venue
    const [one, two] = [createProgressBook(world.db), createProgressBook(world.db)]
    await one.note({ deviceId, seqs: [1, 2, 5], pending: 4 })
    await two.note({ deviceId, seqs: [3, 6], pending: 2 })
    await Promise.all([one.flush(operator()), two.flush(operator())])
    const [row] = await world.sql`select acked_seq, gaps from device_progress where device_id = ${deviceId}`
    expect(row).toEqual({ acked_seq: 6, gaps: [4] })
    expect(await one.note({ deviceId, seqs: [7], pending: 1 })).toEqual({ ackedSeq: 7, gaps: [4] })
    expect(await two.note({ deviceId, seqs: [4], pending: 0 })).toEqual({ ackedSeq: 6, gaps: [] })
  })

  test('is written later when the database was away', async () => {
    const { venue } = await newVenuePhone(69)
    const { deviceId } = venue
    const book = createProgressBook(world.db)
    await book.note({ deviceId, seqs: [1, 3], pending: 1 })
    await world.sql`alter table device_progress rename to device_progress_away`
    await expect(book.flush(operator())).rejects.toThrow()
    await book.note({ deviceId, seqs: [4], pending: 0 })
    await world.sql`alter table device_progress_away rename to device_progress`
    await book.flush(operator())
    const rows = await world.sql`select acked_seq, gaps, pending from device_progress where device_id = ${deviceId}`
    expect(rows).toEqual([{ acked_seq: 4, gaps: [2], pending: 0 }])
  })
})

const operator = () => {
  const { db, keyring, clock } = world
  return createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
}
const flush = () => world.scanning.parts.progress.flush(operator())

test('phones are listed page by page, to managers their own', async () => {
  const auditor = await givenMember(world.sql, 'auditor')
  const page = async (query: string) =>
    (await (await world.app.request(`/api/v1/devices?${query}`, { headers: auditor.headers })).json()) as {
      items: { id: string; organisationId: string }[]
      nextCursor: string | null
    }
  const all = (await page('limit=500')).items.map(({ id }) => id)
  const read: string[] = []
  for (let cursor = ''; ; ) {
    const { items, nextCursor } = await page(`limit=3${cursor}`)
    read.push(...items.map(({ id }) => id))
    if (nextCursor === null) break
    cursor = `&cursor=${nextCursor}`
  }
  expect(all.length).toBeGreaterThan(6)
  expect(read).toEqual(all)
  const { organisationId } = world.venues[0]!
  const manager = await givenMember(world.sql, 'venue_manager', organisationId)
  const own = await world.app.request('/api/v1/devices', { headers: manager.headers })
  const { items } = (await own.json()) as { items: { organisationId: string }[] }
  expect(new Set(items.map((item) => item.organisationId))).toEqual(new Set([organisationId]))
  const funder = await givenMember(world.sql, 'funder', randomUUID())
  expect((await world.app.request('/api/v1/devices', { headers: funder.headers })).status).toBe(403)
})

test('a changed generation is told with every answer', async () => {
  const before = (await world.phones[0]!.send([scanItem(world.takeVoucher())])).body.generation
  expect(before).toBe(world.keyring.generation())
  const after = world.keyring.replaceGeneration()
  expect((await world.phones[0]!.send([scanItem(world.takeVoucher())])).body.generation).toBe(after)
  expect(after).not.toBe(before)
})

test('counts against guessing and spent enrolment tokens are forgotten', async () => {
  const { venue, phone } = await newVenuePhone(70)
  await phone.scan(scanItem(makeVoucher(world.keyring)))
  await world.enrolmentToken({ venueId: venue.id })
  const left = async () => {
    const [row] =
      await world.sql`select (select count(*)::int from device_days where device_id = ${venue.deviceId}) as days,
      (select count(*)::int from enrolment_tokens) as tokens`
    return row
  }
  await forgetOldCounts(operator())
  expect(await left()).toMatchObject({ days: 1 })
  world.clock.now = new Date('2026-05-10T09:00:00Z')
  await forgetOldCounts(operator())
  expect(await left()).toEqual({ days: 0, tokens: 0 })
})
