import { createDemoAccounts, type DemoAccount } from '../accounts/demo-accounts.ts'
import type { Context } from '../shared/context.ts'
import { demoFunders, listDemoPeople, prescribers } from './demo-world.ts'
import { listPayableVenues, listTenants } from './queries.ts'

/**
 * An account, a fresh API token and a fresh sign-in link for each of the demo's people. The venue manager looks after the
 * organisation with the most venues.
 */
export async function giveAccounts(operator: Context, publicUrl: string): Promise<DemoAccount[]> {
  const tenants = await listTenants(operator.db)
  const venues = await listPayableVenues(operator.db)
  const countOf = (id: string) => venues.filter(({ organisationId }) => organisationId === id).length
  const [largest] = [...venues].sort(
    (a, b) => countOf(b.organisationId) - countOf(a.organisationId) || (a.organisationId < b.organisationId ? -1 : 1),
  )
  const [prescriber] = prescribers
  const people = listDemoPeople({
    funderIds: new Map(demoFunders.map(({ key, name }) => [key, tenants.funders.get(name)!])),
    prescriber: { id: tenants.prescribers.get(prescriber)!, name: prescriber },
    organisation: { id: largest!.organisationId, name: largest!.organisation },
  })
  return createDemoAccounts(operator, people, publicUrl)
}
