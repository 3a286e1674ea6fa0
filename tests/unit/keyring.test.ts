import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createKeyring, openKeyring } from '@carnet/api/keyring/keyring.ts'
import { describe, expect, test } from 'vitest'
import { filesBelow, givenEmptyPlace, givenKeyring } from '../helpers/keyring.ts'

const campaignId = '6f1e2c3a-1111-4222-8333-444455556666'
const macs = (count: number) => Array.from({ length: count }, (_, at) => at.toString(16).padStart(32, '0'))
const codeOf = (byte: number) => new Uint8Array(8).fill(byte)
const refusal = (code: string) => expect.objectContaining({ code })

test('both copies hold the same files, and only their owner may read them', () => {
  const { first, second, keyring } = givenKeyring()
  keyring.createPeriodKey(1)
  keyring.writeSpentList(campaignId, macs(3))

  const files = filesBelow(first)
  expect(filesBelow(second)).toEqual(files)
  expect(files).toContain('periods/1.key')
  for (const file of files) {
    expect(readFileSync(join(first, file))).toEqual(readFileSync(join(second, file)))
    expect(statSync(join(first, file)).mode & 0o777).toBe(0o600)
    expect(statSync(join(second, file, '..')).mode & 0o777).toBe(0o700)
  }
})

test('what is opened again answers the same', () => {
  const { keyring, reopen } = givenKeyring()
  keyring.createPeriodKey(1)
  const again = reopen()

  expect(again.identity).toBe(keyring.identity)
  expect(again.generation()).toBe(keyring.generation())
  expect(again.codeMac(1, codeOf(7))).toBe(keyring.codeMac(1, codeOf(7)))
  expect(again.tag(1, macs(1)[0]!)).toBe(keyring.tag(1, macs(1)[0]!))
  expect(again.answerMac(campaignId)).toBe(keyring.answerMac(campaignId.toUpperCase()))
  expect(again.openBlockHash(keyring.sealBlockHash(codeOf(7)))).toHaveLength(8)
  expect(again.listPublicKeys()).toEqual(keyring.listPublicKeys())
})

test('creating what exists opens it; one copy is enough for a demo', () => {
  const directory = join(givenEmptyPlace(), 'keyring')
  const { identity } = createKeyring({ directory })
  expect(createKeyring({ directory }).identity).toBe(identity)
  expect(openKeyring({ directory }).identity).toBe(identity)
})

