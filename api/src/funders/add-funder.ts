import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { checkSiret, type FunderKind, funderKnown } from './funder.ts'
import { type Funder, insertFunder } from './queries.ts'

export type FunderDetails = {
  name: string
  kind: FunderKind
  siret?: string | null | undefined
  contactEmail?: string | null | undefined
}

/** Throws `forbidden`, `invalid` `siret_invalid`, `conflict` `funder_known`. */
export async function addFunder(ctx: Context, details: FunderDetails): Promise<Funder> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const siret = details.siret ? checkSiret(details.siret) : null
  return ctx.transaction(async (tx) => {
    const { name, kind, contactEmail = null } = details
    const funder = await insertFunder(tx, { name, kind, siret, contactEmail, createdOn: ctx.today() })
    if (!funder) throw funderKnown()
    await recordAudit(tx, ctx, 'funder_added', { funderId: funder.id })
    return funder
  })
}
