import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { checkVerification } from './bank-account.ts'
import {
  type BankAccount,
  findVerifiedAccount,
  getBankAccount,
  lockOrganisation,
  moveBankAccount,
} from './payee-queries.ts'

type Decision = { organisationId: string; accountId: string; isRight: boolean; from?: Day | undefined }

/**
 * Decides on a submitted account: right from a day on (today unless told), which ends the one before it, or rejected.
 * Throws `forbidden` (role, `same_person`), `not_found`, `conflict` (see `checkVerification`).
 */
export async function verifyBankAccount(ctx: Context, decision: Decision): Promise<BankAccount> {
  const verifier = requireRole(ctx.actor, 'finance_approver', 'coordinator')
  requireFreshProof(ctx)
  const { organisationId, accountId, isRight } = decision
  const from = decision.from ?? ctx.today()

  return ctx.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId)
    const account = await getBankAccount(tx, organisationId, accountId)
    const current = await findVerifiedAccount(tx, organisationId)
    checkVerification(account, verifier.personId, from, isRight ? (current?.validFrom ?? null) : null)

    if (isRight && current) await moveBankAccount(tx, current, 'supersede', { validUntil: addDays(from, -1) })
    const decided = await moveBankAccount(tx, account, isRight ? 'verify' : 'reject', {
      verifiedBy: verifier.personId,
      ...(isRight && { validFrom: from }),
    })
    await recordAudit(tx, ctx, isRight ? 'bank_account_verified' : 'bank_account_rejected', {
      organisationId,
      bankAccountId: accountId,
    })
    return decided
  })
}
