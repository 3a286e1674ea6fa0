import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { KeyringError } from '@carnet/api/keyring/keyring-error.ts'
import { listPeriodAlarms } from '@carnet/api/sealing/alarms.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { publicError } from '@carnet/api/shared/http.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'

const { app, db, sql, clock } = await createTestApp()

test('a keyring that cannot be read is one alarm among the others, and no breakdown', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-away-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const copies = ['first', 'second'].map((name) => join(folder, name)) as [string, string]
  const keyring = createKeyring({ directory: copies[0], copyDirectory: copies[1] })
  const ctx = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
  const codes = async () => (await listPeriodAlarms(ctx)).map(({ code }) => code)
  expect(await codes()).toEqual(['no_open_period'])
  const files = readdirSync(copies[0], { recursive: true, encoding: 'utf8' })
    .map((name) => join(copies[0], name))
    .filter((path) => statSync(path).isFile())
  for (const file of files) chmodSync(file, 0o644)
  expect(await codes()).toEqual(['keyring_away', 'no_open_period'])
  for (const file of files) chmodSync(file, 0o600)
  expect(await codes()).toEqual(['no_open_period'])
})

test('elsewhere it is told as such, without its path', () => {
  const told = publicError(new KeyringError('keyring_incomplete', '/srv/keys/secret is in neither copy'))
  expect(told).toMatchObject({ status: 503, code: 'keyring_away' })
  expect(JSON.stringify(told)).not.toContain('/srv')
})

test('two who want the same name at once: one has it, the other reads a conflict, and nothing breaks', async () => {
  const camille = await givenMember(sql, 'coordinator')
  const ask = (path: string, method: string, name: string) =>
    app.request(`/api/v1/funders${path}`, {
      method,
      headers: { ...camille.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ name, kind: 'commune' }),
    })
  const ids = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => (await (await ask('', 'POST', `Commune ${at}`)).json()).id as string),
  )
  const statuses = await Promise.all(ids.map(async (id) => (await ask(`/${id}`, 'PATCH', 'Angoulême')).status))
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.filter((status) => status !== 200)).toEqual(Array(7).fill(409))
  expect(publicError(Object.assign(new Error('Key (name)=(secret)'), { code: '23505' }))).toMatchObject({
    status: 409,
    code: 'already_there',
  })
})
