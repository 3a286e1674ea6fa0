import type { Context, Phone } from '../shared/context.ts'
import { buildBundle, readSharedRules } from './bundle.ts'

const mostKept = 5_000

/**
 * The ETag of a phone's bundle, at most a minute old: every answer to a phone carries it. Empty when no bundle can be built
 * now: a scan that was accepted is told so all the same.
 */
export function createBundleTags(keptMs = 60_000) {
  const tags = new Map<string, { etag: string; until: number }>()
  // The same for every phone, and the costly part: all blocked vouchers.
  let shared = { rules: Promise.resolve<Awaited<ReturnType<typeof readSharedRules>> | null>(null), until: 0 }

  async function build(ctx: Context, phone: Phone): Promise<string> {
    if (shared.until <= Date.now()) shared = { rules: readSharedRules(ctx), until: Date.now() + keptMs }
    const rules = await shared.rules
    return rules ? (await buildBundle(ctx, phone, rules)).etag : ''
  }

  return async (ctx: Context, phone: Phone): Promise<string> => {
    const key = phone.venueId ?? phone.organisationId
    const known = tags.get(key)
    if (known && known.until > Date.now()) return known.etag
    if (tags.size >= mostKept) tags.clear()
    const etag = await build(ctx, phone).catch(() => '')
    tags.set(key, { etag, until: Date.now() + keptMs })
    return etag
  }
}