describe('the keyring is refused', () => {
  test('when it lies inside the database directory', () => {
    const place = givenEmptyPlace()
    const databaseDirectory = join(place, 'postgres')
    mkdirSync(databaseDirectory)
    const inside = join(databaseDirectory, 'deep', 'keyring')
    expect(() => createKeyring({ directory: inside, databaseDirectory })).toThrow(refusal('keyring_inside_database'))
    expect(filesBelow(place)).toEqual([])
    const beside = { directory: join(place, 'postgres-keyring'), databaseDirectory }
    expect(createKeyring(beside).listKids()).toEqual([1])
  })

  test('when it lies inside a database directory that nobody named, or is reached by a link', () => {
    const place = givenEmptyPlace()
    mkdirSync(join(place, 'postgres'))
    writeFileSync(join(place, 'postgres', 'PG_VERSION'), '18\n')
    symlinkSync(join(place, 'postgres'), join(place, 'innocent'))
    for (const copyDirectory of [join(place, 'postgres', 'keyring'), join(place, 'innocent', 'keyring')])
      expect(() => createKeyring({ directory: join(place, 'keyring'), copyDirectory })).toThrow(
        refusal('keyring_inside_database'),
      )
  })

  test('when its two copies are one directory, or one is inside the other', () => {
    const place = givenEmptyPlace()
    const directory = join(place, 'keyring')
    mkdirSync(directory, { mode: 0o700 })
    symlinkSync(directory, join(place, 'copy'))
    for (const copyDirectory of [directory, join(place, 'copy'), join(directory, 'copy'), place])
      expect(() => createKeyring({ directory, copyDirectory })).toThrow(refusal('keyring_copies_together'))
  })

  test('when its copies disagree', () => {
    const { second, reopen } = givenKeyring()
    const path = join(second, 'answer.key')
    writeFileSync(path, Buffer.alloc(32, 1))
    expect(reopen).toThrow(refusal('keyring_copies_differ'))
  })

  test('when its copies are of two keyrings', () => {
    const { first } = givenKeyring()
    const other = givenKeyring()
    expect(() => openKeyring({ directory: first, copyDirectory: other.first })).toThrow(
      refusal('keyring_copies_differ'),
    )
  })

  test.each(['answer.key', 'code/1.key', 'identity'])('when others may read %s', (file) => {
    const { first, second, reopen } = givenKeyring()
    for (const copy of [first, second]) {
      chmodSync(join(copy, file), 0o640)
      expect(reopen).toThrow(refusal('keyring_too_open'))
      chmodSync(join(copy, file), 0o600)
    }
    expect(reopen().listKids()).toEqual([1])
  })

  test.each(['.', 'periods'])('when others may enter %s', (folder) => {
    const { second, keyring, reopen } = givenKeyring()
    keyring.createPeriodKey(1)
    chmodSync(join(second, folder), 0o750)
    expect(reopen).toThrow(refusal('keyring_too_open'))
  })

  test.each(['code/1.key', 'signing/1.key', 'queue.key', 'block.key', 'periods/1.key'])(
    'when %s has a wrong length, even in both copies',
    (file) => {
      const { first, second, keyring, reopen } = givenKeyring()
      keyring.createPeriodKey(1)
      writeFileSync(join(second, file), Buffer.alloc(31))
      expect(reopen).toThrow(refusal('keyring_wrong_length'))
      writeFileSync(join(first, file), Buffer.alloc(31))
      expect(reopen).toThrow(refusal('keyring_wrong_length'))
    },
  )

  test('when a key that every voucher needs is in neither copy', () => {
    for (const [file, code] of [
      ['identity', 'keyring_incomplete'],
      ['answer.key', 'keyring_incomplete'],
      ['code/1.key', 'keyring_incomplete'],
      ['ready', 'keyring_missing'],
    ] as const) {
      const { first, second, reopen } = givenKeyring()
      for (const copy of [first, second]) rmSync(join(copy, file))
      expect(reopen).toThrow(refusal(code))
    }
  })

  test('when it is not there: another one would hide the loss', () => {
    const { first, second, options, reopen } = givenKeyring()
    for (const copy of [first, second]) for (const file of ['ready', 'identity']) rmSync(join(copy, file))
    expect(() => createKeyring(options)).toThrow(refusal('keyring_incomplete'))
    for (const copy of [first, second]) rmSync(copy, { recursive: true })
    expect(reopen).toThrow(refusal('keyring_missing'))
  })
})

describe('a lost file', () => {
  test.each(['first', 'second'] as const)('of the %s copy is written again from the other, and told', (which) => {
    const given = givenKeyring()
    given.keyring.createPeriodKey(1)
    const tag = given.keyring.tag(1, macs(1)[0]!)
    const path = join(given[which], 'periods/1.key')
    const bytes = readFileSync(path)
    rmSync(path)

    expect(given.reopen().tag(1, macs(1)[0]!)).toBe(tag)
    expect(readFileSync(path)).toEqual(bytes)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(given.events).toEqual([{ kind: 'repaired', file: 'periods/1.key', directory: given[which] }])
  })

  test.each(['first', 'second'] as const)('the whole %s copy is built again', (which) => {
    const given = givenKeyring()
    given.keyring.createPeriodKey(1)
    const files = filesBelow(given.first)
    rmSync(given[which], { recursive: true })
    const { identity } = given.reopen()
    given.keyring.readSpentList(campaignId)

    expect(identity).toBe(given.keyring.identity)
    expect(filesBelow(given[which])).toEqual(files)
  })

  test('a period key in neither copy is used no more, and works again when a copy comes back', () => {
    const { place, first, second, keyring, events } = givenKeyring()
    keyring.createPeriodKey(1)
    keyring.createPeriodKey(2)
    const tag = keyring.tag(1, macs(1)[0]!)
    copyFileSync(join(first, 'periods/1.key'), join(place, 'kept'))
    for (const copy of [first, second]) rmSync(join(copy, 'periods/1.key'))
    keyring.reread()

    expect(keyring.hasPeriodKey(1)).toBe(false)
    expect(keyring.tag(1, macs(1)[0]!)).toBeUndefined()
    expect(keyring.bodyMac(1, 'a body')).toBeUndefined()
    expect(keyring.listPeriodKeys()).toEqual([2])
    expect(events).toEqual([{ kind: 'lost', file: 'periods/1.key' }])

    cpSync(join(place, 'kept'), join(second, 'periods/1.key'))
    keyring.reread()
    expect(keyring.tag(1, macs(1)[0]!)).toBe(tag)
  })

  test('a code key in neither copy: the kid stays known, so its vouchers are not called unknown', () => {
    const { first, second, keyring } = givenKeyring()
    for (const copy of [first, second]) rmSync(join(copy, 'code/1.key'))
    keyring.reread()
    keyring.reread()

    expect(keyring.codeMac(1, codeOf(7))).toBeUndefined()
    expect(keyring.isKnownKid(1)).toBe(true)
    expect(keyring.isKnownKid(2)).toBe(false)
  })

  test('both directories gone: nothing can be answered, and nothing is made anew', () => {
    const { first, second, keyring } = givenKeyring()
    keyring.createPeriodKey(1)
    for (const copy of [first, second]) rmSync(copy, { recursive: true })
    keyring.reread()

    expect(keyring.tag(1, macs(1)[0]!)).toBeUndefined()
    expect(keyring.codeMac(1, codeOf(7))).toBeUndefined()
    expect(() => filesBelow(first)).toThrow('ENOENT')
  })
})

