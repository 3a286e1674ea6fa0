import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '@carnet/api/app.ts'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import type { DeskTrouble } from '@carnet/api/redemptions/known-periods.ts'
import { createTroubleLog } from '@carnet/api/redemptions/trouble-log.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { connectDatabase } from '@carnet/db'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../helpers/database.ts'
import { givenMember } from '../../helpers/members.ts'
import { closeEnvelope, phoneWith, scanItem } from '../../helpers/phone.ts'
import { givenScanWorld, makeVoucher, type TestVoucher } from '../../helpers/scan-world.ts'

const { url, sql } = await createTestDatabase()
const { db, end } = connectDatabase(url, { role: 'carnet_app' })
const place = mkdtempSync(join(tmpdir(), 'carnet-keyring-'))
const [directory, copyDirectory] = [join(place, 'first'), join(place, 'second')]
const real = createKeyring({ directory, copyDirectory })
const { vouchers, venues } = await givenScanWorld(sql, real, { vouchers: 60 })
afterAll(async () => {
  await end()
  rmSync(place, { recursive: true, force: true })
})

/** A server process that starts now, and what it told of its troubles. */
function startProcess() {
  const troubles: DeskTrouble[] = []
  const keyring = createKeyring({ directory, copyDirectory })
  const counted = { ...keyring, reread: vi.fn(keyring.reread) }
  const now = () => new Date('2026-03-10T09:00:00Z')
  const mode = 'demo'
  const common = { db, now, keyring: counted, mode } as const
  const scanning = createScanning({
    ...common,
    ...{ url, prepare: true, generation: keyring.generation },
    onTrouble: (trouble) => troubles.push(trouble),
  })
  open.push(scanning.close)
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const app = createApp({ ...common, publicUrl: 'http://localhost', scanning: scanning.parts, log })
  return {
    app,
    lines,
    phone: phoneWith(app, venues[0]!.token),
    troubles,
    scanning,
    reread: counted.reread,
  }
}
const open: (() => Promise<void>)[] = []
let taken = 0
const takeVoucher = (): TestVoucher => vouchers[taken++]!

