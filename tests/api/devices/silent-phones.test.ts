import { warnOfSilentPhones } from '@carnet/api/devices/warn-of-silent-phones.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { enrolPhone, postEnrolment, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'

let world: ScanApp
beforeAll(async () => {
  world = await givenScanApp()
  await givenMember(world.sql, 'venue_manager', world.venues[0]!.organisationId)
  await givenMember(world.sql, 'venue_manager', world.venues[1]!.organisationId)
})
beforeEach(async () => {
  world.clock.now = new Date('2026-03-10T09:00:00Z')
  await world.sql`delete from mails`
})
const operator = () => {
  const { db, keyring, clock } = world
  return createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
}
const later = (days: number) => {
  world.clock.now = new Date(Date.parse('2026-03-10T09:00:00Z') + days * 86_400_000)
}
const mails = () => world.sql<{ template: string; facts: Record<string, unknown> }[]>`select template, facts from mails`

/** A phone that sent one scan and said that three more were left on it. */
async function givenOwingPhone() {
  const token = await world.enrolmentToken({ venueId: world.venues[0]!.id })
  const owing = await enrolPhone(world.app, token, 'Accueil')
  await owing.phone.send([scanItem(world.takeVoucher(), { seq: 1 })], { pending: 3 })
  await world.scanning.parts.progress.flush(operator())
  await world.sql`delete from mails`
  return owing
}

test('a phone that went silent with scans on it is told to its managers after three days, once', async () => {
  const { phone, deviceId } = await givenOwingPhone()
  later(2)
  expect(await warnOfSilentPhones(operator())).toBe(0)
  later(3)
  expect(await warnOfSilentPhones(operator())).toBe(1)
  expect(await mails()).toEqual([
    { template: 'silent_phone', facts: { label: 'Accueil', count: 3, day: '2026-03-10' } },
  ])
  later(4)
  expect(await warnOfSilentPhones(operator())).toBe(0)
  // Heard again, and silent again: another silence.
  await phone.send([scanItem(world.takeVoucher(), { seq: 2 })], { pending: 2 })
  await world.scanning.parts.progress.flush(operator())
  later(8)
  expect(await warnOfSilentPhones(operator())).toBe(1)
  await world.sql`update device_progress set pending = 0 where device_id = ${deviceId}`
})

test('a phone whose memory was wiped is linked anew: the managers hear of what it owed', async () => {
  const { deviceId } = await givenOwingPhone()
  await enrolPhone(world.app, await world.enrolmentToken({ venueId: world.venues[0]!.id }), 'Encore')
  expect(await mails()).toEqual([
    { template: 'phone_enrolled_anew', facts: { label: 'Accueil', count: 3, day: '2026-03-10' } },
  ])
  await world.sql`update device_progress set pending = 0 where device_id = ${deviceId}`
})

test('a phone that kept its queue says what it was: its former token ends, and nobody is told', async () => {
  const { phone, deviceId, publicKey } = await givenOwingPhone()
  const token = await world.enrolmentToken({ venueId: world.venues[0]!.id })
  const { status } = await postEnrolment(world.app, { token, label: 'Accueil', publicKey, replaces: deviceId })
  expect(status).toBe(201)
  expect(await mails()).toEqual([])
  expect((await phone.bundle()).status).toBe(401)
  later(5)
  expect(await warnOfSilentPhones(operator())).toBe(0)
})

test('a phone of another organisation is nothing that one could have been', async () => {
  const { phone, deviceId, publicKey } = await givenOwingPhone()
  const token = await world.enrolmentToken({ venueId: world.venues[1]!.id })
  await postEnrolment(world.app, { token, label: 'Autre', publicKey, replaces: deviceId })
  expect((await phone.bundle()).status).toBe(200)
})
