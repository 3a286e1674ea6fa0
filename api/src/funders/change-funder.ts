import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { FunderDetails } from './add-funder.ts'
import { checkSiret, funderKnown } from './funder.ts'
import { type Funder, getFunder, isFunderKnown, updateFunder } from './queries.ts'

export type FunderChange = { [Field in keyof FunderDetails]?: FunderDetails[Field] | undefined }

/** What is not given stays. Throws `forbidden`, `not_found`, `invalid` `siret_invalid`, `conflict` `funder_known`. */
export async function changeFunder(ctx: Context, id: string, change: FunderChange): Promise<Funder> {
  requireRole(ctx.actor, 'coordinator')
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (change.siret) given.siret = checkSiret(change.siret)
  return ctx.transaction(async (tx) => {
    if (Object.keys(given).length === 0) return getFunder(tx, id)
    if (await isFunderKnown(tx, id, given)) throw funderKnown()
    const funder = await updateFunder(tx, id, given)
    await recordAudit(tx, ctx, 'funder_changed', { funderId: id, fields: Object.keys(given) })
    return funder
  })
}
