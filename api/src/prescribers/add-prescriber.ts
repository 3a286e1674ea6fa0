import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { insertPrescriber, isCommuneKnown, type Prescriber } from './queries.ts'

/** Throws `forbidden`, `invalid` `commune_unknown`, `conflict` `prescriber_known`. */
export async function addPrescriber(
  ctx: Context,
  { name, communeCode = null }: { name: string; communeCode?: string | null | undefined },
): Promise<Prescriber> {
  requireOperatorOr(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    if (communeCode !== null && !(await isCommuneKnown(tx, communeCode)))
      throw new AppError('invalid', 'commune_unknown', 'There is no such commune', { communeCode })
    const prescriber = await insertPrescriber(tx, { name, communeCode, createdOn: ctx.today() })
    if (!prescriber) throw new AppError('conflict', 'prescriber_known', 'A prescriber of this name is there already')
    await recordAudit(tx, ctx, 'prescriber_added', { prescriberId: prescriber.id })
    return prescriber
  })
}
