import { connectRaw } from '@carnet/db'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { listPendingMigrations, migrateDatabase } from '@carnet/db/migrate'
import { findUnsafeSettings } from '@carnet/db/server-settings'
import { StartError } from '@carnet/db/start-error'
import type { Config } from './config.ts'

export type OpenDatabase = {
  url: string
  close: () => Promise<void>
  /** Resolves, with the reason, when the embedded server ends by itself. A server of DATABASE_URL never does. */
  failed: Promise<StartError>
}

/**
 * The database of this installation, migrated and safe to write to: the embedded one, or that of DATABASE_URL.
 * Throws `StartError` when it cannot be reached, lacks a migration, could lose writes, or tells too much in its log.
 */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.databaseUrl === undefined) return openEmbedded(config)
  await checkServer(config.databaseUrl, config.mode)
  const pending = await listPendingMigrations(config.databaseUrl)
  if (pending.length > 0)
    throw new StartError(`The database lacks ${pending.length} migrations, from ${pending[0]} on. Run: npm run migrate`)
  return { url: config.databaseUrl, close: async () => {}, failed: new Promise(() => {}) }
}

async function openEmbedded(config: Config): Promise<OpenDatabase> {
  const server = await startEmbeddedPostgres({ dataDir: config.postgresDir })
  try {
    await checkServer(server.url, config.mode)
    await migrateDatabase(server.url)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { url: server.url, close: server.stop, failed: server.failed }
}

async function checkServer(url: string, mode: Config['mode']): Promise<void> {
  const sql = connectRaw(url, { maxConnections: 1 })
  try {
    const [server] = await sql`select current_setting('server_version_num')::int / 10000 as version`
    const problems = await findUnsafeSettings(sql, mode)
    if (server?.version < 15) problems.push(`PostgreSQL ${server?.version} is too old: Carnet needs 15 or newer.`)
    if (problems.length > 0) throw new StartError(['Carnet does not start on this PostgreSQL.', ...problems].join('\n'))
  } catch (error) {
    throw unreachable(error, url) ?? error
  } finally {
    await sql.end()
  }
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  '28P01',
  '28000',
  '3D000',
])

/** The address is told without its password. */
function unreachable(error: unknown, url: string): StartError | undefined {
  const { code, message } = error as { code?: string; message: string }
  if (code === undefined || !unreachableCodes.has(code)) return undefined
  const { host, pathname } = new URL(url)
  return new StartError(`No database at ${host}${pathname} (DATABASE_URL): ${message}`)
}