test('a process that lacks a key finds it when it reads again', () => {
  const { keyring, reopen } = givenKeyring()
  const other = reopen()
  keyring.createPeriodKey(5)
  expect(other.hasPeriodKey(5)).toBe(false)
  other.reread()
  expect(other.tag(5, macs(1)[0]!)).toBe(keyring.tag(5, macs(1)[0]!))
})

test('making a period key twice keeps the first', () => {
  const { keyring } = givenKeyring()
  keyring.createPeriodKey(1)
  const tag = keyring.tag(1, macs(1)[0]!)
  keyring.createPeriodKey(1)
  expect(keyring.tag(1, macs(1)[0]!)).toBe(tag)
})

test('a period that was opened is remembered, and its lost key is never replaced by another', () => {
  const { first, second, keyring, reopen } = givenKeyring()
  keyring.createPeriodKey(1)
  keyring.createPeriodKey(2)
  keyring.markOpened(1, '2026-11-01')
  keyring.createPeriodKey(1)
  expect(reopen().listOpened()).toEqual([{ id: 1, month: '2026-11-01' }])

  for (const id of [1, 2]) for (const copy of [first, second]) rmSync(join(copy, `periods/${id}.key`))
  expect(() => keyring.createPeriodKey(1)).toThrow(refusal('period_key_lost'))
  keyring.createPeriodKey(2)
  expect(keyring.hasPeriodKey(2)).toBe(true)
  keyring.destroyPeriodKey(1)
  expect(() => keyring.createPeriodKey(1)).toThrow(refusal('key_destroyed'))
})

test('an abandoned period is so in both copies', () => {
  const { first, second, keyring, reopen } = givenKeyring()
  expect(keyring.isAbandoned(4)).toBe(false)
  keyring.markAbandoned(4)
  keyring.markAbandoned(4)
  expect(reopen().isAbandoned(4)).toBe(true)
  for (const copy of [first, second]) expect(filesBelow(copy)).toContain('periods/4.abandoned')
})

test('a restore changes the generation, for every process', () => {
  const { keyring, reopen } = givenKeyring()
  const other = reopen()
  const before = keyring.generation()
  const after = keyring.replaceGeneration()

  expect(after).toMatch(/^[0-9a-f]{32}$/)
  expect(after).not.toBe(before)
  expect(other.generation()).toBe(before)
  other.reread()
  expect(other.generation()).toBe(after)
})

test.each(['../../etc', 'A'.repeat(36), ''])('an id that is no uuid never becomes a path: %j', (id) => {
  const { keyring } = givenKeyring()
  expect(() => keyring.writeSpentList(id, [])).toThrow(refusal('invalid_id'))
  expect(() => keyring.createRunKey(id, '2026-11-21')).toThrow(refusal('invalid_id'))
  expect(() => keyring.createPeriodKey(1.5)).toThrow(refusal('invalid_number'))
})
