import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeKeyring } from '@carnet/api/keyring/remove-keyring.ts'
import { expect, test } from 'vitest'
import { filesBelow, givenKeyring } from '../helpers/keyring.ts'

const campaignId = '6f1e2c3a-1111-4222-8333-444455556666'

test('a keyring that is thrown away leaves what else lies in its directory', () => {
  const { first, second, keyring } = givenKeyring()
  keyring.createPeriodKey(1)
  keyring.markOpened(1, '2026-03-01')
  keyring.createPeriodKey(2)
  keyring.destroyPeriodKey(2)
  keyring.markAbandoned(3)
  keyring.createRunKey(campaignId, '2026-03-01')
  keyring.writeSpentList(campaignId, ['0'.repeat(32)])
  keyring.writeKeptCounts(1, {})
  keyring.replaceGeneration()
  mkdirSync(join(first, 'code', 'my-project'))
  for (const file of ['code/my-project/main.key', 'code/notes.txt', 'letter.json'])
    writeFileSync(join(first, file), 'mine')

  removeKeyring(first)
  removeKeyring(second)
  removeKeyring(second)
  expect(filesBelow(first)).toEqual(['code/my-project/main.key', 'code/notes.txt', 'letter.json'])
  expect(existsSync(second)).toBe(false)
})
