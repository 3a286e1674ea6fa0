import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { checkBankDetails, maskedIban } from './bank-account.ts'
import { type BankAccount, insertBankAccount, lockOrganisation } from './payee-queries.ts'

/**
 * Keeps the account an organisation wants to be paid on; nothing is paid there before somebody else verifies it.
 * Throws `forbidden`, `not_found`, `invalid` (see `checkBankDetails`).
 */
export async function submitBankAccount(
  ctx: Context,
  organisationId: string,
  account: { iban: string; bic: string; holderName: string },
): Promise<BankAccount> {
  const submitter = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  requireOwn(submitter, organisationId, 'organisation')
  requireFreshProof(ctx)
  const details = checkBankDetails(account)

  return ctx.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId)
    const submitted = await insertBankAccount(tx, {
      organisationId,
      ...details,
      holderName: account.holderName.trim(),
      submittedBy: submitter.personId,
      submittedAt: ctx.now(),
    })
    await recordAudit(tx, ctx, 'bank_account_submitted', {
      organisationId,
      bankAccountId: submitted.id,
      iban: maskedIban(details.iban),
    })
    return submitted
  })
}
