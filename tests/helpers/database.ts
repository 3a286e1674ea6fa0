import { randomUUID } from 'node:crypto'
import { connectDatabase } from '@carnet/db'
import { scopeDatabase } from '@carnet/db/scope'
import postgres from 'postgres'
import { inject } from 'vitest'
import { afterwards } from './afterwards.ts'

/** A private copy of the migrated database for one test file, and its owner's client: nothing to clean, safe in parallel. */
export async function createTestDatabase() {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${name} template migrated`)
  const url = inject('postgresUrl').replace(/postgres$/, name)
  const sql = postgres(url, { onnotice: () => {} })

  afterwards(async () => {
    await sql.end({ timeout: 5 })
    await server.unsafe(`drop database ${name} with (force)`)
    await server.end()
  })
  return { url, sql }
}

/** As the app connects, seeing what the operator sees: a test's own look at the rows. A context made of it sees its own again. */
export function connectAsOperator(url: string, maxConnections = 10) {
  const { db, end } = connectDatabase(url, { role: 'carnet_app', maxConnections })
  return { db: scopeDatabase(db, { role: 'operator', tenant: null, person: null }), end }
}
