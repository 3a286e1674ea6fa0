import { randomUUID } from 'node:crypto'
import { payoutDayOf, releaseDayOf } from '../calendar/calendar.ts'
import { endCampaigns } from '../campaigns/end-campaigns.ts'
import type { DeviceDirectory } from '../devices/device-directory.ts'
import { listPayouts } from '../payouts/batch-queries.ts'
import { expireUnearned } from '../payouts/expire-unearned.ts'
import { approveBatch, freezeBatch, prepareBatch } from '../payouts/prepare-batch.ts'
import { bookPayout } from '../payouts/settle-payout.ts'
import { redeemScans } from '../redemptions/redeem-scans.ts'
import type { ScanDesk } from '../redemptions/scan-desk.ts'
import { runDueSteps } from '../sealing/run-due-steps.ts'
import { type Context, createContext } from '../shared/context.ts'
import { addDays, addMonths, type Day, lastDayOfMonth, type Month, monthOf, weekdayOf } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { freezeDueReleases } from '../statistics/freeze-release.ts'
import { countHandouts } from '../stock/count-handouts.ts'
import type { RunningCampaign } from './agree-campaign.ts'
import type { DemoClock } from './demo-clock.ts'
import { demoCampaigns, monthsOfLife, seasons, staff, usualServices } from './demo-world.ts'
import type { ActAs } from './found-scheme.ts'
import type { RunVoucher } from './run-vouchers.ts'

export type YearParts = {
  operator: Context
  actAs: ActAs
  clock: DemoClock
  dice: () => number
  desk: ScanDesk
  directory: DeviceDirectory
  /** One phone's token for each venue. */
  phones: readonly { venueId: string; token: string }[]
  services: readonly string[]
}

const scansPerRequest = 50

/** One month of a campaign: books handed out, then vouchers used in three waves at venues that are open. */
export async function liveMonth(
  parts: YearParts,
  campaign: RunningCampaign,
  use: Use,
  month: Month,
  until: Day,
): Promise<void> {
  const { clock, actAs } = parts
  const { books, scans } = use.next(month)
  const first = campaign.plan.startedMonthsAgo === use.monthsAgo(month) ? addDays(month, 6) : month
  clock.set(first > until ? until : first)
  if (books > 0)
    await countHandouts(actAs(staff.coordinator.email), campaign.prescriberId, {
      month,
      books,
      campaignId: campaign.id,
    })
  for (const [at, wave] of [10, 20, 31].entries()) {
    const lastOfMonth = lastDayOfMonth(month)
    const planned = addDays(month, wave - 1)
    const day = [planned, lastOfMonth, until].sort()[0]!
    if (day < first) continue
    clock.set(day)
    const count = Math.floor(((at + 1) * scans) / 3) - Math.floor((at * scans) / 3)
    const earliest = at === 0 ? first : addDays(month, at * 10)
    await scanWave(parts, use.draw(count), { from: [earliest, day].sort()[0]!, to: day })
  }
}

async function scanWave(
  parts: YearParts,
  vouchers: readonly RunVoucher[],
  { from, to }: { from: Day; to: Day },
): Promise<void> {
  const { dice, phones, services } = parts
  const byPhone = new Map<string, { venueId: string; items: unknown[] }>()
  for (const voucher of vouchers) {
    // Some venues are much busier than others.
    const { token, venueId } = phones[Math.floor(dice() ** 2 * phones.length)]!
    const isUsual = dice() < 0.65
    const list = isUsual ? usualServices.filter((code) => services.includes(code)) : services
    const service = list[Math.floor(dice() ** (isUsual ? 1.6 : 1) * list.length)]!
    const items = byPhone.get(token)?.items ?? []
    items.push({ scanId: randomUUID(), venueId, code: voucher.qr(), service, day: openDay(dice, from, to) })
    byPhone.set(token, { venueId, items })
  }
  for (const [token, { items }] of byPhone)
    for (let at = 0; at < items.length; at += scansPerRequest)
      await sendScans(parts, token, items.slice(at, at + scansPerRequest))
}

async function sendScans(
  { operator, desk, directory }: YearParts,
  token: string,
  items: readonly unknown[],
): Promise<void> {
  const device = await directory.find(token)
  const results = await redeemScans(createContext({ ...operator, actor: device.actor }), desk, device, items)
  const wrong = results.find(({ outcome }) => outcome !== 'accepted')
  if (wrong) throw new Error(`The demo's own scan was answered ${wrong.outcome} ${wrong.reason ?? ''}`)
}

function openDay(dice: () => number, from: Day, to: Day): Day {
  const day = addDays(from, Math.floor(dice() * (1 + (Date.parse(to) - Date.parse(from)) / 86_400_000)))
  return weekdayOf(day) === 0 && day > from ? addDays(day, -1) : day
}

