import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { isAlive } from '@carnet/db/embedded-lock'
import { migrateDatabase } from '@carnet/db/migrate'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's address of the run's own server, on its database `postgres`. */
    postgresUrl: string
  }
}

const prefix = 'carnet-test-'
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

/** One PostgreSQL for the whole run, in a directory and on a port of its own, with the template `migrated`. */
export default async function startTestServer(project: TestProject) {
  removeLeftovers()
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
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

/** A run that was killed leaves its directory, named after its process. */
function removeLeftovers() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix)))
    if (!isAlive(Number(name.slice(prefix.length).split('-')[0])))
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
}
