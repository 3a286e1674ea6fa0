import type { Database } from '@carnet/db'
import { nextPayoutOn, payoutDayOf, releaseDayOf } from '../../calendar/calendar.ts'
import { listBatches, listPayables } from '../../payouts/batch-queries.ts'
import { checkInvariants } from '../../payouts/invariants.ts'
import { proposePayouts } from '../../payouts/payout.ts'
import { freezingDay, sealingDays } from '../../periods/period.ts'
import { listPeriods } from '../../periods/queries.ts'
import { listPeriodAlarms } from '../../sealing/alarms.ts'
import { type Context, requireRole } from '../../shared/context.ts'
import { addDays, addMonths, type Day, monthOf } from '../../shared/days.ts'
import { sumCents } from '../../shared/money.ts'
import {
  type CampaignStock,
  listCampaignStocks,
  listVenueRows,
  readSchemeFigures,
} from '../../statistics/scheme-queries.ts'
import { listWaitingGroups } from '../../statistics/waiting-queries.ts'
import { readStockFacts } from '../../stock/queries.ts'
import { everyMonth, stockOn } from '../../stock/stock.ts'
import { subjectsOf } from './home-view.ts'

export const schemeReaders = ['coordinator', 'finance_approver', 'auditor'] as const
export type HomeFacts = Awaited<ReturnType<typeof readCoordinatorHome>>

/** Throws `unauthenticated`, `forbidden`. */
export async function readCoordinatorHome(ctx: Context) {
  requireRole(ctx.actor, ...schemeReaders)
  const { db } = ctx
  const today = ctx.today()
  const on = addDays(today, -1)
  const month = monthOf(on)
  const { payouts, waiting } = proposePayouts(await listPayables(db, today))
  const stocks = await readStocks(db, today)
  const groups = await listWaitingGroups(db)
  const together = (
    amounts: readonly { organisationId: string; amountCents: Parameters<typeof sumCents>[0][number] }[],
  ) => ({
    count: new Set(amounts.map(({ organisationId }) => organisationId)).size,
    cents: sumCents(amounts.map(({ amountCents }) => amountCents)),
  })
  const [lastBatch] = await listBatches(db, { limit: 1 })
  return {
    today,
    on,
    month,
    stocks,
    subjects: subjectsOf({
      ...{ groups, stocks, today, payable: together(payouts), unpayable: together(waiting) },
      nextPayoutOn:
        payoutDayOf(addMonths(monthOf(today), -1)) >= today
          ? payoutDayOf(addMonths(monthOf(today), -1))
          : nextPayoutOn(today),
    }),
    figures: await readSchemeFigures(db, { month, before: addMonths(month, -1), on }),
    lastBatch,
    alarms: await listPeriodAlarms(ctx),
    invariants: await checkInvariants(db),
    quiet: (await listVenueRows(db, today)).filter(
      ({ state, lastUsedMonth }) =>
        state === 'qualified' && (lastUsedMonth === null || lastUsedMonth < addMonths(monthOf(today), -1)),
    ),
    calendar: await listDates(ctx, today),
  }
}

export type HomeStock = CampaignStock & { activeInStock: number }

/** With the active books in stock, as the stock pages count them: without what is on the way, lost, damaged, replaced or stopped. */
async function readStocks(db: Database, today: Day): Promise<HomeStock[]> {
  const stocks: HomeStock[] = []
  for (const stock of await listCampaignStocks(db)) {
    const lines = stockOn(await readStockFacts(db, stock.id), today, everyMonth)
    stocks.push({ ...stock, activeInStock: lines.reduce((sum, { active }) => sum + active, 0) })
  }
  return stocks
}

export type SchemeDate = { kind: 'statements' | 'payment' | 'release' | 'sealing'; on: Day; month: Day }

/** The next date of each kind, in their order. */
async function listDates({ db }: Context, today: Day): Promise<SchemeDate[]> {
  const from = addMonths(monthOf(today), -1)
  const next = (dayOf: (month: Day) => Day, kind: SchemeDate['kind']): SchemeDate => {
    const month = [from, addMonths(from, 1)].find((candidate) => dayOf(candidate) >= today) ?? addMonths(from, 1)
    return { kind, on: dayOf(month), month }
  }
  const unsealed = (await listPeriods(db)).filter(({ state }) => state !== 'sealed')
  const [oldest] = unsealed
  return [
    next((month) => freezingDay(month, 3), 'statements'),
    next(payoutDayOf, 'payment'),
    next(releaseDayOf, 'release'),
    ...(oldest ? [{ kind: 'sealing' as const, on: sealingDays(oldest.month).from, month: oldest.month }] : []),
  ].sort((a, b) => (a.on < b.on ? -1 : 1))
}
