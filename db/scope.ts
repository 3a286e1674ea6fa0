import { drizzle } from 'drizzle-orm/postgres-js'
import type { ParameterOrJSON, Sql } from 'postgres'
import type { Database, DatabaseRole } from './index.ts'

/** For whom a transaction runs. The policies of the tables read it: whoever says nothing sees nothing. */
export type Scope = { role: string; tenant: string | null; person: string | null }

type Begin = (run: (sql: Sql) => unknown) => Promise<unknown>
type Scoped = { unscoped?: Sql }

const mostParameters = 16
const isPlain = /^[\w-]*$/

/** Local to its transaction: a connection that goes back to the pool, or to PgBouncer, remembers nothing. */
function settingsOf(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      if (!isPlain.test(value)) throw new Error(`${name} is no plain word`)
      return `set local ${name} = '${value}'`
    })
    .join('; ')
}

/**
 * The same database for one asker, whatever it was scoped to before. A statement on its own runs in a transaction of its own,
 * since only a transaction can be told for whom it is; the scope is sent along with it and costs no answer to wait for.
 */
export function scopeDatabase(db: Database, scope: Scope, as: DatabaseRole = 'carnet_app'): Database {
  const given = db.$client as Sql & Scoped
  const client = given.unscoped ?? given
  // Nobody waits for an answer to any of it. Another level than the usual one is asked for after it.
  const settings = `set transaction isolation level read committed; ${settingsOf({
    role: as,
    'carnet.role': scope.role,
    'carnet.tenant': scope.tenant ?? '',
    'carnet.person': scope.person ?? '',
  })}`

  const begin: Begin = (run) =>
    client.begin((sql) => {
      // Not awaited: what follows on this connection comes after it, and its failure fails the transaction.
      void sql.unsafe(settings).execute()
      return run(sql as unknown as Sql)
    })
  function unsafe(query: string, parameters: ParameterOrJSON<never>[] = [], options = {}) {
    // Policies are worked into a statement once for each connection, not each time. Lists of any length would fill its memory.
    // The driver would send one without parameters as plain text, to be planned each time.
    const plan = { prepare: parameters.length <= mostParameters, simple: false }
    const rowsOf = (asArrays: boolean) =>
      begin((sql) => {
        const rows = sql.unsafe(query, parameters, { ...options, ...plan })
        return asArrays ? rows.values() : rows
      })
    return {
      // biome-ignore lint/suspicious/noThenProperty: like a query of the driver, it runs when it is awaited.
      then: (done: (rows: unknown) => unknown, failed: (error: unknown) => unknown) => rowsOf(false).then(done, failed),
      values: () => rowsOf(true),
    }
  }
  const scoped = { options: client.options, unsafe, begin, unscoped: client }
  return drizzle(scoped as unknown as Sql, { casing: 'snake_case' })
}
