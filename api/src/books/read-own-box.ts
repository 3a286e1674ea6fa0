import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type Box, getBox } from './queries.ts'

/** A prescriber reads the boxes that were sent to it, whatever books of others came to it since. Throws `not_found`. */
export async function readOwnBox({ db, actor }: Pick<Context, 'db' | 'actor'>, id: string): Promise<Box> {
  const box = await getBox(db, id)
  if (actor.kind === 'person' && actor.role === 'prescriber' && box.prescriberId !== actor.tenantId)
    throw new AppError('not_found', 'box_not_found', 'There is no such box')
  return box
}
