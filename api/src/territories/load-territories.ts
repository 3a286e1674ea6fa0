import type { Context } from '../shared/context.ts'
import { requireOperatorOr } from '../shared/context.ts'
import { writeTerritories } from './queries.ts'
import { readTerritories } from './territory-files.ts'

/**
 * Loads the official communes, EPCI, départements and régions of the shipped vintage; a second time changes nothing.
 * A commune that a newer vintage has no more keeps its row with its old vintage: venues may still point to it.
 */
export async function loadTerritories(ctx: Context): Promise<{ communes: number; vintage: number }> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const territories = await readTerritories()
  await ctx.transaction((tx) => writeTerritories(tx, territories))
  return { communes: territories.communes.length, vintage: territories.vintage }
}
