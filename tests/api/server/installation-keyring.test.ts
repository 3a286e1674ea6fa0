import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@carnet/api/config.ts'
import { openInstallationKeyring } from '@carnet/api/open-keyring.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../helpers/database.ts'

const { url } = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'carnet-keyring-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const config = readConfig({ DATA_DIR: folder })
const lines: string[] = []
const open = (database = url) => openInstallationKeyring(config, database, (line) => lines.push(line))
const told = () => lines.splice(0).map((line) => JSON.parse(line))

test('a copy that was lost is written again and told in one line; a key that is lost is an alarm', async () => {
  const keyring = await open()
  keyring.createPeriodKey(1)
  expect(told()).toEqual([])
  rmSync(join(config.keyringCopyDir, 'periods/1.key'))
  keyring.reread()
  expect(told()).toEqual([
    { level: 'warning', alarm: 'key_copy_repaired', file: 'periods/1.key', directory: config.keyringCopyDir },
  ])
  for (const directory of [config.keyringDir, config.keyringCopyDir]) rmSync(join(directory, 'periods/1.key'))
  keyring.reread()
  expect(told()).toEqual([{ level: 'error', alarm: 'key_lost', file: 'periods/1.key' }])
  keyring.createPeriodKey(2)
  keyring.destroyPeriodKey(2)
  expect(told()).toEqual([])
})

test('a new demo takes over no keyring that served another database', async () => {
  const keyring = await open()
  keyring.createPeriodKey(3)
  keyring.markOpened(3, '2026-03-01')
  const other = await createTestDatabase()
  await expect(open(other.url)).rejects.toThrow(/has served another database/)
  expect((await open()).identity).toBe(keyring.identity)
})
