import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Decrypter } from 'age-encryption'
import postgres, { type Sql } from 'postgres'
import type { BackupManifest, BackupTable } from './backup.ts'
import { countRows, insertLines, isEmptyDatabase, listForeignKeys, listTables } from './backup-queries.ts'
import { migrateDatabase } from './migrate.ts'
import { StartError } from './start-error.ts'

/** Reads and checks a whole backup before anything is written. Throws `StartError` for one that is not complete. */
export async function readBackup(directory: string): Promise<BackupManifest> {
  const file = join(directory, 'manifest.json')
  if (!existsSync(file))
    throw new StartError(`${directory} is no backup, or one that was not finished: no manifest.json.`)
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as BackupManifest
  if (manifest.format !== 1) throw new StartError(`${directory} was made by a newer version of Carnet.`)
  for (const table of manifest.tables) {
    const found = existsSync(join(directory, table.file)) ? await hashOf(join(directory, table.file)) : 'missing'
    if (found !== table.sha256)
      throw new StartError(
        `${table.file} is ${found === 'missing' ? 'missing' : 'not what was written'}: use another backup.`,
      )
  }
  return manifest
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

/**
 * Fills the empty database at `url`, owned by its user, with a backup, and migrates it. All rows or none; every foreign key is
 * checked again. The keyring decides afterwards what is still true. Throws `StartError`.
 */
export async function restoreDatabase(
  url: string,
  directory: string,
  identity?: string | undefined,
): Promise<BackupManifest> {
  const manifest = await readBackup(directory)
  if (manifest.isEncrypted && identity === undefined)
    throw new StartError('This backup is encrypted: name the file with the identity (AGE-SECRET-KEY-…) that opens it.')
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    if (!(await isEmptyDatabase(sql)))
      throw new StartError(
        'The database is not empty. A backup is restored into a new one; drop nothing before it is checked.',
      )
    await migrateDatabase(url, manifest.migration)
    await sql`begin`
    await preparePartitions(sql, manifest)
    await fill(sql, manifest, directory, identity)
    await sql`commit`
    // Not only for the planner: no scan is to be the first reader of a voucher.
    await sql`vacuum (analyze)`
  } finally {
    await sql.end()
  }
  await migrateDatabase(url)
  return manifest
}

async function preparePartitions(sql: Sql, { tables }: BackupManifest): Promise<void> {
  for (const { name } of tables) {
    const period = name.match(/^redemptions_p(\d+)$/)?.[1]
    if (period) await sql`select prepare_period(${Number(period)})`
  }
}

/** Rows came from a database whose triggers and keys had accepted them: they go in as they are, then the keys are proved. */
async function fill(sql: Sql, manifest: BackupManifest, directory: string, identity?: string): Promise<void> {
  const tables = await listTables(sql)
  const keys = await listForeignKeys(sql)
  for (const { table, name } of keys) await sql.unsafe(`alter table ${table} drop constraint ${name}`)
  for (const { name } of tables) await sql.unsafe(`alter table public.${name} disable trigger user`)
  await sql.unsafe(`truncate ${tables.map(({ name }) => `public.${name}`).join(', ')}`)
  for (const table of manifest.tables) await copyIn(sql, table, directory, identity)
  for (const { name } of tables) await sql.unsafe(`alter table public.${name} enable trigger user`)
  for (const { table, name, definition } of keys)
    await sql.unsafe(`alter table ${table} add constraint ${name} ${definition}`)
}

async function copyIn(sql: Sql, table: BackupTable, directory: string, identity?: string): Promise<void> {
  const file = createReadStream(join(directory, table.file))
  const compressed = identity ? await decrypt(file, identity) : file
  let batch: string[] = []
  let size = 0
  for await (const line of createInterface({
    input: compressed.pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    batch.push(line)
    size += line.length
    if (batch.length < 1000 && size < 4_000_000) continue
    await insertLines(sql, table, batch)
    batch = []
    size = 0
  }
  if (batch.length > 0) await insertLines(sql, table, batch)
  const found = await countRows(sql, table)
  if (found !== table.rows)
    throw new StartError(`${table.file} holds ${found} rows and not ${table.rows}: nothing was restored.`)
}

async function decrypt(file: Readable, identity: string): Promise<Readable> {
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    const plain = await decrypter.decrypt(Readable.toWeb(file) as ReadableStream<Uint8Array>)
    return Readable.fromWeb(plain as Parameters<typeof Readable.fromWeb>[0])
  } catch {
    throw new StartError('This identity does not open the backup: nothing was restored.')
  }
}
