import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
const migrationLock = 7200

/**
 * Brings the database to the newest migration, or to the one made at `upTo` (as the journal has it). Several processes may call it
 * at once: one does the work, the others wait.
 */
export async function migrateDatabase(url: string, upTo?: string): Promise<void> {
  await withClient(url, async (sql) => {
    await sql`select pg_advisory_lock(${migrationLock})`
    if (upTo === undefined) return migrate(drizzle(sql), { migrationsFolder })
    const folder = copyUpTo(upTo)
    try {
      await migrate(drizzle(sql), { migrationsFolder: folder })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

/** The migrator reads a whole folder: an older database is made from a folder that ends earlier. */
function copyUpTo(upTo: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-migrations-'))
  cpSync(migrationsFolder, folder, { recursive: true })
  const entries = readJournal().filter(({ when }) => when <= Number(upTo))
  const journal = JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8'))
  writeFileSync(`${folder}/meta/_journal.json`, JSON.stringify({ ...journal, entries }))
  return folder
}

/** The migrations that this version of the code has and the database has not, by name. */
export async function listPendingMigrations(url: string): Promise<string[]> {
  return withClient(url, async (sql) => {
    const [{ exists } = { exists: false }] = await sql<
      { exists: boolean }[]
    >`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
    const applied = exists
      ? await sql<{ at: string }[]>`select created_at::text as at from drizzle.__drizzle_migrations`
      : []
    const known = new Set(applied.map((row) => row.at))
    return readJournal()
      .filter(({ when }) => !known.has(String(when)))
      .map(({ tag }) => tag)
  })
}

function readJournal(): { when: number; tag: string }[] {
  return JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')).entries
}

async function withClient<Result>(url: string, use: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await use(sql)
  } finally {
    await sql.end()
  }
}
