import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { createPhoneKey, enrolPhone, phoneWith, postEnrolment, publicJwkOf, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'

let world: ScanApp
let production: ScanApp
beforeAll(async () => {
  world = await givenScanApp()
  production = await givenScanApp({ mode: 'production' })
})
beforeEach(() => {
  world.clock.now = new Date('2026-03-10T09:00:00Z')
})
const ofFirstVenue = () => ({ venueId: world.venues[0]!.id })

describe('a phone', () => {
  test('enrols by a token, signs, and scans', async () => {
    const { phone, bundle, deviceId } = await enrolPhone(world.app, await world.enrolmentToken(ofFirstVenue()))
    expect(bundle.venues.map(({ id }) => id)).toEqual([world.venues[0]!.id])
    expect(await phone.scan(scanItem(world.takeVoucher()))).toMatchObject({ outcome: 'accepted' })
    const [row] =
      await world.sql`select octet_length(token_hash) as bytes, token_hash = sha256(${phone.token}::bytea) as hashed,
      label, enrolled_on::text, expires_on::text from devices where id = ${deviceId}`
    expect(row).toEqual({
      bytes: 32,
      hashed: true,
      label: 'Téléphone d’accueil',
      enrolled_on: '2026-03-10',
      expires_on: '2026-06-08',
    })
    expect(Buffer.from(phone.token, 'base64url')).toHaveLength(32)
  })

  test('of an organisation has all its venues', async () => {
    const { organisationId } = world.venues[1]!
    const { bundle } = await enrolPhone(world.app, await world.enrolmentToken({ organisationId }))
    expect(bundle.venues.map(({ id }) => id)).toEqual([world.venues[1]!.id])
  })

  test('needs a key in production, and not in the demo', async () => {
    const venueId = production.venues[0]!.id
    const token = await production.enrolmentToken({ venueId })
    expect(await postEnrolment(production.app, { token })).toMatchObject({
      status: 422,
      body: { code: 'public_key_needed' },
    })
    const { phone } = await enrolPhone(production.app, token)
    expect(await phone.scan(scanItem(production.takeVoucher()))).toMatchObject({ outcome: 'accepted' })
    expect(await production.phones[0]!.send([scanItem(production.takeVoucher())])).toMatchObject({
      status: 401,
      body: { code: 'device_has_no_key' },
    })
    const inDemo = await postEnrolment(world.app, { token: await world.enrolmentToken(ofFirstVenue()) })
    expect(inDemo.status).toBe(201)
  })

  test('with a key that is none keeps its token', async () => {
    const token = await world.enrolmentToken(ofFirstVenue())
    const good = await publicJwkOf(await createPhoneKey())
    for (const publicKey of [{ ...good, y: good.x }, { ...good, crv: 'P-384' }, { ...good, x: 'short' }, {}])
      expect((await postEnrolment(world.app, { token, publicKey })).status).toBe(422)
    expect((await postEnrolment(world.app, { token, publicKey: good })).status).toBe(201)
  })

  test('enrols and scans before the first catalogue is published', async () => {
    await world.sql`delete from catalogue_services`
    await world.sql`delete from catalogue_versions`
    const { phone, bundle } = await enrolPhone(world.app, await world.enrolmentToken(ofFirstVenue()))
    expect(bundle.venues[0]).toMatchObject({ services: [] })
    expect(await phone.scan(scanItem(world.takeVoucher()))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('an enrolment token', () => {
  test('is 128 bits, kept as a hash, for ten minutes', async () => {
    const { status, body } = await world.post(`/venues/${world.venues[0]!.id}/enrolment-tokens`)
    expect(status).toBe(201)
    expect(Buffer.from(body.token as string, 'base64url')).toHaveLength(16)
    expect(body.expiresAt).toBe('2026-03-10T09:10:00.000Z')
    const found =
      await world.sql`select 1 from enrolment_tokens where token_hash = sha256(${body.token as string}::bytea)`
    expect(found).toHaveLength(1)
  })

  test('enrols one of two phones that show it at once', async () => {
    for (let run = 0; run < 5; run++) {
      const token = await world.enrolmentToken(ofFirstVenue())
      const before = await world.sql`select count(*)::int as n from devices`
      const answers = await Promise.all([1, 2].map(() => postEnrolment(world.app, { token })))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 401])
      expect(answers.find(({ status }) => status === 401)!.body).toMatchObject({ code: 'enrolment_token_spent' })
      expect(await world.sql`select count(*)::int as n from devices`).toEqual([{ n: before[0]!.n + 1 }])
    }
  })

  test('enrols nobody after ten minutes, nor when it never was', async () => {
    const token = await world.enrolmentToken(ofFirstVenue())
    world.clock.now = new Date('2026-03-10T09:09:59Z')
    const inTime = await world.enrolmentToken(ofFirstVenue())
    world.clock.now = new Date('2026-03-10T09:10:00Z')
    const refused = { status: 401, body: { code: 'enrolment_token_spent' } }
    expect(await postEnrolment(world.app, { token })).toMatchObject(refused)
    expect(await postEnrolment(world.app, { token: 'AAAAAAAAAAAAAAAAAAAAAA' })).toMatchObject(refused)
    expect((await postEnrolment(world.app, { token: inTime })).status).toBe(201)
  })

  test('is given by a manager for their own organisation, and by a coordinator', async () => {
    const [own, foreign] = world.venues
    const manager = await givenMember(world.sql, 'venue_manager', own!.organisationId)
    const auditor = await givenMember(world.sql, 'auditor')
    const ask = (path: string, as?: { headers: Record<string, string> }) =>
      world.post(`${path}/enrolment-tokens`, {}, as)
    expect((await ask(`/venues/${own!.id}`, manager)).status).toBe(201)
    expect((await ask(`/organisations/${own!.organisationId}`, manager)).status).toBe(201)
    expect((await ask(`/venues/${foreign!.id}`, manager)).status).toBe(404)
    expect((await ask(`/organisations/${foreign!.organisationId}`, manager)).status).toBe(404)
    expect((await ask(`/venues/${randomUUID()}`)).status).toBe(404)
    expect((await ask(`/organisations/${randomUUID()}`)).status).toBe(404)
    expect((await ask(`/venues/${own!.id}`, auditor)).status).toBe(403)
    expect((await ask(`/venues/${own!.id}`, { headers: {} })).status).toBe(401)
  })
})

describe('a phone’s token', () => {
  test('lives ninety days from the last day it was seen', async () => {
    const { phone, deviceId } = await enrolPhone(world.app, await world.enrolmentToken(ofFirstVenue()))
    const seen = async (instant: string) => {
      world.clock.now = new Date(instant)
      const { status } = await phone.bundle()
      const [row] =
        await world.sql`select last_seen_on::text as seen, expires_on::text as until from devices where id = ${deviceId}`
      return { status, ...row }
    }
    expect(await seen('2026-06-08T12:00:00Z')).toEqual({ status: 200, seen: '2026-06-08', until: '2026-09-06' })
    expect(await seen('2026-09-07T12:00:00Z')).toEqual({ status: 401, seen: '2026-06-08', until: '2026-09-06' })
  })

  test('that expired does not scan, even by a server that knew it a moment ago', async () => {
    const { phone, deviceId } = await enrolPhone(world.app, await world.enrolmentToken(ofFirstVenue()))
    await phone.scan(scanItem(world.takeVoucher()))
    const lastDay = (day: string) => world.sql`update devices set expires_on = ${day} where id = ${deviceId}`
    await lastDay('2026-03-10')
    expect(await phone.scan(scanItem(world.takeVoucher()))).toMatchObject({ outcome: 'accepted' })
    await lastDay('2026-03-09')
    expect(await phone.send([scanItem(world.takeVoucher())])).toMatchObject({
      status: 401,
      body: { code: 'device_revoked' },
    })
    expect((await phone.bundle()).status).toBe(401)
  })

  test('is needed, and is one that was given', async () => {
    const body = JSON.stringify({ scans: [scanItem('x')] })
    for (const authorization of ['', 'Bearer', 'Bearer unknown', `Basic ${world.venues[0]!.token}`])
      expect((await world.phones[0]!.ask('POST', '/scans', body, { authorization })).status).toBe(401)
    const lowerCase = await world.phones[0]!.ask('POST', '/scans', body, {
      authorization: `bearer ${world.venues[0]!.token}`,
    })
    expect(lowerCase.status).toBe(200)
  })
})

describe('a signature', () => {
  test('is needed, and is over the body as it was sent', async () => {
    const { phone } = await enrolPhone(world.app, await world.enrolmentToken(ofFirstVenue()))
    const { phone: other } = await enrolPhone(world.app, await world.enrolmentToken(ofFirstVenue()))
    const item = scanItem(world.takeVoucher())
    const wrong = { status: 401, body: { code: 'request_signature_wrong' } }
    const body = JSON.stringify({ scans: [item] })
    for (const signature of ['', 'AAAA', Buffer.alloc(32).toString('base64url')]) {
      const answer = await phone.ask('POST', '/scans', body, { 'x-signature': signature })
      expect({ status: answer.status, body: await answer.json() }).toMatchObject(wrong)
    }
    expect(await phoneWith(world.app, phone.token).send([item])).toMatchObject(wrong)
    const stolen = await other.ask('POST', '/scans', body, { authorization: `Bearer ${phone.token}` })
    expect(stolen.status).toBe(401)
    expect((await phone.ask('POST', '/checks', '{"code":"x"}', { 'x-signature': 'AAAA' })).status).toBe(401)
    expect((await phone.ask('POST', `/scans/${item.scanId}/reversal`, '{}', { 'x-signature': 'AAAA' })).status).toBe(
      401,
    )
    const correction = JSON.stringify({ service: 'A02' })
    expect(
      (await phone.ask('POST', `/scans/${item.scanId}/correction`, correction, { 'x-signature': 'AAAA' })).status,
    ).toBe(401)
    expect(await phone.story(item.scanId)).toMatchObject({ status: 404 })
    expect(await phone.scan(item)).toMatchObject({ outcome: 'accepted' })
  })
})
