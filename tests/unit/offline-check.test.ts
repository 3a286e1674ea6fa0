import { generateKeyPairSync, sign } from 'node:crypto'
import { readVoucherText, signedMessage, voucherText } from '@carnet/api/books/voucher-payload.ts'
import type { Bundle } from '@carnet/scanner-pwa/phone/facts.ts'
import { checkOffline } from '@carnet/scanner-pwa/phone/offline-check.ts'
import { expect, test } from 'vitest'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const territories = [{ kind: 'department' as const, code: '16' }]
const venue = { id: 'venue', name: '', isQualified: true, hasBankAccount: true, territories, services: [] }
const campaign: Bundle['campaigns'][number] = {
  id: 'campaign',
  number: 7,
  name: '',
  state: 'open',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  graceDays: 30,
  faceValueCents: 1000 as Bundle['campaigns'][number]['faceValueCents'],
  services: null,
  venues: null,
  territories: null,
}
const key = { kid: 1, publicKey: publicKey.export({ format: 'jwk' }).x!, state: 'active' }

/** The text of a voucher of campaign 7, signed, or with one bit of its signature turned. */
function voucherOf({ isForged = false, type = 0x11, kid = 1 } = {}) {
  const header = Buffer.alloc(16)
  header.set([type, kid, 0, 0, 7])
  header.writeUInt16BE(1000, 5)
  header.set([10, 0, 1, 2, 3, 4, 5, 6, 7], 7)
  const signature = sign(null, signedMessage(header), privateKey)
  if (isForged) signature[5]! ^= 1
  return readVoucherText(voucherText(Buffer.concat([header, signature])))!
}
const bundleWith = (also: Partial<Bundle['campaigns'][number]>, rest: Partial<Bundle> = {}): Bundle => ({
  venues: [venue],
  campaigns: [{ ...campaign, ...also }],
  keys: [key],
  blocklist: [],
  queueKey: { kty: 'EC', crv: 'P-256', x: '', y: '' },
  nextPayoutOn: '2026-04-07' as Bundle['nextPayoutOn'],
  serverTime: '2026-03-10T09:00:00Z',
  ...rest,
})

type Case = [string, string, { bundle?: Bundle; voucher?: Parameters<typeof voucherOf>[0]; day?: string; at?: object }]
const cases: Case[] = [
  ['right in everything', 'keep', {}],
  ['signed by nobody', 'bad_signature', { voucher: { isForged: true } }],
  ['of a training pack', 'keep', { voucher: { type: 0x21, isForged: true } }],
  ['of a series that this phone does not know', 'unverified', { voucher: { kid: 2 } }],
  ['of a revoked series', 'unverified', { bundle: bundleWith({}, { keys: [{ ...key, state: 'revoked' }] }) }],
  ['of a campaign that this phone does not know', 'unverified', { bundle: bundleWith({ number: 8 }) }],
  ['of a campaign that may be open by now', 'unverified', { bundle: bundleWith({ state: 'agreed' }) }],
  ['at a venue that may be qualified by now', 'unverified', { at: { isQualified: false } }],
  ['of a campaign whose uploads are closed', 'too_old', { bundle: bundleWith({ state: 'uploads_closed' }) }],
  ['the day before the campaign', 'campaign_not_open', { day: '2025-12-31' }],
  ['on the first day', 'keep', { day: '2026-01-01' }],
  ['on the last day of grace', 'keep', { day: '2027-01-30' }],
  ['the day after', 'expired', { day: '2027-01-31' }],
  ['for a service that is paid', 'keep', { bundle: bundleWith({ services: ['A01'] }) }],
  ['for another', 'service_not_covered', { bundle: bundleWith({ services: ['A02'] }) }],
  ['at a venue of the campaign', 'keep', { bundle: bundleWith({ venues: ['venue'] }) }],
  ['at another', 'out_of_area', { bundle: bundleWith({ venues: [] }) }],
  ['in the territory', 'keep', { bundle: bundleWith({ territories }) }],
  ['outside', 'out_of_area', { bundle: bundleWith({ territories: [{ kind: 'department', code: '17' }] }) }],
]

test.each(cases)(
  'without network, a voucher %s: %s',
  async (_, expected, { bundle, voucher, day = '2026-03-10', at }) => {
    const read = voucherOf(voucher)
    const scan = { voucher: read, code: read.code, service: 'A01', day }
    const verdict = await checkOffline(scan, bundle ?? bundleWith({}), { ...venue, ...at })
    expect(verdict.outcome === 'refused' ? verdict.reason : verdict.outcome).toBe(expected)
  },
)

test('a blocked book is refused, read or typed; a typed code promises nothing else', async () => {
  const voucher = voucherOf()
  const digest = await crypto.subtle.digest('SHA-256', Buffer.concat([Buffer.from('pn-block'), voucher.code]))
  const hash = Buffer.from(digest).subarray(0, 8).toString('base64url')
  const bundle = bundleWith({ state: 'uploads_closed' }, { blocklist: [hash] })
  const scan = { code: voucher.code, service: 'A01', day: '2026-03-10' }
  const refused = { outcome: 'refused', reason: 'blocked' }
  expect(await checkOffline({ ...scan, voucher }, bundle, venue)).toEqual(refused)
  expect(await checkOffline({ ...scan, voucher: null }, bundle, venue)).toEqual(refused)
  expect(await checkOffline({ ...scan, voucher: null }, { ...bundle, blocklist: [] }, venue)).toEqual({
    outcome: 'keep',
  })
})
