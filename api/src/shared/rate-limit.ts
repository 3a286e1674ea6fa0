import { createHmac, randomBytes } from 'node:crypto'
import { AppError } from './errors.ts'

/**
 * How often, in one place: `burst` at once, then `perMinute`. Generous: a person never meets them, a program that runs wild
 * or guesses does. They count in the memory of one process; what must hold for all of them is counted in the database.
 */
export const rateRules = {
  /** Codes mailed to one address, whoever asks and whether or not anybody has it. */
  sign_in_mail: { burst: 5, perMinute: 0.25 },
  /** Codes typed for one address, over all the codes it was sent. */
  sign_in_try: { burst: 20, perMinute: 1 },
  /** Asking for codes and typing them, from one browser at one network address. */
  sign_in_caller: { burst: 60, perMinute: 5 },
  /** Forms sent without an account; sign-in counts more closely besides. */
  public_write: { burst: 300, perMinute: 20 },
  /** Pages, searches and lists read without an account. */
  public_read: { burst: 600, perMinute: 600 },
  /** Files made for one request: PDF, CSV, the journal. */
  export: { burst: 60, perMinute: 12 },
  /** Everything else that one account does. */
  account: { burst: 3000, perMinute: 1800 },
  /** All requests of one phone; each may hold 50 scans. */
  phone: { burst: 3000, perMinute: 1800 },
} as const satisfies Record<string, { burst: number; perMinute: number }>

export type RateKind = keyof typeof rateRules
/** Throws `too_many` with the seconds to wait. The key says who: an account, a phone, an address. */
export type Limit = (kind: RateKind, key: string) => void

const dayMs = 86_400_000
export const mostKeys = 100_000

/**
 * Keeps one moment for each key, in memory alone: when all it took will be forgotten. Keys are names of people and network
 * addresses, so what is kept is their HMAC under a key drawn at the start and each day, and written nowhere. When it is full,
 * who was silent for longest is forgotten.
 */
export function createLimit(clockMs: () => number = () => performance.now()): { limit: Limit; size: () => number } {
  const emptyAt = new Map<string, number>()
  let secret = randomBytes(32)
  let drawnAt = clockMs()

  function limit(kind: RateKind, key: string): void {
    const now = clockMs()
    if (now - drawnAt >= dayMs) {
      secret = randomBytes(32)
      drawnAt = now
      emptyAt.clear()
    }
    const { burst, perMinute } = rateRules[kind]
    const costMs = 60_000 / perMinute
    const who = createHmac('sha256', secret).update(`${kind}\n${key}`).digest('base64url').slice(0, 22)
    const next = Math.max(emptyAt.get(who) ?? now, now) + costMs
    const waitMs = next - now - burst * costMs
    if (waitMs > 0.5) {
      const retryAfterS = Math.ceil(waitMs / 1000)
      throw new AppError('too_many', 'too_many_requests', `Ask again in ${retryAfterS} seconds`, { retryAfterS })
    }
    emptyAt.delete(who)
    emptyAt.set(who, next)
    if (emptyAt.size > mostKeys) emptyAt.delete(emptyAt.keys().next().value!)
  }
  return { limit, size: () => emptyAt.size }
}
