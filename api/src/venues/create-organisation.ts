import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { insertOrganisation, type Organisation } from './queries.ts'
import { isPayableSiret } from './siret.ts'

/** Makes an organisation that can be paid. Throws `forbidden`, `invalid` `siret_invalid`, `conflict` `siret_already_known`. */
export async function createOrganisation(
  ctx: Context,
  { legalName, siret }: { legalName: string; siret: string },
): Promise<Organisation> {
  requireOperatorOr(ctx.actor, 'coordinator')
  if (!isPayableSiret(siret)) throw new AppError('invalid', 'siret_invalid', 'The SIRET has a mistake')

  return ctx.transaction(async (tx) => {
    const digits = siret.replace(/\s/g, '')
    const created = await insertOrganisation(tx, { legalName, siret: digits, createdOn: ctx.today() })
    await recordAudit(tx, ctx, 'organisation_created', { organisationId: created.id, siret: digits })
    return created
  })
}
