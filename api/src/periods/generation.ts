import type { Context } from '../shared/context.ts'
import { readTimeline } from './queries.ts'

const everyMs = 30_000

/**
 * What phones compare: when it changes, the database may have lost what they were told, and they send again. PostgreSQL's
 * timeline changes when a replica takes over, the keyring's value when a backup was restored.
 */
export async function readGeneration({ db, keyring }: Pick<Context, 'db' | 'keyring'>): Promise<string> {
  return `${await readTimeline(db)}-${keyring.generation()}`
}

/** The generation at hand for every answer; a replica that takes over is noticed within 30 s. */
export async function watchGeneration(ctx: Pick<Context, 'db' | 'keyring'>) {
  let generation = await readGeneration(ctx)
  const timer = setInterval(async () => {
    // A database that is away has told nothing new.
    generation = await readGeneration(ctx).catch(() => generation)
  }, everyMs)
  timer.unref()
  return { current: () => generation, stop: () => clearInterval(timer) }
}
