import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import { bankAccountStateAfter } from './bank-account.ts'
import { documentTypeOf } from './bank-document.ts'
import { type BankDocument, getDocument, insertDocument } from './bank-document-queries.ts'
import { type BankAccount, getBankAccount, lockOrganisation } from './payee-queries.ts'

type Which = { organisationId: string; accountId: string }

/**
 * Adds the bank's own paper to an account that waits for its verification, once.
 * Throws `forbidden`, `not_found`, `invalid` (see `documentTypeOf`), `conflict` (`document_exists`, `bank_account_is_…`).
 */
export async function proveBankAccount(
  ctx: Context,
  { organisationId, accountId }: Which,
  bytes: Uint8Array,
): Promise<BankAccount> {
  const person = requireRole(ctx.actor, 'venue_manager', 'coordinator')
  requireOwn(person, organisationId, 'organisation')
  requireFreshProof(ctx)
  const mediaType = documentTypeOf(bytes)
  return ctx.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId)
    const account = await getBankAccount(tx, organisationId, accountId)
    bankAccountStateAfter(account.state, 'verify')
    const by = { addedBy: person.personId, addedOn: ctx.today() }
    await insertDocument(tx, { bankAccountId: account.id, mediaType, content: bytes, ...by })
    await recordAudit(tx, ctx, 'bank_account_proved', { organisationId, bankAccountId: account.id, mediaType })
    return account
  })
}

/** For who pays, and for its own organisation. Throws `forbidden`, `not_found` (also for another organisation). */
export async function readBankDocument(ctx: Context, { organisationId, accountId }: Which): Promise<BankDocument> {
  const reader = requireRole(ctx.actor, 'coordinator', 'finance_approver', 'venue_manager')
  requireOwn(reader, organisationId, 'organisation')
  await getBankAccount(ctx.db, organisationId, accountId)
  return getDocument(ctx.db, accountId)
}
