import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's address of the run's own server, on its database `postgres`. */
    postgresUrl: string
  }
}

const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

/** One PostgreSQL for the whole run, in a directory and on a port of its own, with the template `migrated`. */
export default async function startTestServer(project: TestProject) {
  const dataDir = mkdtempSync(join(tmpdir(), 'postgres-'))
  const server = await startEmbeddedPostgres({ dataDir, settings: fast })
  const postgresUrl = server.url.replace(/carnet$/, 'postgres')

  const sql = postgres(postgresUrl, { max: 1, onnotice: () => {} })
  await sql`create database migrated`
  await migrateDatabase(server.url.replace(/carnet$/, 'migrated'))
  await sql`alter database migrated with is_template true allow_connections false`
  await sql.end()
  project.provide('postgresUrl', postgresUrl)

  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