const bothCopies = (name: string) => [join(directory, name), join(copyDirectory, name)]
/** Takes a file away from both copies; gives back what puts it there again. */
function lose(name: string): () => void {
  const bytes = readFileSync(bothCopies(name)[0]!)
  for (const path of bothCopies(name)) rmSync(path)
  return () => {
    for (const path of bothCopies(name)) writeFileSync(path, bytes, { mode: 0o600 })
  }
}
const countRows = async () => {
  const [row] =
    await sql`select (select count(*) from redemptions)::int as redemptions, (select count(*) from scan_receipts)::int as receipts`
  return row
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(async () => {
  vi.useRealTimers()
  for (const close of open.splice(0)) await close()
})
const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

describe('while the key of a live month is lost', () => {
  test('nothing is accepted, everything waits, and it is told', async () => {
    const { phone, troubles, scanning, reread } = startProcess()
    const known = scanItem(takeVoucher(), { seq: 1 })
    expect(await phone.scan(known)).toMatchObject({ outcome: 'accepted' })
    const putBack = lose('periods/1.key')
    await scanning.parts.desk.rereadPeriods()
    const before = await countRows()
    reread.mockClear()

    const waiting = [scanItem(takeVoucher(), { seq: 2 }), scanItem(takeVoucher().typed, { seq: 3 })]
    for (let times = 0; times < 5; times++)
      expect((await phone.send([...waiting, scanItem('nonsense', { seq: 4 })])).body).toMatchObject({
        results: [{ outcome: 'retry' }, { outcome: 'retry' }, { outcome: 'refused' }],
        ackedSeq: 4,
        gaps: [2, 3],
      })
    expect(await phone.scan(known)).toMatchObject({ outcome: 'retry' })
    expect(await phone.check({ code: takeVoucher().qr })).toEqual({ status: 200, body: { outcome: 'retry' } })
    const later503 = { status: 503, body: { code: 'try_again' } }
    expect(await phone.story(known.scanId)).toMatchObject(later503)
    expect(await phone.reverse(known.scanId)).toMatchObject(later503)
    expect(await phone.correct(known.scanId, 'A02')).toMatchObject(later503)
    expect(await countRows()).toEqual(before)
    expect(new Set(troubles)).toEqual(new Set(['keyring']))
    expect(reread).not.toHaveBeenCalled()

    later(2_001)
    expect(await phone.scan(waiting[0])).toMatchObject({ outcome: 'retry' })
    expect(reread).toHaveBeenCalledTimes(1)
    putBack()
    later(2_001)
    expect((await phone.send(waiting)).body).toMatchObject({
      results: [{ outcome: 'accepted' }, { outcome: 'accepted' }],
      ackedSeq: 4,
      gaps: [],
    })
  })
})

test('a saved queue handed in while a key is lost waits whole, is written down, and nothing undone is ever accepted', async () => {
  const { app, scanning } = startProcess()
  const { id: venueId, organisationId } = venues[0]!
  const { headers } = await givenMember(sql, 'venue_manager', organisationId)
  const closed = async () => {
    const { scanId, code, service, day } = scanItem(takeVoucher())
    return { scanId, venueId, envelope: await closeEnvelope(real.queuePublicKey, scanId, { code, service, day }) }
  }
  const [undone, kept] = [await closed(), await closed()]
  const reversals = [{ scanId: undone.scanId, venueId }]
  const body = JSON.stringify({ format: 'carnet-queue-1', scans: [undone, kept], reversals })
  const give = async () => {
    const request = { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }
    return (await app.request(`/api/v1/organisations/${organisationId}/queue-imports`, request)).json()
  }
  const putBack = lose('periods/1.key')
  await scanning.parts.desk.rereadPeriods()
  const retry = { outcome: 'retry' }
  expect(await give()).toMatchObject({ accepted: 0, refused: 0, retry: 3, reversals: 0, results: [retry, retry] })
  const left = await sql`select state from devices where label like 'Fichier %'`
  expect(left).toEqual([{ state: 'revoked' }])
  expect(await sql`select from audit_log where action = 'queue_imported'`).toHaveLength(1)
  putBack()
  later(2_001)
  // Scans could be told again, undoings not yet: what was undone is held back with them.
  const { desk } = scanning.parts
  const told = vi.spyOn(desk, 'askUnderPeriods').mockResolvedValue(null)
  expect(await give()).toMatchObject({ accepted: 1, refused: 0, retry: 2, results: [retry, { outcome: 'accepted' }] })
  told.mockRestore()
  expect(await give()).toMatchObject({ accepted: 1, refused: 1, retry: 0, reversals: 1 })
})

describe('while the keyring cannot be read', () => {
  test('a process that starts answers retry, never an error', async () => {
    const { phone, troubles, reread } = startProcess()
    const [, second] = bothCopies('periods/1.key')
    const bytes = readFileSync(second!)
    writeFileSync(second!, Buffer.alloc(32, 7))
    for (let times = 0; times < 3; times++) {
      expect(await phone.scan(scanItem(vouchers[50]!))).toMatchObject({ outcome: 'retry' })
      expect((await phone.check({ code: vouchers[50]!.qr })).body).toEqual({ outcome: 'retry' })
    }
    expect(await phone.story(scanItem('x').scanId)).toMatchObject({ status: 503, body: { code: 'try_again' } })
    expect(new Set(troubles)).toEqual(new Set(['keyring']))
    expect(reread).toHaveBeenCalledTimes(1)
    writeFileSync(second!, bytes)
    later(2_001)
    expect(await phone.scan(scanItem(vouchers[50]!))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('while the key of some codes is lost', () => {
  test('vouchers that were made under it are not told unknown, and others pass', async () => {
    const second = real.createKid()
    const ofSecond = makeVoucher(real)
    await sql`insert into vouchers (code_mac, campaign_id, book_id, block_hash)
      select ${real.codeMac(second, ofSecond.code)!}, campaign_id, book_id, block_hash from vouchers limit 1`
    const { phone, scanning } = startProcess()
    const putBack = lose('code/1.key')
    await scanning.parts.desk.rereadPeriods()
    const voucher = takeVoucher()
    expect(await phone.scan(scanItem(voucher))).toMatchObject({ outcome: 'retry' })
    expect(await phone.scan(scanItem(voucher.typed))).toMatchObject({ outcome: 'retry' })
    expect((await phone.check({ code: voucher.typed })).body).toEqual({ outcome: 'retry' })
    expect(await phone.scan(scanItem(ofSecond.typed))).toMatchObject({ outcome: 'accepted' })
    expect(await phone.scan(scanItem('nonsense'))).toMatchObject({ reason: 'malformed_code' })
    putBack()
    await scanning.parts.desk.rereadPeriods()
    expect(await phone.scan(scanItem(voucher.typed))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('what is logged', () => {
  test('of a bug on a phone’s route is the place, and nothing of the request', async () => {
    const { phone, lines } = startProcess()
    const unknown = makeVoucher(real)
    const item = scanItem(unknown)
    await sql`alter table device_days rename column unknown_codes to counted`
    const answers = [await phone.send([item, scanItem(unknown.typed)]), await phone.check({ code: unknown.typed })]
    await sql`alter table device_days rename column counted to unknown_codes`
    expect(answers.map(({ status }) => status)).toEqual([500, 500])
    expect(lines.map((line) => JSON.parse(line).route)).toEqual(['/api/v1/device/scans', '/api/v1/device/checks'])
    const { id, deviceId, token, organisationId } = venues[0]!
    const secrets = [id, deviceId, token, organisationId, item.scanId, unknown.qr, unknown.typed, unknown.codeMac]
    expect(secrets.filter((secret) => lines.join().includes(secret))).toEqual([])
    expect(await phone.scan(item)).toMatchObject({ outcome: 'refused', reason: 'unknown_voucher' })
  })

  test('of scans that wait is why, at most once a minute', () => {
    const lines: string[] = []
    const tell = createTroubleLog((line) => lines.push(line))
    for (const trouble of ['keyring', 'keyring', 'database', 'keyring'] as const) tell(trouble)
    later(60_001)
    tell('keyring')
    expect(lines.map((line) => JSON.parse(line).trouble)).toEqual(['keyring', 'database', 'keyring'])
  })
})

describe('while the database does not answer', () => {
  test('scans wait, and it is told', async () => {
    const { phone, troubles } = startProcess()
    const item = scanItem(takeVoucher())
    await sql`revoke execute on function redeem_scans from carnet_scan`
    expect(await phone.scan(item)).toMatchObject({ outcome: 'retry' })
    expect(troubles).toEqual(['database'])
    await sql`grant execute on function redeem_scans to carnet_scan`
    expect(await phone.scan(item)).toMatchObject({ outcome: 'accepted' })
  })

  test('and no month is open, scans wait', async () => {
    const { phone, troubles } = startProcess()
    await sql`update periods set state = 'closed' where id = 1`
    expect(await phone.scan(scanItem(vouchers[55]!))).toMatchObject({ outcome: 'retry' })
    expect(troubles).toEqual(['periods'])
  })
})
