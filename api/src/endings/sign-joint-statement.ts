import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkSigning, type Side } from './joint-statement.ts'
import { getStatement, type StatementView, writeSignature } from './statement-queries.ts'

/**
 * Signs the text as it was shown, for the coordination or for the funder whose statement it is. Throws `forbidden` (role,
 * `same_person`), `not_found`, `conflict` (`joint_statement_differs`, `signed_already`).
 */
export async function signJointStatement(ctx: Context, id: string, shown: string): Promise<StatementView> {
  const { role, tenantId, personId } = requireRole(ctx.actor, 'funder', 'coordinator')
  const side: Side = role === 'funder' ? 'funder' : 'coordination'
  return ctx.transaction(async (tx) => {
    const statement = await getStatement(tx, id, tenantId)
    checkSigning(statement, side, { personId, shown })
    if (!(await writeSignature(tx, { id, side, personId, on: ctx.today() })))
      throw new AppError('conflict', 'signed_already', 'This side has signed it')
    const signed = await getStatement(tx, id, tenantId)
    const { campaignId, funderId, sha256 } = signed
    await recordAudit(tx, ctx, 'joint_statement_signed', { statementId: id, campaignId, funderId, side, sha256 })
    return signed
  })
}
