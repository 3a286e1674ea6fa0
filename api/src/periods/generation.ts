import type { Context } from '../shared/context.ts'
import { readTimeline } from './queries.ts'

/**
 * What phones compare: when it changes, the database may have lost what they were told, and they send again. PostgreSQL's
 * timeline changes when a replica takes over, the keyring's value when a backup was restored.
 */
export async function readGeneration({ db, keyring }: Pick<Context, 'db' | 'keyring'>): Promise<string> {
  return `${await readTimeline(db)}-${keyring.generation()}`
}
