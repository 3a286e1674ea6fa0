import { recordAudit } from '../accounts/audit.ts'
import { requireSession } from '../accounts/proof.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { type BankLine, explainBalance, settleLine } from './file-queries.ts'

/**
 * Closes an open line of a bank file: a person did by hand what it asks for, and says where that can be read. What was posted by
 * hand for it (`isPosted`) is counted in the comparison with the bank's balance. Throws `forbidden`, `conflict` `line_is_settled`.
 */
export async function settleBankLine(
  ctx: Context,
  at: { fileId: string; position: number },
  { settlement, isPosted }: { settlement: string; isPosted: boolean },
): Promise<BankLine> {
  const person = requireRole(ctx.actor, 'finance_approver')
  requireSession(ctx)
  return ctx.transaction(async (tx) => {
    const line = await settleLine(tx, at, { settlement, settledBy: person.personId, settledOn: ctx.today() })
    const amountCents = line.amountCents ?? 0
    if (isPosted) await explainBalance(tx, line, line.direction === 'debit' ? -amountCents : amountCents)
    await recordAudit(tx, ctx, 'bank_line_settled', { ...at, settlement, isPosted })
    return line
  })
}
