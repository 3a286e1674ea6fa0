/**
 * What the phone can say of a voucher without the server, from its bundle. Only what is certain is refused; whoever disagrees may
 * still keep it, and the server decides. Pure but for WebCrypto.
 */
import { addDays } from '@carnet/api/days'
import { signedMessage, type Voucher } from '@carnet/api/voucher-payload'
import type { RefusalReason } from '../queue/scan.ts'
import type { Bundle, Venue } from './facts.ts'
import { base64url, fromBase64url } from './keys.ts'

export type OfflineVerdict =
  | { outcome: 'keep' }
  | { outcome: 'unverified' }
  | { outcome: 'refused'; reason: RefusalReason }

const refused = (reason: RefusalReason): OfflineVerdict => ({ outcome: 'refused', reason })

/** sha256('pn-block' ‖ code)[0:8], as the server lists it. */
async function blockHashOf(code: Uint8Array): Promise<string> {
  const prefix = new TextEncoder().encode('pn-block')
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array([...prefix, ...code]))
  return base64url(digest.slice(0, 8))
}

/** Null: this browser cannot tell (no Ed25519 before 2025). */
async function isSignatureRight({ signedBytes, signature }: Voucher, publicKey: string): Promise<boolean | null> {
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(publicKey), 'Ed25519', false, ['verify'])
    const [given, message] = [new Uint8Array(signature), new Uint8Array(signedMessage(signedBytes))]
    return await crypto.subtle.verify('Ed25519', key, given, message)
  } catch {
    return null
  }
}

/** What the rules on this phone say of a scan, without the server: refused only where no later rule could say otherwise. */
export async function checkOffline(
  scan: { voucher: Voucher | null; code: Uint8Array; service: string; day: string },
  bundle: Bundle,
  venue: Venue,
): Promise<OfflineVerdict> {
  const { voucher, service, day } = scan
  if (voucher?.isTraining) return { outcome: 'keep' }
  if (bundle.blocklist.includes(await blockHashOf(scan.code))) return refused('blocked')
  // A typed code does not say its series nor its campaign.
  if (!voucher) return { outcome: 'keep' }
  const key = bundle.keys.find(({ kid, state }) => kid === voucher.kid && state !== 'revoked')
  const campaign = bundle.campaigns.find(({ number }) => number === voucher.campaignNumber)
  // What may have changed since the rules were read is not certain: a campaign opens, a venue is qualified.
  if (!key || !campaign || campaign.state === 'agreed' || !venue.isQualified) return { outcome: 'unverified' }
  if ((await isSignatureRight(voucher, key.publicKey)) === false) return refused('bad_signature')
  if (campaign.state === 'uploads_closed') return refused('too_old')
  if (day < campaign.startsOn) return refused('campaign_not_open')
  if (day > addDays(campaign.endsOn, campaign.graceDays)) return refused('expired')
  if (campaign.services && !campaign.services.includes(service)) return refused('service_not_covered')
  if (campaign.venues && !campaign.venues.includes(venue.id)) return refused('out_of_area')
  const lies = (area: { kind: string; code: string }) =>
    venue.territories.some(({ kind, code }) => kind === area.kind && code === area.code)
  if (campaign.territories && !campaign.territories.some(lies)) return refused('out_of_area')
  return { outcome: 'keep' }
}
