import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'

/** Throws what the driver throws when the database does not answer. */
export async function askDatabase(db: Database): Promise<void> {
  await db.execute(sql`select 1`)
}
