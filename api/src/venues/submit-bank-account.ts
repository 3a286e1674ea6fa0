import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { checkBankDetails, maskedIban } from './bank-account.ts'
import { documentTypeOf } from './bank-document.ts'
import { insertDocument } from './bank-document-queries.ts'
import { type BankAccount, insertBankAccount, lockOrganisation } from './payee-queries.ts'

/**
 * Keeps the account an organisation wants to be paid on; nothing is paid there before somebody else verifies it.
 * Throws `forbidden`, `not_found`, `invalid` (see `checkBankDetails`, `documentTypeOf`).
 */
export async function submitBankAccount(
  ctx: Context,
  organisationId: string,
  account: { iban: string; bic: string; holderName: string; document?: Uint8Array | undefined },
): Promise<BankAccount> {
  const submitter = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  requireOwn(submitter, organisationId, 'organisation')
  requireFreshProof(ctx)
  const details = checkBankDetails(account)
  if (account.document) documentTypeOf(account.document)

  return ctx.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId)
    const submitted = await insertBankAccount(tx, {
      organisationId,
      ...details,
      holderName: account.holderName.trim(),
      submittedBy: submitter.personId,
      submittedAt: ctx.now(),
    })
    const { document: content } = account
    if (content)
      await insertDocument(tx, {
        bankAccountId: submitted.id,
        mediaType: documentTypeOf(content),
        content,
        addedBy: submitter.personId,
        addedOn: ctx.today(),
      })
    await recordAudit(tx, ctx, 'bank_account_submitted', {
      hasDocument: content !== undefined,
      organisationId,
      bankAccountId: submitted.id,
      iban: maskedIban(details.iban),
    })
    return submitted
  })
}
