import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import postgres, { type Sql } from 'postgres'
import { listTables, newestMigration, readLines, type TableShape } from './backup-queries.ts'
import { StartError } from './start-error.ts'

export type BackupTable = TableShape & { file: string; rows: number; sha256: string }
export type BackupManifest = {
  format: 1
  madeOn: string
  /** The last migration of the database: it is restored at this one, and then brought up to date. */
  migration: string
  isEncrypted: boolean
  tables: BackupTable[]
}

/** Who signs in again loses nothing; a stolen backup that holds no session opens no door. */
const leftOut = new Set(['sessions', 'demo_sign_ins'])

/**
 * Copies every row of one instant into `directory`, while scans and payments go on: a compressed file for each table, and last a
 * manifest with their hashes. With a recipient (`age1…`) only its owner can read the files. The keyring is not touched.
 * Throws `StartError` when the directory exists.
 */
export async function backUpDatabase(
  url: string,
  directory: string,
  { recipient, madeOn }: { recipient?: string | undefined; madeOn: string },
): Promise<BackupManifest> {
  if (existsSync(directory)) throw new StartError(`${directory} exists: a backup is never written over another.`)
  const part = `${directory}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true, mode: 0o700 })
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const manifest = await inOneInstant(sql, async () => {
      const tables: BackupTable[] = []
      for (const table of await listTables(sql))
        if (!leftOut.has(table.name)) tables.push(await copyOut(sql, table, part, recipient))
      const migration = await newestMigration(sql)
      return { format: 1 as const, madeOn, migration, isEncrypted: recipient !== undefined, tables }
    })
    writeFileSync(join(part, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    mkdirSync(dirname(directory), { recursive: true })
    renameSync(part, directory)
    return manifest
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw error
  } finally {
    await sql.end()
  }
}

/** The tables are held first: none is dropped by a sealing before it is copied. The first look at a row fixes the instant. */
async function inOneInstant<Result>(sql: Sql, run: () => Promise<Result>): Promise<Result> {
  await sql`begin isolation level repeatable read, read only`
  const names = (await listTables(sql)).map(({ name }) => `public.${name}`)
  await sql`commit`
  await sql`begin isolation level repeatable read, read only`
  await sql.unsafe(`lock table ${names.join(', ')} in access share mode`)
  const result = await run()
  await sql`commit`
  return result
}

async function copyOut(sql: Sql, table: TableShape, part: string, recipient?: string): Promise<BackupTable> {
  const file = `${table.name}.jsonl.gz${recipient ? '.age' : ''}`
  const counted = { rows: 0 }
  const compressed = Readable.from(countLines(readLines(sql, table), counted)).pipe(createGzip())
  const hash = createHash('sha256')
  const hashed = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const written = recipient ? await encrypt(compressed, recipient) : compressed
  await pipeline(written, hashed, createWriteStream(join(part, file), { mode: 0o600, flush: true }))
  return { ...table, file, rows: counted.rows, sha256: hash.digest('hex') }
}

async function* countLines(batches: AsyncIterable<string[]>, counted: { rows: number }): AsyncGenerator<string> {
  for await (const lines of batches) {
    counted.rows += lines.length
    yield lines.map((line) => `${line}\n`).join('')
  }
}

async function encrypt(plain: Readable, recipient: string): Promise<Readable> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const encrypted = await encrypter.encrypt(Readable.toWeb(plain) as ReadableStream<Uint8Array>)
  return Readable.fromWeb(encrypted as Parameters<typeof Readable.fromWeb>[0])
}
