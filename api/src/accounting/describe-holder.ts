import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { isPayableSiret } from '../venues/siret.ts'
import { type AccountHolder, getHolder, putHolder } from './holder-queries.ts'

type Described = { siret: string; address: string; vatMention: string }

/**
 * Says who invoices for the money on a paying account. Invoices that are made keep what was said before.
 * Throws `forbidden`, `invalid` `siret_invalid`, `not_found` `paying_account_not_found`.
 */
export async function describeHolder(
  ctx: Context,
  payingAccountId: string,
  { siret: typed, address, vatMention }: Described,
): Promise<AccountHolder> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  const siret = typed.replace(/\s/g, '')
  if (!isPayableSiret(siret)) throw new AppError('invalid', 'siret_invalid', 'This is no SIRET')
  return ctx.transaction(async (tx) => {
    const by = { describedBy: person.personId, describedOn: ctx.today() }
    if (!(await putHolder(tx, { payingAccountId, siret, address, vatMention, ...by })))
      throw new AppError('not_found', 'paying_account_not_found', 'There is no such account')
    const holder = await getHolder(tx, payingAccountId)
    await recordAudit(tx, ctx, 'account_holder_described', { payingAccountId, siret })
    return holder
  })
}
