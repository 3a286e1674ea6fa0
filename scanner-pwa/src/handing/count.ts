/**
 * A prescriber's phone counts books, and never says to whom. It keeps its own total of a month and tells that: told twice it counts
 * once, and an undo is a smaller total.
 */
import { durable, type HandoutCount, inOne, type Store } from '../queue/store.ts'

type Key = { campaignId: string; month: string }
const idOf = ({ campaignId, month }: Key) => `${campaignId} ${month}`

/** One more, or one less; never below what this phone counted itself. Kept before anything is told. */
export async function countBook(db: Store, key: Key, change: 1 | -1): Promise<void> {
  const tx = db.transaction('handouts', 'readwrite', durable)
  const id = idOf(key)
  const before = (await tx.store.get(id)) ?? { id, ...key, books: 0, seq: 0, told: 0 }
  const books = Math.max(0, before.books + change)
  await tx.store.put({ ...before, books, seq: before.seq + 1 })
  await tx.done
}

/** The total goes, and what the server heard of it is noted. A tap meanwhile waits for the next turn. */
export async function tellCounts(db: Store, tell: (count: HandoutCount) => Promise<void>): Promise<void> {
  for (const count of await db.getAll('handouts')) {
    if (count.books === count.told) continue
    await tell(count)
    // Where it does not fit, the same total is told again, which changes nothing.
    await noteTold(db, count).catch(() => undefined)
  }
}

async function noteTold(db: Store, { id, books }: HandoutCount): Promise<void> {
  const tx = db.transaction('handouts', 'readwrite', durable)
  await inOne(tx, async () => {
    const now = await tx.store.get(id)
    if (now) await tx.store.put({ ...now, told: books })
  })
}

/** Linked again, the phone is another one for the server: what was told belongs to the former, and only the rest is its own. */
export const countAnew = (count: HandoutCount): HandoutCount => ({
  ...count,
  books: Math.max(0, count.books - count.told),
  told: 0,
})
