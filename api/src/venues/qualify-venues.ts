import { type Context, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { qualifyVenue } from './qualify-venue.ts'

export type RefusedVenue = { venueId: string; code: string }

/** Those of one page: each is decided in a transaction of its own while the others wait. */
export const mostAtOnce = 50

/**
 * Qualifies the reviewed venues from a day on, each one on its own: says how many, and which ones could not be, and why. Throws
 * `forbidden`, `invalid` `too_many_venues`.
 */
export async function qualifyVenues(
  ctx: Context,
  venueIds: readonly string[],
  from: Day,
): Promise<{ qualified: number; refused: RefusedVenue[] }> {
  requireRole(ctx.actor, 'coordinator')
  const asked = new Set(venueIds)
  if (asked.size > mostAtOnce)
    throw new AppError('invalid', 'too_many_venues', `At most ${mostAtOnce} at once`, { field: 'venues' })
  const refused: RefusedVenue[] = []
  for (const venueId of asked)
    try {
      await qualifyVenue(ctx, venueId, { state: 'qualified', from })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refused.push({ venueId, code: error.code })
    }
  return { qualified: asked.size - refused.length, refused }
}
