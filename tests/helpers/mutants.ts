import type { Sql } from 'postgres'
import { expect, test } from 'vitest'

/**
 * A mutant is the real system with one guard taken out. A test of a race is worth something when it fails on the mutant: each
 * race is a function that counts what went wrong, none on the real system and at least one thing on every mutant.
 */
export type Mutant = { name: string; apply: (sql: Sql) => Promise<() => Promise<unknown>> }

/** A database function with fragments of its text replaced. Mended by making the real one again. */
export const mutantOf = (
  name: string,
  functionName: string,
  ...changes: (readonly [from: string, to: string])[]
): Mutant => ({
  name,
  async apply(sql) {
    const [row] = await sql<{ real: string }[]>`
      select pg_get_functiondef(p.oid) as real from pg_proc p where p.proname = ${functionName} and p.pronamespace = 'public'::regnamespace`
    const real = row!.real
    await sql.unsafe(changes.reduce((text, [from, to]) => replaceOnce(text, from, to), real))
    return () => sql.unsafe(real)
  },
})

/** A policy of the wall with fragments of it replaced, as PostgreSQL prints it. */
export const policyMutant = (
  name: string,
  { table, policy }: { table: string; policy: string },
  ...changes: (readonly [from: string, to: string])[]
): Mutant => ({
  name,
  async apply(sql) {
    const [row] = await sql<{ real: string }[]>`
      select qual as real from pg_policies where schemaname = 'public' and tablename = ${table} and policyname = ${policy}`
    const real = row!.real
    const put = (condition: string) => sql.unsafe(`alter policy ${policy} on ${table} using (${condition})`)
    await put(changes.reduce((text, [from, to]) => replaceOnce(text, from, to), real))
    return () => put(real)
  },
})

/** Several guards taken out together: where one stands behind the other, each alone would not show. */
export const together = (name: string, ...mutants: Mutant[]): Mutant => ({
  name,
  async apply(sql) {
    const mends: (() => Promise<unknown>)[] = []
    for (const mutant of mutants) mends.unshift(await mutant.apply(sql))
    return async () => {
      for (const mend of mends) await mend()
    }
  },
})

export const withoutIndex = (index: string): Mutant => ({
  name: `without the index ${index}`,
  async apply(sql) {
    const [row] = await sql<{ real: string }[]>`select indexdef as real from pg_indexes where indexname = ${index}`
    await sql.unsafe(`drop index ${index}`)
    return async () => {
      await sql`truncate redemptions, scan_receipts`
      await sql.unsafe(row!.real)
    }
  },
})

function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`the fragment is there ${parts.length - 1} times: ${from}`)
  return parts.join(to)
}

/** The real system passes; every mutant is caught by the very same function. */
export function testRace<World extends { sql: Sql }>(
  title: string,
  worldOf: () => World,
  violationsOf: (world: World) => Promise<string[]>,
  mutants: readonly Mutant[],
): void {
  test(title, async () => {
    const world = worldOf()
    expect(await violationsOf(world)).toEqual([])
    for (const mutant of mutants) {
      const mend = await mutant.apply(world.sql)
      const found = await violationsOf(world).finally(mend)
      expect(found, `nobody noticed: ${mutant.name}`).not.toEqual([])
    }
  })
}
