import { readFileSync } from 'node:fs'
import { composeIBAN } from 'ibantools'
import { referenceCounts } from '../catalogue/catalogue-file.ts'
import { draftCatalogue } from '../catalogue/draft-catalogue.ts'
import { publishCatalogue } from '../catalogue/publish-catalogue.ts'
import { addFunder } from '../funders/add-funder.ts'
import { setLogo } from '../funders/set-logo.ts'
import { addPrescriber } from '../prescribers/add-prescriber.ts'
import type { Context } from '../shared/context.ts'
import { loadTerritories } from '../territories/load-territories.ts'
import { importVenues } from '../venues/import-venues.ts'
import { qualifyVenue } from '../venues/qualify-venue.ts'
import { submitBankAccount } from '../venues/submit-bank-account.ts'
import { verifyBankAccount } from '../venues/verify-bank-account.ts'
import { demoFunders, department, prescribers, staff } from './demo-world.ts'
import { listPayableVenues } from './queries.ts'

/** Gives the context of one of the demo's people, by e-mail. */
export type ActAs = (email: string) => Context
export type Scheme = { funderIds: Map<string, string>; prescriberIds: Map<string, string>; organisationIds: string[] }

const seedFile = (name: string) => readFileSync(new URL(`../../../db/seeds/${name}`, import.meta.url), 'utf8')

/** Drawn for the demo: the mark of nobody. */
const demoLogo = (name: string) => readFileSync(new URL(`../../../db/seeds/logos/${name}.png`, import.meta.url))

/** Communes, services, venues and funders, as an operator loads them before anybody has an account. */
export async function foundScheme(operator: Context): Promise<Scheme> {
  await loadTerritories(operator)
  const catalogue = await draftCatalogue(operator, seedFile('catalogue-129.csv'), referenceCounts)
  await publishCatalogue(operator, catalogue.id, operator.today())
  await importVenues(operator, seedFile(`venues-${department}.csv`), { commit: true })

  const venues = await listPayableVenues(operator.db)
  for (const { id } of venues) await qualifyVenue(operator, id, { state: 'qualified' })

  const funderIds = new Map<string, string>()
  for (const { key, name, kind, siret } of demoFunders) {
    const { id } = await addFunder(operator, { name, kind, siret })
    funderIds.set(key, id)
    await setLogo(operator, id, demoLogo(key))
  }
  await setLogo(operator, null, demoLogo('scheme'))
  const prescriberIds = new Map<string, string>()
  for (const name of prescribers) prescriberIds.set(name, (await addPrescriber(operator, { name })).id)
  return { funderIds, prescriberIds, organisationIds: [...new Set(venues.map(({ organisationId }) => organisationId))] }
}

/** Of the organisations, these last ones are late with their account. */
export const lateAccounts = 4

/** Each organisation has an account, submitted by one person and verified by another. */
export async function openBankAccounts(actAs: ActAs, organisationIds: readonly string[]): Promise<void> {
  for (const [at, organisationId] of organisationIds.slice(0, -lateAccounts).entries())
    await openBankAccount(actAs, organisationId, at + 1)
}

export async function openBankAccount(actAs: ActAs, organisationId: string, number: number): Promise<void> {
  const accountId = await changeBankAccount(actAs, organisationId, number)
  await verifyBankAccount(actAs(staff.financeApprover.email), { organisationId, accountId, isRight: true })
}

/** Submitted, and not verified yet. */
export async function changeBankAccount(actAs: ActAs, organisationId: string, number: number): Promise<string> {
  const account = { iban: demoIban(number), bic: 'AGRIFRPP839', holderName: `Structure de démonstration ${number}` }
  return (await submitBankAccount(actAs(staff.coordinator.email), organisationId, account)).id
}

/** A French account number that passes every check and belongs to nobody: bank 30001 closed its counters to the public. */
function demoIban(number: number): string {
  const [bank, branch, account] = [30001, 794, 10_000_000 + number]
  const key = 97 - ((89 * bank + 15 * branch + 3 * account) % 97)
  const bban = `${bank}${String(branch).padStart(5, '0')}${String(account).padStart(11, '0')}${String(key).padStart(2, '0')}`
  return composeIBAN({ countryCode: 'FR', bban })!
}
