import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { filesBelow, givenKeyring } from '../helpers/keyring.ts'

/** Runs once, at the moment when the next file is about to be written. */
let atTheWorstMoment: (() => void) | undefined

vi.mock('@carnet/api/keyring/durable-files.ts', async (load) => {
  const real = await load<typeof import('@carnet/api/keyring/durable-files.ts')>()
  const createFile: typeof real.createFile = (path, bytes) => {
    const strike = atTheWorstMoment
    atTheWorstMoment = undefined
    strike?.()
    return real.createFile(path, bytes)
  }
  return { ...real, createFile }
})

test.each(['first', 'second'] as const)(
  'a key destroyed between the look at the %s copy and its repair does not come back',
  (which) => {
    const given = givenKeyring()
    const rival = given.reopen()
    given.keyring.createPeriodKey(3)
    rmSync(join(given[which], 'periods/3.key'))
    let hasStruck = false
    atTheWorstMoment = () => {
      hasStruck = true
      rival.destroyPeriodKey(3)
    }
    given.keyring.reread()

    expect(hasStruck).toBe(true)
    for (const copy of [given.first, given.second]) {
      expect(existsSync(join(copy, 'periods/3.key'))).toBe(false)
      expect(filesBelow(copy)).toContain('periods/3.destroyed')
    }
    expect(given.keyring.hasPeriodKey(3)).toBe(false)
  },
)
