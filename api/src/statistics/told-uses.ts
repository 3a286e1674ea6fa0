import type { Keyring } from '../keyring/keyring.ts'
import type { Context } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { countUsesByDay, type DayOfUses } from './queries.ts'

type Told = { evening: Day; uses: Promise<readonly DayOfUses[]> }

/** Of each installation that this process serves. Never written: what a campaign was used for by day is gone with its month. */
const memory = new WeakMap<Keyring, Map<string, Told>>()

/**
 * A campaign's uses by day, counted once for an evening, when they are first asked for. A scan of an earlier day that a phone sends
 * late, or one that is undone, would otherwise move a figure of the past at its very minute, for whoever asks again and again.
 * `evening`: the newest one that the campaign tells.
 */
export function readToldUses(ctx: Context, campaignId: string, evening: Day): Promise<readonly DayOfUses[]> {
  const known = memory.get(ctx.keyring) ?? new Map<string, Told>()
  memory.set(ctx.keyring, known)
  const told = known.get(campaignId)
  if (told?.evening === evening) return told.uses
  const uses = countUsesByDay(ctx.db, campaignId)
  known.set(campaignId, { evening, uses })
  uses.catch(() => known.delete(campaignId))
  return uses
}
