import { type Context, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { qualifyVenue } from './qualify-venue.ts'

export type RefusedVenue = { venueId: string; code: string }

/** Qualifies the reviewed venues from a day on, each one on its own: says which ones could not be, and why. Throws `forbidden`. */
export async function qualifyVenues(ctx: Context, venueIds: readonly string[], from: Day): Promise<RefusedVenue[]> {
  requireRole(ctx.actor, 'coordinator')
  const refused: RefusedVenue[] = []
  for (const venueId of new Set(venueIds))
    try {
      await qualifyVenue(ctx, venueId, { state: 'qualified', from })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refused.push({ venueId, code: error.code })
    }
  return refused
}
