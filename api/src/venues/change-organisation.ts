import type { Transaction, vatStatus } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { copyDocument } from './bank-document-queries.ts'
import { endVerification, insertBankAccount, lockOrganisation } from './payee-queries.ts'
import {
  findOrganisationBySiret,
  getOrganisation,
  lockImports,
  type Organisation,
  updateOrganisation,
} from './queries.ts'
import { isPayableSiret } from './siret.ts'

export type OrganisationChange = {
  legalName?: string | undefined
  siret?: string | undefined
  vatStatus?: (typeof vatStatus.enumValues)[number] | undefined
}

/**
 * What is not given stays. Statements and payouts that are written keep what they say. Another SIRET is another payee: its bank
 * account waits for its verification again.
 * Throws `forbidden`, `not_found`, `invalid` `siret_invalid`, `conflict` `siret_already_known`.
 */
export async function changeOrganisation(ctx: Context, id: string, change: OrganisationChange): Promise<Organisation> {
  const { personId } = requireRole(ctx.actor, 'coordinator')
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (change.siret !== undefined) {
    if (!isPayableSiret(change.siret)) throw new AppError('invalid', 'siret_invalid', 'The SIRET has a mistake')
    given.siret = change.siret.replace(/\s/g, '')
  }
  return ctx.transaction(async (tx) => {
    // An import makes organisations by their SIRET too.
    await lockImports(tx)
    if (Object.keys(given).length === 0) return getOrganisation(tx, id)
    const namesake = given.siret === undefined ? undefined : await findOrganisationBySiret(tx, given.siret)
    if (namesake && namesake.id !== id)
      throw new AppError('conflict', 'siret_already_known', 'An organisation has this SIRET already')
    const before = await getOrganisation(tx, id)
    if (given.siret !== undefined && given.siret !== before.siret) await doubtBankAccount(tx, ctx, id, personId)
    const changed = await updateOrganisation(tx, id, given)
    await recordAudit(tx, ctx, 'organisation_changed', { organisationId: id, ...given })
    return changed
  })
}

async function doubtBankAccount(
  tx: Transaction,
  ctx: Context,
  organisationId: string,
  personId: string,
): Promise<void> {
  await lockOrganisation(tx, organisationId)
  const [latest] = await endVerification(tx, organisationId, ctx.today())
  if (!latest) return
  const { iban, bic, holderName } = latest
  const again = { organisationId, iban, bic, holderName, submittedBy: personId, submittedAt: ctx.now() }
  const { id } = await insertBankAccount(tx, again)
  await copyDocument(tx, latest.id, id)
  await recordAudit(tx, ctx, 'bank_account_doubted', { organisationId, bankAccountId: latest.id, again: id })
}
