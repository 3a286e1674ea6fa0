import { randomUUID } from 'node:crypto'
import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestKeyring } from '../../helpers/app.ts'
import { closeEnvelope, type Phone, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'
import { worldToday } from '../../helpers/scan-world.ts'

let world: ScanApp
let phone: Phone
beforeAll(async () => {
  world = await givenScanApp()
  phone = world.phones[0]!
})

const closed = async ({ scanId, code, service, day }: ReturnType<typeof scanItem>) => ({
  scanId,
  envelope: await closeEnvelope(world.keyring.queuePublicKey, scanId, { code, service, day }),
})

describe('one scan in another form is the same scan', () => {
  test('QR, typed code and envelope have one outcome', async () => {
    const voucher = world.takeVoucher()
    const item = scanItem(voucher)
    const first = await phone.scan({ ...item, seq: 1, offline: false, ageS: 0 })
    expect(first).toMatchObject({ outcome: 'accepted', now: 'accepted' })
    for (const form of [
      { ...item, seq: 9, offline: true, ageS: 86_400 },
      { ...item, code: voucher.typed },
      { ...item, scanId: item.scanId.toUpperCase(), venueId: world.venues[0]!.id },
      await closed(item),
      await closed({ ...item, code: voucher.typed }),
    ])
      expect(await phone.scan(form)).toEqual(first)
  })

  test.each([
    ['another service', { service: 'A02' }],
    ['another day', { day: '2026-03-09' }],
    ['another day that counts as the same', { day: '2020-01-01' }],
  ])('with %s it is another scan', async (_, also) => {
    const item = scanItem(world.takeVoucher())
    await phone.scan(item)
    expect(await phone.scan({ ...item, ...also })).toMatchObject({ outcome: 'refused', reason: 'scan_id_reused' })
    expect(await phone.scan(await closed({ ...item, ...also }))).toMatchObject({ reason: 'scan_id_reused' })
    expect(await phone.scan(item)).toMatchObject({ outcome: 'accepted' })
  })

  test('a day of another century is part of it as it was sent', async () => {
    const item = scanItem(world.takeVoucher(), { day: '1970-01-01' })
    expect(await phone.scan(item)).toMatchObject({ outcome: 'accepted' })
    expect(await phone.scan({ ...item, day: '1970-01-02' })).toMatchObject({ reason: 'scan_id_reused' })
    expect(await phone.scan(item)).toMatchObject({ outcome: 'accepted' })
  })

  test('a typed code is read as people write it', async () => {
    const ways = [
      (typed: string) => typed.toLowerCase(),
      (typed: string) => typed.replaceAll('-', ' '),
      (typed: string) => typed.replaceAll('-', ''),
      (typed: string) => typed.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('V', 'u'),
      (typed: string) => ` ${typed.replaceAll('0', 'o').replaceAll('1', 'I')}  `,
    ]
    for (const write of ways) {
      const voucher = world.takeVoucher()
      expect(await phone.scan(scanItem(write(voucher.typed)))).toMatchObject({ outcome: 'accepted' })
      expect(await phone.scan(scanItem(voucher))).toMatchObject({ reason: 'already_used', usedHere: true })
    }
    const [row] = await world.sql`select count(*)::int as typed from redemptions where is_typed`
    expect(row).toEqual({ typed: ways.length })
  })

  test('a typed code of another key is found too', async () => {
    const { keyring, sql } = world
    const second = keyring.createKid()
    const voucher = world.takeVoucher()
    const code = Uint8Array.from(crypto.getRandomValues(new Uint8Array(8)))
    code[0]! &= 15
    await sql`insert into vouchers (code_mac, campaign_id, book_id, block_hash)
      values (${keyring.codeMac(second, code)!}, ${world.ids.campaign}, ${voucher.bookId}, ${keyring.sealBlockHash(code)})`
    expect(await phone.scan(scanItem(formatTypedCode(code)))).toMatchObject({ outcome: 'accepted' })
    expect(await phone.scan(scanItem(voucher.typed))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('an envelope that does not open has its own result', () => {
  test.each<[string, (item: ReturnType<typeof scanItem>) => Promise<unknown>]>([
    [
      'of another server',
      async (item) => {
        const other = createTestKeyring().queuePublicKey
        return { ...item, envelope: await closeEnvelope(other, item.scanId, item) }
      },
    ],
    ['of another scan', async (item) => ({ ...(await closed(item)), scanId: randomUUID() })],
    [
      'altered',
      async (item) => {
        const { scanId, envelope } = await closed(item)
        const data = Buffer.from(envelope.data, 'base64url')
        data[0]! ^= 1
        return { scanId, envelope: { ...envelope, data: data.toString('base64url') } }
      },
    ],
    ['empty', async ({ scanId }) => ({ scanId, envelope: {} })],
    [
      'of no scan',
      async ({ scanId }) => ({
        scanId,
        envelope: await closeEnvelope(world.keyring.queuePublicKey, scanId, { code: 'x' }),
      }),
    ],
    [
      'with a key off the curve',
      async (item) => {
        const { scanId, envelope } = await closed(item)
        return { scanId, envelope: { ...envelope, key: { ...envelope.key, y: envelope.key.x } } }
      },
    ],
    [
      'too short for its tag',
      async (item) => {
        const { scanId, envelope } = await closed(item)
        return { scanId, envelope: { ...envelope, data: 'AAAA' } }
      },
    ],
  ])('%s', async (_, spoil) => {
    const good = scanItem(world.takeVoucher())
    const bad = await spoil(scanItem(world.takeVoucher()))
    const results = await phone.scans([bad, good])
    expect(results).toMatchObject([
      { outcome: 'refused', reason: 'malformed_code', detail: expect.stringContaining('envelope') },
      { scanId: good.scanId, outcome: 'accepted' },
    ])
  })
})

describe('a bad item among good ones has its own result', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'scan:'],
    ['a number', 7, 'scan:'],
    ['without an id', { code: 'x', service: 'A01', day: worldToday }, 'scanId:'],
    ['with an ordered id', scanItem('x', { scanId: '01890a5d-ac96-774b-bcce-b302099a8057' }), 'scanId:'],
    ['without a code', { scanId: randomUUID(), service: 'A01', day: worldToday }, 'code:'],
    ['with a service that is none', scanItem('x', { service: 'cooking' }), 'service:'],
    ['with a day that never was', scanItem('x', { day: '2026-02-30' }), 'day:'],
    ['with a venue that is no id', scanItem('x', { venueId: 'here' }), 'venueId:'],
    ['with a code that never ends', scanItem('x'.repeat(201)), 'code:'],
  ])('%s', async (_, bad, field) => {
    const [before, after] = [scanItem(world.takeVoucher()), scanItem(world.takeVoucher())]
    const results = await phone.scans([before, bad, after])
    expect(results).toMatchObject([
      { scanId: before.scanId, outcome: 'accepted' },
      { outcome: 'refused', reason: 'malformed_code', detail: expect.stringContaining(field) },
      { scanId: after.scanId, outcome: 'accepted' },
    ])
    expect(results[1]!.scanId).toBe((bad as { scanId?: string } | null)?.scanId?.replace(/^01890a5d.*/, '') ?? '')
  })
})

describe('a request that is none is refused whole, with the names of its fields', () => {
  test.each<[string, string, string, string[]]>([
    ['no JSON', '{', 'not_json', []],
    ['nothing', '', 'invalid_request', ['scans']],
    ['no scan', '{"scans":[]}', 'invalid_request', ['scans']],
    ['too many scans', JSON.stringify({ scans: Array(51).fill({}) }), 'invalid_request', ['scans']],
    ['a list', '[]', 'invalid_request', ['body']],
    ['wrong counts', '{"scans":[{}],"pending":-1,"oldestAgeS":"x"}', 'invalid_request', ['pending', 'oldestAgeS']],
  ])('%s', async (_, body, code, fields) => {
    const answer = await phone.ask('POST', '/scans', body)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = await answer.json()
    expect(problem).toMatchObject({ code, ...(fields.length && { facts: { fields } }) })
  })

  test('an id in the address that is none', async () => {
    expect(await phone.story('17')).toMatchObject({ status: 400, body: { facts: { field: 'scanId' } } })
    expect(await phone.reverse('17')).toMatchObject({ status: 400 })
  })
})
