import { createHmac } from 'node:crypto'
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesBelow, filesHolding, givenKeyring } from '../helpers/keyring.ts'

const mac = '00'.repeat(16)
const runId = '0b1e2c3a-1111-4222-8333-444455556666'
const refusal = (code: string) => expect.objectContaining({ code })

describe('a destroyed period key', () => {
  test('leaves no byte in either copy, and cannot be used or made again', () => {
    const { place, first, second, keyring, reopen } = givenKeyring()
    keyring.createPeriodKey(3)
    const bytes = readFileSync(join(first, 'periods/3.key'))
    expect(filesHolding(place, bytes)).toHaveLength(2)
    keyring.destroyPeriodKey(3)

    expect(filesHolding(place, bytes)).toEqual([])
    expect(keyring.tag(3, mac)).toBeUndefined()
    expect(keyring.isPeriodKeyDestroyed(3)).toBe(true)
    expect(keyring.isPeriodKeyDestroyed(4)).toBe(false)
    expect(reopen().isPeriodKeyDestroyed(3)).toBe(true)
    expect(() => keyring.createPeriodKey(3)).toThrow(refusal('key_destroyed'))
    for (const copy of [first, second]) expect(filesBelow(copy)).toContain('periods/3.destroyed')
  })

  test('is overwritten where it lay, not only unlinked', () => {
    const { place, first, keyring } = givenKeyring()
    keyring.createPeriodKey(3)
    const open = readFileSync(join(first, 'periods/3.key'))
    const link = join(place, 'same-inode')
    linkSync(join(first, 'periods/3.key'), link)
    keyring.destroyPeriodKey(3)
    expect(readFileSync(link)).toEqual(Buffer.alloc(open.length))
  })

  test('can be destroyed twice, and a period that never had a key as well', () => {
    const { keyring } = givenKeyring()
    keyring.createPeriodKey(3)
    keyring.destroyPeriodKey(3)
    keyring.destroyPeriodKey(3)
    keyring.destroyPeriodKey(9)
    expect(keyring.isPeriodKeyDestroyed(9)).toBe(true)
  })

  test('disappears from the memory of other processes when they read again', () => {
    const { keyring, reopen, events } = givenKeyring()
    keyring.createPeriodKey(3)
    const other = reopen()
    expect(other.tag(3, mac)).toBe(keyring.tag(3, mac))
    keyring.destroyPeriodKey(3)
    other.reread()
    expect(other.tag(3, mac)).toBeUndefined()
    expect(events).toEqual([{ kind: 'destroyed', file: 'periods/3.key' }])
  })

  /** What each crash leaves, from the first byte of the first tombstone to the last key file. */
  test.each([
    ['after the first tombstone', { tombstones: ['first'], keys: ['first', 'second'] }],
    ['after both tombstones', { tombstones: ['first', 'second'], keys: ['first', 'second'] }],
    ['after the first key', { tombstones: ['first', 'second'], keys: ['second'] }],
    ['after the last key', { tombstones: ['first'], keys: [] }],
    ['when an old second copy came back', { tombstones: ['first'], keys: ['second'] }],
    ['when an old first copy came back', { tombstones: ['second'], keys: ['first'] }],
  ] as const)('is gone for good after a crash %s', (_, { tombstones, keys }) => {
    const given = givenKeyring()
    given.keyring.createPeriodKey(3)
    const bytes = readFileSync(join(given.first, 'periods/3.key'))
    for (const which of ['first', 'second'] as const) {
      if (tombstones.includes(which as never)) writePrivate(join(given[which], 'periods/3.destroyed'), 'destroyed\n')
      if (!keys.includes(which as never)) rmSync(join(given[which], 'periods/3.key'))
    }
    const next = given.reopen()

    expect(next.tag(3, mac)).toBeUndefined()
    expect(filesHolding(given.place, bytes)).toEqual([])
    for (const copy of [given.first, given.second]) expect(existsSync(join(copy, 'periods/3.destroyed'))).toBe(true)
  })

  test('what a killed process left half written goes with it', () => {
    const { place, first, second, keyring } = givenKeyring()
    keyring.createPeriodKey(3)
    const bytes = readFileSync(join(first, 'periods/3.key'))
    copyFileSync(join(first, 'periods/3.key'), join(second, 'periods/3.key.0123456789ab.tmp'))
    keyring.destroyPeriodKey(3)
    expect(filesHolding(place, bytes)).toEqual([])
  })
})

describe('a run key', () => {
  test('makes the same codes again until it is destroyed', () => {
    const { place, first, keyring, reopen } = givenKeyring()
    keyring.createRunKey(runId, '2026-11-21')
    const code = keyring.runCode(runId, 7)!
    expect(code).toHaveLength(8)
    expect(code[0]).toBeLessThan(16)
    expect(reopen().runCode(runId, 7)).toEqual(code)
    expect(keyring.runCode(runId, 8)).not.toEqual(code)
    expect(keyring.runCode(runId, 7, 1)).not.toEqual(code)

    const bytes = readFileSync(join(first, `runs/${runId}.key`)).subarray(0, 32)
    const plain = createHmac('sha256', bytes).update(Buffer.from('0000000700000000', 'hex')).digest()
    expect(code).toEqual(new Uint8Array([plain[0]! & 15, ...plain.subarray(1, 8)]))
    keyring.destroyRunKey(runId)
    expect(keyring.runCode(runId, 7)).toBeUndefined()
    expect(filesHolding(place, bytes)).toEqual([])
    expect(() => keyring.createRunKey(runId, '2026-11-22')).toThrow(refusal('key_destroyed'))
  })

  test('that nobody confirmed is destroyed after its time, from a copy that lost it as well', () => {
    const { second, keyring, reopen } = givenKeyring()
    const late = '1b1e2c3a-1111-4222-8333-444455556666'
    keyring.createRunKey(late, '2026-11-13')
    keyring.createRunKey(runId, '2026-11-14')
    rmSync(join(second, `runs/${late}.key`))

    expect(keyring.destroyRunKeysBefore('2026-11-14')).toEqual([late])
    expect(keyring.listRunKeys()).toEqual([{ runId, createdOn: '2026-11-14' }])
    expect(reopen().listRunKeys()).toEqual([{ runId, createdOn: '2026-11-14' }])
  })
})

test('a killed process leaves no half written file for long', () => {
  const { first, reopen } = givenKeyring()
  mkdirSync(join(first, 'periods'), { recursive: true, mode: 0o700 })
  const [old, young] = ['1', '2'].map((id) => join(first, `periods/${id}.key.0123456789ab.tmp`)) as [string, string]
  for (const path of [old, young]) writePrivate(path, 'half')
  utimesSync(old, 0, 0)
  const { listPeriodKeys } = reopen()
  expect(listPeriodKeys()).toEqual([])
  expect([existsSync(old), existsSync(young)]).toEqual([false, true])
})

function writePrivate(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 })
}
