import { listParts } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type Cents, cents, timesCents } from '../shared/money.ts'
import { listPrescriberNames, listStockedCampaigns, readStockFacts, type StockedCampaign } from './queries.ts'
import { eveningOf, monthsOver, type StockLine, stockOn } from './stock.ts'

export type UnusedLine = {
  campaign: StockedCampaign
  depository: StockLine['depository']
  /** Null for the stock of the campaign. */
  prescriber: string | null
  /** Active, in stock. */
  books: number
  vouchers: number
  valueCents: Cents
  /** The asking funder's part of it; all of it for those who serve the scheme. */
  ownCents: Cents
  /** Sent from another stock, and not acknowledged yet. */
  isOnTheWay: boolean
  /** Printed, and worth nothing yet. */
  inactiveBooks: number
}

/**
 * What unused books are worth, by campaign and by where they lie, at the end of a day: what a public accountant checks against
 * the shelves. Throws `forbidden`, `invalid` `day_in_the_future`.
 */
export async function readUnusedValue(ctx: Context, day: Day): Promise<UnusedLine[]> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor', 'funder')
  if (day > ctx.today()) throw new AppError('invalid', 'day_in_the_future', 'That day is not over', { field: 'day' })
  const names = await listPrescriberNames(ctx.db)
  const counts = monthsOver(eveningOf(day, ctx.today()))
  const lines: UnusedLine[] = []
  for (const campaign of await listStockedCampaigns(ctx.db)) {
    const parts = await listParts(ctx.db, campaign.id)
    const part = parts.find(({ funderId }) => funderId === person.tenantId)?.partCents ?? cents(campaign.faceValueCents)
    for (const line of stockOn(await readStockFacts(ctx.db, campaign.id), day, counts)) {
      const place = {
        ...{ campaign, depository: line.depository },
        prescriber: line.depository === null ? null : (names.get(line.depository) ?? ''),
      }
      const worthOf = (books: number) => {
        const vouchers = books * campaign.bookSize
        const valueCents = timesCents(vouchers, cents(campaign.faceValueCents))
        return { books, vouchers, valueCents, ownCents: timesCents(vouchers, part) }
      }
      const inactiveBooks = Math.max(0, line.left - line.active)
      if (line.active > 0 || inactiveBooks > 0)
        lines.push({ ...place, ...worthOf(line.active), inactiveBooks, isOnTheWay: false })
      if (line.activeOnTheWay > 0)
        lines.push({ ...place, ...worthOf(line.activeOnTheWay), inactiveBooks: 0, isOnTheWay: true })
    }
  }
  return lines
}
