import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { ownerOf } from './device.ts'
import { getDevice, revokeDeviceRow } from './queries.ts'

/**
 * From this moment no scan of the phone is accepted; what it has not sent is sent by another phone of the venue. Repeating it
 * changes nothing. Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export async function revokeDevice(ctx: Context, deviceId: string): Promise<void> {
  const person = requireRole(ctx.actor, 'venue_manager', 'prescriber', 'coordinator')
  await ctx.transaction(async (tx) => {
    const ownerId = ownerOf(await getDevice(tx, deviceId))
    requireOwn(person, ownerId, 'device')
    if (await revokeDeviceRow(tx, deviceId)) await recordAudit(tx, ctx, 'device_revoked', { deviceId, ownerId })
  })
}
