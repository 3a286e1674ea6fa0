import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  backUp,
  checkBackupPlace,
  drillRestore,
  proveDatabase,
  reconcileRestored,
  restore,
} from '@carnet/api/back-up.ts'
import { readConfig } from '@carnet/api/config.ts'
import { openKeyring } from '@carnet/api/keyring/keyring.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { connectDatabase } from '@carnet/db'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { afterwards } from '../../helpers/afterwards.ts'
import {
  givenMoney,
  givenSealingWorld,
  readOutcome,
  type SealingWorld,
  scanAll,
  startOnBackup,
} from '../../helpers/sealing.ts'

const now = () => new Date('2026-03-20T10:00:00Z')

function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-backup-'))
  afterwards(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const configOf = (world: SealingWorld) =>
  readConfig({
    DATA_DIR: join(world.keyringRoot, 'data'),
    KEYRING_DIR: join(world.keyringRoot, 'one'),
    KEYRING_COPY_DIR: join(world.keyringRoot, 'two'),
  })

/** An empty database, as an operator makes one for a restore. */
async function givenEmptyDatabase(): Promise<string> {
  const name = `empty_${crypto.randomUUID().replaceAll('-', '')}`
  const server = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${name} template template0`)
  afterwards(async () => {
    await server.unsafe(`drop database ${name} with (force)`)
    await server.end()
  })
  return inject('postgresUrl').replace(/postgres$/, name)
}

const reasons = (scans: { answer: { outcome: string; reason: string | null } }[]) => [
  ...new Set(scans.map(({ answer }) => answer.reason ?? answer.outcome)),
]

test('a backup taken while scans go on comes back whole, and nothing that was spent since is good again', async () => {
  const world = await givenSealingWorld({ campaigns: [{ books: 8 }] })
  const vouchers = world.campaigns[0]!.vouchers
  await scanAll(world, vouchers.slice(0, 20))
  const folder = join(givenFolder(), 'monday')

  const [told] = await Promise.all([
    backUp({ url: world.url, config: configOf(world), now }, [folder]),
    scanAll(world, vouchers.slice(20, 40)),
  ])
  expect(told).toContain('It is not encrypted')
  await scanAll(world, vouchers.slice(40, 50))

  const url = await givenEmptyDatabase()
  expect(await restore(url, [folder])).toContain('of 2026-03-20 are restored')
  const keyring = openKeyring({
    directory: join(world.keyringRoot, 'one'),
    copyDirectory: join(world.keyringRoot, 'two'),
  })
  const { db, end } = connectDatabase(url, { role: 'carnet_app' })
  const operator = createContext({ db, keyring, now, actor: { kind: 'operator' } })
  expect(await reconcileRestored(operator).finally(end)).toContain('phones send again')

  const restored = startOnBackup(world, new URL(url).pathname.slice(1))
  // Rows of the backup keep their vouchers spent; what came after it is lost, and phones send it again, once.
  expect(reasons(await scanAll(restored, vouchers.slice(0, 20)))).toEqual(['already_used'])
  expect(reasons(await scanAll(restored, vouchers.slice(40, 50)))).toEqual(['accepted'])
  expect(reasons(await scanAll(restored, vouchers.slice(40, 50)))).toEqual(['already_used'])
  expect((await readOutcome(restored)).cells).toEqual((await readOutcome(world)).cells)
})

test('a backup holds no session, and its rows are those of the tables', async () => {
  const world = await givenSealingWorld()
  const folder = join(givenFolder(), 'monday')
  await backUp({ url: world.url, config: configOf(world), now }, [folder])

  const files = readdirSync(folder)
  expect(files).toContain('vouchers.jsonl.gz')
  expect(files).not.toContain('sessions.jsonl.gz')
  const kept = gunzipSync(readFileSync(join(folder, 'vouchers.jsonl.gz'))).toString()
  expect(kept.trim().split('\n')).toHaveLength(world.campaigns[0]!.vouchers.length)
})

test('an encrypted backup is read by its owner alone', async () => {
  const world = await givenSealingWorld()
  const root = givenFolder()
  const [owner, stranger] = [await generateIdentity(), await generateIdentity()]
  const folder = join(root, 'monday')
  const told = await backUp({ url: world.url, config: configOf(world), now }, [
    folder,
    await identityToRecipient(owner),
  ])
  expect(told).not.toContain('not encrypted')
  for (const file of readdirSync(folder).filter((name) => name !== 'manifest.json'))
    expect(readFileSync(join(folder, file), 'latin1').slice(0, 22)).toBe('age-encryption.org/v1\n')

  writeFileSync(join(root, 'owner'), `# made today\n${owner}\n`)
  writeFileSync(join(root, 'stranger'), stranger)
  writeFileSync(join(root, 'nothing'), 'no key here')
  const url = await givenEmptyDatabase()
  await expect(restore(url, [folder])).rejects.toThrow('This backup is encrypted')
  await expect(restore(url, [folder, join(root, 'nothing')])).rejects.toThrow('holds no line with an AGE-SECRET-KEY')
  await expect(restore(url, [folder, join(root, 'stranger')])).rejects.toThrow('does not open the backup')
  // What was refused left the schema alone or nothing: the same database takes the right one.
  const fresh = await givenEmptyDatabase()
  expect(await restore(fresh, [folder, join(root, 'owner')])).toContain('are restored')
})

