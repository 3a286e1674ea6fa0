import postgres from 'postgres'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../helpers/database.ts'

const { sql, url } = await createTestDatabase()

test('a test file has a database of its own, made by the real migrations', async () => {
  const [row] = await sql`select current_database() as name, to_regclass('vouchers') is not null as "isMigrated"`
  expect(row).toEqual({ name: new URL(url).pathname.slice(1), isMigrated: true })
})

test('what one test file writes, another never sees', async () => {
  const other = await createTestDatabase()
  await sql`create table only_here (id int)`
  const [row] = await other.sql`select to_regclass('only_here') is null as "isAbsent"`
  expect(row).toEqual({ isAbsent: true })
})

test('the server asks for a password', async () => {
  const stranger = postgres(url.replace(/:[^:@]+@/, ':wrong@'), { max: 1 })
  await expect(stranger`select 1`).rejects.toMatchObject({ code: '28P01' })
})
