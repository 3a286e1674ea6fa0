import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkBankDetails, maskedIban } from '../venues/bank-account.ts'
import { insertPayingAccount, type PayingAccount } from './queries.ts'

/** The account that a campaign's money lies on. Throws `forbidden`, `invalid` (see `checkBankDetails`), `conflict` `paying_account_known`. */
export async function addPayingAccount(ctx: Context, details: Omit<PayingAccount, 'id'>): Promise<PayingAccount> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const account = { ...details, ...checkBankDetails(details) }
  return ctx.transaction(async (tx) => {
    const added = await insertPayingAccount(tx, account)
    if (!added) throw new AppError('conflict', 'paying_account_known', 'This name or IBAN is there already')
    await recordAudit(tx, ctx, 'paying_account_added', { payingAccountId: added.id, iban: maskedIban(added.iban) })
    return added
  })
}
