import { createHash } from 'node:crypto'
import { nextPayoutOn } from '../calendar/calendar.ts'
import { getCurrentVersion } from '../catalogue/queries.ts'
import type { Context, Phone } from '../shared/context.ts'
import { listBlockedVouchers, listScanRules, listVenueOffers } from './queries.ts'

/**
 * All that a phone needs to answer offline: its venues and what they offer, the campaigns' rules, the public keys, the hashes
 * of blocked vouchers, the key that closes its queue. `etag` changes exactly when one of these does.
 */
export async function buildBundle(ctx: Context, phone: Phone) {
  const version = await getCurrentVersion(ctx.db, ctx.today())
  const content = {
    venues: await listVenueOffers(ctx.db, phone.organisationId, phone.venueId, version.id),
    campaigns: await listScanRules(ctx.db),
    keys: ctx.keyring.listPublicKeys(),
    blocklist: await openBlocklist(ctx),
    queueKey: ctx.keyring.queuePublicKey,
    nextPayoutOn: nextPayoutOn(ctx.today()),
  }
  const etag = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)
  return { etag, bundle: { ...content, serverTime: ctx.now().toISOString() } }
}

/** Sorted, so that their order says nothing of the books they come from. */
async function openBlocklist(ctx: Context): Promise<string[]> {
  const sealed = await listBlockedVouchers(ctx.db)
  return sealed.map((blockHash) => ctx.keyring.openBlockHash(blockHash).toString('base64url')).sort()
}
