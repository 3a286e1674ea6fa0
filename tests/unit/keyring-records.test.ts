import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, givenKeyring } from '../helpers/keyring.ts'

const campaignId = '6f1e2c3a-1111-4222-8333-444455556666'
const macs = (count: number) => Array.from({ length: count }, (_, at) => at.toString(16).padStart(32, '0'))
const refusal = (code: string) => expect.objectContaining({ code })

test('one cumulative list of spent vouchers per campaign, sorted, and the earlier one is erased', () => {
  const { first, second, keyring, reopen } = givenKeyring()
  expect(keyring.readSpentList(campaignId)).toBeUndefined()
  keyring.writeSpentList(campaignId, macs(2))
  keyring.writeSpentList(campaignId, [...macs(5)].reverse())

  for (const copy of [first, second])
    expect(filesBelow(copy).filter((file) => file.startsWith('spent'))).toEqual([`spent/${campaignId}.list.v2`])
  expect(reopen().readSpentList(campaignId)).toEqual(macs(5))
  expect(keyring.listSpentLists()).toEqual([campaignId])
})

test('an empty list is a list; writing the same again changes nothing', () => {
  const { first, keyring } = givenKeyring()
  keyring.writeSpentList(campaignId, [])
  keyring.writeSpentList(campaignId, [])
  expect(keyring.readSpentList(campaignId)).toEqual([])
  expect(filesBelow(first)).toContain(`spent/${campaignId}.list.v1`)
})

test('a list that would make a spent voucher good again is refused', () => {
  const { keyring } = givenKeyring()
  keyring.writeSpentList(campaignId, macs(3))
  expect(() => keyring.writeSpentList(campaignId, macs(2))).toThrow(refusal('spent_list_shrinks'))
  expect(() => keyring.writeSpentList(campaignId, [...macs(3), 'not a mac'])).toThrow(RangeError)
  expect(keyring.readSpentList(campaignId)).toEqual(macs(3))
})

test('a crash between the two copies leaves the new list, in both at the next reading', () => {
  const { place, first, second, keyring, reopen } = givenKeyring()
  const kept = mkdtempSync(join(place, 'kept-'))
  keyring.writeSpentList(campaignId, macs(2))
  const older = `spent/${campaignId}.list.v1`
  const newer = `spent/${campaignId}.list.v2`
  copyFileSync(join(first, older), join(kept, 'v1'))
  keyring.writeSpentList(campaignId, macs(4))
  rmSync(join(second, newer))
  for (const copy of [first, second]) copyFileSync(join(kept, 'v1'), join(copy, older))

  expect(reopen().readSpentList(campaignId)).toEqual(macs(4))
  expect(readFileSync(join(second, newer))).toEqual(readFileSync(join(first, newer)))
  for (const copy of [first, second]) expect(filesBelow(copy)).not.toContain(older)
})

test('the counts of sealed periods are kept', () => {
  const { keyring, reopen } = givenKeyring()
  const counts = { lines: [{ service: 'D04', count: 12 }], note: 'é' }
  keyring.writeKeptCounts(10, counts)
  keyring.writeKeptCounts(9, [])
  keyring.writeKeptCounts(9, [1])

  expect(reopen().readKeptCounts(10)).toEqual(counts)
  expect(keyring.readKeptCounts(9)).toEqual([1])
  expect(keyring.readKeptCounts(8)).toBeUndefined()
  expect(keyring.listKeptCounts()).toEqual([9, 10])
})

test('kids: a new one signs, a retired one does not, a revoked one never comes back', () => {
  const { keyring, reopen } = givenKeyring()
  expect(keyring.activeKid()).toBe(1)
  expect(keyring.createKid()).toBe(2)
  expect(keyring.activeKid()).toBe(2)
  keyring.setKidState(1, 'retired')
  const other = reopen()

  expect(other.listPublicKeys()).toEqual([
    { kid: 1, publicKey: expect.stringMatching(/^[\w-]{43}$/), state: 'retired' },
    { kid: 2, publicKey: expect.stringMatching(/^[\w-]{43}$/), state: 'active' },
  ])
  expect(other.listKids()).toEqual([2, 1])
  expect(() => other.signingKey(1)).toThrow(refusal('kid_not_active'))
  expect(() => other.signingKey(3)).toThrow(refusal('unknown_kid'))
  expect(() => keyring.setKidState(1, 'active')).toThrow(refusal('kid_state'))
  keyring.setKidState(2, 'revoked')
  expect(() => keyring.setKidState(2, 'retired')).toThrow(refusal('kid_state'))
  expect(() => keyring.activeKid()).toThrow(refusal('no_active_kid'))
  other.reread()
  expect(other.listPublicKeys().map(({ state }) => state)).toEqual(['retired', 'revoked'])
  expect(other.codeMac(2, new Uint8Array(8))).toBe(keyring.codeMac(2, new Uint8Array(8)))
})

test('a kid whose making was interrupted is finished, not doubled', () => {
  const { first, second, keyring, reopen } = givenKeyring()
  keyring.createKid()
  const codeMac = keyring.codeMac(2, new Uint8Array(8))
  for (const copy of [first, second]) rmSync(join(copy, 'signing/2.state.v1'))
  const next = reopen()
  expect(next.listKids()).toEqual([1])
  expect(next.createKid()).toBe(2)
  expect(next.codeMac(2, new Uint8Array(8))).toBe(codeMac)
})