test('a backup that is damaged, unfinished or not there is refused before anything is written', async () => {
  const world = await givenSealingWorld()
  const root = givenFolder()
  const folder = join(root, 'monday')
  await backUp({ url: world.url, config: configOf(world), now }, [folder])
  await expect(backUp({ url: world.url, config: configOf(world), now }, [folder])).rejects.toThrow('never written over')

  const url = await givenEmptyDatabase()
  await expect(restore(url, [undefined])).rejects.toThrow('Usage: npm run restore')
  await expect(restore(url, [root])).rejects.toThrow('no manifest.json')
  await expect(restore(world.url, [folder])).rejects.toThrow('The database is not empty')
  appendFileSync(join(folder, 'vouchers.jsonl.gz'), 'x')
  await expect(restore(url, [folder])).rejects.toThrow('vouchers.jsonl.gz is not what was written')
  rmSync(join(folder, 'vouchers.jsonl.gz'))
  await expect(restore(url, [folder])).rejects.toThrow('vouchers.jsonl.gz is missing')
  const sql = postgres(url, { max: 1 })
  afterwards(() => sql.end())
  expect(await sql`select from pg_class where relnamespace = 'public'::regnamespace`).toHaveLength(0)
})

test('a backup that fails leaves nothing behind', async () => {
  const world = await givenSealingWorld()
  const folder = join(givenFolder(), 'monday')
  await world.sql.unsafe(
    'revoke all on schema drizzle from current_user; alter table drizzle.__drizzle_migrations rename to hidden',
  )
  await expect(backUp({ url: world.url, config: configOf(world), now }, [folder])).rejects.toThrow()
  expect(existsSync(folder) || existsSync(`${folder}.part`)).toBe(false)
})

test('backups and keys are never one inside the other', () => {
  const keys = { keyringDir: '/srv/keys', keyringCopyDir: '/mnt/keys', postgresDir: '/srv/data/postgres' }
  for (const place of ['/srv/keys/backup', '/mnt/keys', '/srv', '/srv/data/postgres/backup'])
    expect(() => checkBackupPlace(place, keys)).toThrow('keep backups and keys apart')
  expect(() => checkBackupPlace('/srv/keys-of-others', keys)).not.toThrow()
  expect(() => checkBackupPlace('/backups/monday', keys)).not.toThrow()
})

test('a drill restores aside and proves the money and the audit log', async () => {
  const world = await givenSealingWorld()
  await givenMoney(world)
  const folder = join(givenFolder(), 'monday')
  await backUp({ url: world.url, config: configOf(world), now }, [folder])
  expect(await drillRestore([folder])).toContain('Every equation of the money holds')
})

test('the proof of a drill fails for money that is not there and for a forged audit log', async () => {
  const world = await givenSealingWorld()
  await expect(proveDatabase(world.url)).rejects.toThrow('activated_value_is_issued_accrued_or_expired')
  await givenMoney(world)
  await expect(proveDatabase(world.url)).resolves.toContain('the audit log is whole')

  await world.sql`alter table audit_log disable trigger user`
  await world.sql`insert into audit_log (seq, at, actor, action, details, previous_hash, hash)
    select coalesce(max(seq), 0) + 1, now(), 'operator', 'forged', '{}', '\\x00', '\\x01' from audit_log`
  await expect(proveDatabase(world.url)).rejects.toThrow('The audit log of this backup is broken')
})
