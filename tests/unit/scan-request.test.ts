import { randomUUID } from 'node:crypto'
import { readScan, ScansRequest, seqOf, venueIdOf } from '@carnet/api/redemptions/scan-request.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { givenKeyring } from '../helpers/keyring.ts'
import { closeEnvelope } from '../helpers/phone.ts'

const what = { code: 'P1', service: 'A01', day: '2026-03-10' }
const scanId = '4e7c0a52-6f0e-4a3c-9f51-0d3d9f3d2c11'

describe('an item of a request', () => {
  test('is read plain or closed, with its ids in lower case', async () => {
    const { keyring } = givenKeyring()
    const venueId = randomUUID()
    const ids = { scanId: scanId.toUpperCase(), venueId: venueId.toUpperCase(), seq: 3 }
    const expected = { scan: { scanId, venueId, seq: 3, ...what } }
    expect(readScan(keyring, { ...ids, ...what, unheardOf: true })).toEqual(expected)
    const envelope = await closeEnvelope(keyring.queuePublicKey, scanId, { ...what, comment: 'x' })
    expect(readScan(keyring, { ...ids, envelope })).toEqual(expected)
  })

  test('closed by a browser opens only for its own scan', async () => {
    const { keyring } = givenKeyring()
    const envelope = await closeEnvelope(keyring.queuePublicKey, scanId, what)
    expect(readScan(keyring, { scanId: randomUUID(), envelope })).toMatchObject({ scan: null })
  })

  test('that is anything at all has a result, and never an error', () => {
    const { keyring } = givenKeyring()
    const field = fc.oneof(fc.anything(), fc.constant(scanId), fc.constant('2026-03-10'), fc.constant('A01'))
    const item = fc.record(
      { scanId: field, seq: field, venueId: field, code: field, service: field, day: field, envelope: field },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(item, fc.anything()), (anything) => {
        const read = readScan(keyring, anything)
        if (read.scan === null) expect(read.problem).not.toBe('')
        expect([undefined, 'number']).toContain(seqOf(anything) === undefined ? undefined : typeof seqOf(anything))
        venueIdOf(anything)
      }),
    )
  })

  test('whose id cannot be read has none to answer to', () => {
    const { keyring } = givenKeyring()
    expect(readScan(keyring, { scanId: 'x', ...what })).toMatchObject({
      scanId: '',
      problem: expect.stringContaining('scanId'),
    })
    expect(readScan(keyring, { scanId, ...what, day: 'x' })).toMatchObject({
      scanId,
      problem: expect.stringContaining('day'),
    })
  })
})

test('a request counts its items and does not read them', () => {
  const read = (scans: unknown) => ScansRequest.safeParse({ scans }).success
  expect([read([]), read([null]), read(Array(50).fill('x')), read(Array(51).fill('x')), read({})]).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})

describe('a sequence number', () => {
  test.each([
    [0, 0],
    [2_147_483_647, 2_147_483_647],
    [2_147_483_648, undefined],
    [-1, undefined],
    [1.5, undefined],
    ['1', undefined],
  ])('%s is read as %s', (seq, expected) => {
    expect(seqOf({ seq })).toBe(expected)
  })
})
