import { createHash } from 'node:crypto'
import { listBlockHashes } from '../books/list-block-hashes.ts'
import { nextPayoutOn } from '../calendar/calendar.ts'
import { getCurrentVersion } from '../catalogue/queries.ts'
import type { Context, Phone } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { listScanRules, listVenueOffers } from './bundle-queries.ts'

/** What every phone is told alike. */
export async function readSharedRules(ctx: Context) {
  const versionId = await findVersionId(ctx)
  return {
    versionId,
    campaigns: await listScanRules(ctx.db, versionId, ctx.today()),
    blocklist: await listBlockHashes(ctx),
  }
}

/**
 * All that a phone needs to answer offline: its venues and what they offer, the campaigns' rules, the public keys, the hashes
 * of blocked vouchers, the key that closes its queue. `etag` changes exactly when one of these does.
 */
export async function buildBundle(ctx: Context, phone: Phone, shared?: Awaited<ReturnType<typeof readSharedRules>>) {
  const { versionId, campaigns, blocklist } = shared ?? (await readSharedRules(ctx))
  const venues = await listVenueOffers(ctx.db, phone, versionId, ctx.today())
  const isOwn = (venueId: string) => venues.some(({ id }) => id === venueId)
  const content = {
    venues,
    campaigns: campaigns.map((campaign) => ({ ...campaign, venues: campaign.venues?.filter(isOwn) ?? null })),
    keys: ctx.keyring.listPublicKeys(),
    blocklist,
    queueKey: ctx.keyring.queuePublicKey,
    nextPayoutOn: nextPayoutOn(ctx.today()),
  }
  const etag = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)
  return { etag, bundle: { ...content, serverTime: ctx.now().toISOString() } }
}

/** Before the first catalogue a phone enrols all the same, with no service to choose. */
async function findVersionId(ctx: Context): Promise<string | null> {
  try {
    return (await getCurrentVersion(ctx.db, ctx.today())).id
  } catch (error) {
    if (error instanceof AppError && error.code === 'catalogue_not_published') return null
    throw error
  }
}