/** What the scheme does at the turn of a month: freeze, pay, seal what is due, end what is over, publish. */
export async function turnMonth(parts: YearParts, month: Month, until: Day): Promise<void> {
  const { clock, operator } = parts
  for (const day of [month, addDays(month, 2)]) {
    if (day > until) return
    clock.set(day)
    await takeDueSteps(operator)
  }
  await payMonth(parts, month, until)
  const releasedOn = releaseDayOf(addMonths(month, -1))
  if (releasedOn > until) return
  clock.set(releasedOn)
  await freezeDueReleases(operator)
}

/** Throws what failed: the demo is made whole or not at all. */
export async function takeDueSteps(operator: Context): Promise<void> {
  await runDueSteps(operator, {
    onFailure: (step, error) => {
      throw new Error(`${step} failed`, { cause: error })
    },
  })
  await endCampaigns(operator)
  await expireUnearned(operator)
}

async function payMonth({ actAs, clock }: YearParts, month: Month, until: Day): Promise<void> {
  const executesOn = payoutDayOf(addMonths(month, -1))
  if (executesOn > until) return
  clock.set(addDays(month, 2))
  const coordinator = actAs(staff.coordinator.email)
  const approver = actAs(staff.financeApprover.email)
  const draft = await prepareBatch(coordinator, { executesOn })
  const frozen = await freezeBatch(coordinator, draft.id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'nothing_to_pay') return null
    throw error
  })
  if (!frozen?.sha256) return
  await approveBatch(approver, frozen.id, frozen.sha256)
  clock.set(executesOn)
  for (const payout of await listPayouts(approver.db, frozen.id))
    await bookPayout(approver, payout.id, {
      bookedOn: executesOn,
      proof: `Relevé du ${executesOn}, ligne ${payout.endToEndId}`,
    })
}

export type Use = ReturnType<typeof planUse>

/**
 * How a campaign is used over its months: a slow start, then the seasons. Books are handed out ahead of their use, and the
 * vouchers of a book are used here and there over months.
 */
export function planUse(campaign: RunningCampaign, thisMonth: Month, dice: () => number) {
  const { plan, vouchers } = campaign
  const total = Math.round(plan.handedOut * 10 * plan.used)
  const lastMonthsAgo = Math.max(0, Math.floor(-plan.endsInDays / 31))
  const monthsAgo = (month: Month) => {
    const [year, ofYear] = [
      Number(thisMonth.slice(0, 4)) - Number(month.slice(0, 4)),
      Number(thisMonth.slice(5, 7)) - Number(month.slice(5, 7)),
    ]
    return year * 12 + ofYear
  }
  const months = Array.from({ length: plan.startedMonthsAgo - lastMonthsAgo + 1 }, (_, at) =>
    addMonths(thisMonth, at - plan.startedMonthsAgo),
  )
  const weights = months.map((month, at) => Math.min(1, 0.25 + at * 0.2) * seasons[Number(month.slice(5, 7)) - 1]!)
  const sum = weights.reduce((whole, weight) => whole + weight, 0)
  const share = (month: Month) => {
    const at = months.indexOf(month)
    const until = (count: number) => weights.slice(0, count).reduce((whole, weight) => whole + weight, 0) / sum
    return at < 0
      ? null
      : {
          before: until(at),
          after: until(at + 1),
          ahead: Math.min(1, until(at + 1) + 0.15),
          aheadBefore: at === 0 ? 0 : Math.min(1, until(at) + 0.15),
        }
  }
  const pool = vouchers.filter(({ cover }) => cover < vouchers[0]!.cover + plan.handedOut)
  let handed = 0

  return {
    monthsAgo,
    /** Books to hand out and vouchers to use in this month. */
    next(month: Month): { books: number; scans: number } {
      const part = share(month)
      if (!part) return { books: 0, scans: 0 }
      const books = Math.round(part.ahead * plan.handedOut) - Math.round(part.aheadBefore * plan.handedOut)
      handed += books
      return { books, scans: Math.round(part.after * total) - Math.round(part.before * total) }
    },
    /** Unused vouchers of books handed out so far. */
    draw(count: number): RunVoucher[] {
      const drawn: RunVoucher[] = []
      while (drawn.length < count) {
        const reach = pool.filter(({ cover }) => cover < vouchers[0]!.cover + Math.max(5, handed)).length
        if (reach === 0) break
        const at = Math.floor(dice() * reach)
        drawn.push(...pool.splice(at, 1))
      }
      return drawn
    },
  }
}

export const campaignsOfMonth = (monthsAgo: number) =>
  demoCampaigns.filter((plan) => plan.startedMonthsAgo === monthsAgo)
export const firstMonth = (today: Day): Month => addMonths(monthOf(today), -monthsOfLife)
