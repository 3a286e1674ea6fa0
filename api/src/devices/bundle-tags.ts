import type { Context, Phone } from '../shared/context.ts'
import { buildBundle } from './bundle.ts'

const keptMs = 60_000
const mostKept = 5_000

/** The ETag of a phone's bundle, at most a minute old: every answer to a phone carries it. */
export function createBundleTags() {
  const tags = new Map<string, { etag: string; until: number }>()
  return async (ctx: Context, phone: Phone): Promise<string> => {
    const key = phone.venueId ?? phone.organisationId
    const known = tags.get(key)
    if (known && known.until > Date.now()) return known.etag
    if (tags.size >= mostKept) tags.clear()
    const { etag } = await buildBundle(ctx, phone)
    tags.set(key, { etag, until: Date.now() + keptMs })
    return etag
  }
}
