import { randomUUID } from 'node:crypto'
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
