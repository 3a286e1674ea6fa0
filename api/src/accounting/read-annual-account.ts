import { getFunder } from '../funders/queries.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type AnnualSums, annualAccount, annualSpan, type CampaignYear } from './annual-account.ts'
import { listFees, listFunderMoves } from './annual-queries.ts'

export type AnnualAccount = {
  funder: { id: string; name: string; siret: string | null }
  year: number
  from: Day
  until: Day
  campaigns: CampaignYear[]
  whole: AnnualSums
}

const firstYear = 2020

/** Years that can be asked for, newest first: a year begins to be told on its second day. */
export const annualYears = (today: Day, count: number): number[] => {
  const newest = Number(today.slice(0, 4)) - (today.slice(5) === '01-01' ? 1 : 0)
  return Array.from({ length: count }, (_, ago) => newest - ago)
}

/**
 * The account of a funder for a calendar year; a funder reads its own. Throws `forbidden`, `not_found`, `invalid`
 * `year_not_told`.
 */
export async function readAnnualAccount(
  ctx: Context,
  { funderId, year }: { funderId: string; year: number },
): Promise<AnnualAccount> {
  const person = requireRole(ctx.actor, 'funder', 'coordinator', 'finance_approver', 'auditor')
  if (person.role === 'funder') requireOwn(person, funderId, 'funder')
  const [newest] = annualYears(ctx.today(), 1)
  if (!Number.isInteger(year) || year < firstYear || year > newest!)
    throw new AppError('invalid', 'year_not_told', 'There is no account of that year yet')
  const { id, name, siret } = await getFunder(ctx.db, funderId)
  const span = annualSpan(year, ctx.today())
  const moves = await listFunderMoves(ctx.db, { funderId, ...span })
  const fees = await listFees(ctx.db, { funderId, ...span })
  return { funder: { id, name, siret }, year, ...span, ...annualAccount(moves, fees) }
}
