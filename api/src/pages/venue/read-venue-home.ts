import { replacementsOn } from '../../catalogue/catalogue-version.ts'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import { listContests } from '../../contests/queries.ts'
import { listDevices } from '../../devices/queries.ts'
import { sumBalances } from '../../ledger/ledger.ts'
import { obstaclesOf } from '../../payouts/obstacle.ts'
import { listPayeeStates } from '../../payouts/obstacle-queries.ts'
import { listStatements, type StatementSummary } from '../../payouts/read-statements.ts'
import { netCents } from '../../payouts/statement.ts'
import { countOwnServices } from '../../redemptions/own-counts-queries.ts'
import { type Context, requireRole } from '../../shared/context.ts'
import type { Day } from '../../shared/days.ts'
import { type Cents, sumCents } from '../../shared/money.ts'
import { listBankAccounts } from '../../venues/payee-queries.ts'
import { getOrganisation, listOwnVenues } from '../../venues/queries.ts'

export type NextPayment = { payableOn: Day; isLate: boolean; amountCents: Cents; statements: StatementSummary[] }

/** What is on its way, oldest months first: a month counts from its end until its money has arrived. */
export function nextPaymentOf(statements: readonly StatementSummary[], today: Day): NextPayment | undefined {
  const waiting = statements
    .filter(({ state, voucherCount }) => voucherCount > 0 && state !== 'open' && state !== 'paid')
    .sort((a, b) => (a.month < b.month ? -1 : 1))
  const [first] = waiting
  if (!first) return undefined
  const together = waiting.filter(({ payableOn }) => payableOn <= (first.payableOn < today ? today : first.payableOn))
  const statementsDue = together.length > 0 ? together : [first]
  const payableOn = statementsDue.at(-1)!.payableOn
  return {
    payableOn,
    isLate: payableOn < today,
    amountCents: sumCents(statementsDue.map(netCents)),
    statements: statementsDue,
  }
}

const mostPhones = 200
const mostContests = 20

/** All that a venue manager reads at home. Throws `unauthenticated`, `forbidden`. */
export async function readVenueHome(ctx: Context) {
  const { tenantId } = requireRole(ctx.actor, 'venue_manager')
  const organisationId = tenantId!
  const today = ctx.today()
  const [organisation, venues, { statements }, devices, accounts, counts, catalogue] = await Promise.all([
    getOrganisation(ctx.db, organisationId),
    listOwnVenues(ctx.db, today, organisationId),
    listStatements(ctx, { limit: 13 }),
    listDevices(ctx.db, organisationId, today, { limit: mostPhones }),
    listBankAccounts(ctx.db, organisationId),
    countOwnServices(ctx.db, organisationId),
    readCatalogue(ctx),
  ])
  const [payee] = await listPayeeStates(ctx.db, today, [organisationId])
  const titles = new Map(catalogue.services.map(({ code, title }) => [code, title]))
  const services = new Map<string, number>()
  // What was done under a retired code counts for the service that replaces it: years stay comparable.
  const replacements = replacementsOn(catalogue.services, today)
  for (const { serviceCode, count } of counts) {
    const code = replacements.get(serviceCode) ?? serviceCode
    services.set(code, (services.get(code) ?? 0) + count)
  }
  return {
    organisation,
    venues,
    statements,
    next: nextPaymentOf(statements, today),
    obstacles: payee ? obstaclesOf(payee) : [],
    owedCents: await sumBalances(ctx.db, { kinds: ['owes'], organisationId }),
    running: statements.find(({ state }) => state === 'open'),
    contests: await listContests(ctx.db, { limit: mostContests, organisationId }),
    devices: devices.filter(({ state }) => state === 'active'),
    account: accounts.find(({ state }) => state === 'verified') ?? accounts.find(({ state }) => state === 'submitted'),
    services: [...services]
      .map(([code, count]) => ({ code, count, title: titles.get(code) ?? code }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  }
}

export type VenueHome = Awaited<ReturnType<typeof readVenueHome>>
