import type { Transaction } from '@carnet/db'
import { type Column, type SQL, sql } from 'drizzle-orm'

const rowsAtOnce = 5_000

/**
 * The rows of a query, a few thousand at a time, so that a million of them neither fill the memory nor hold up the server.
 * One at a time in a transaction: the cursor has one name.
 */
export async function* readInBatches<Row extends Record<string, unknown>>(
  tx: Transaction,
  query: SQL,
): AsyncGenerator<Row[]> {
  await tx.execute(sql`declare many_rows no scroll cursor for ${query}`)
  try {
    while (true) {
      const rows = await tx.execute<Row>(sql.raw(`fetch ${rowsAtOnce} from many_rows`))
      if (rows.length === 0) return
      yield rows as unknown as Row[]
    }
  } finally {
    await tx.execute(sql`close many_rows`)
  }
}

/** A MAC as 32 hex digits, as its column reads (`mac()` in the schema). */
export const hex = (mac: Column): SQL => sql`encode(uuid_send(${mac}), 'hex')`
