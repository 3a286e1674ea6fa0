import type { RawClient } from '@carnet/db'
import { addPayingAccount } from '../campaigns/add-paying-account.ts'
import { addContextNote, addDecision } from '../campaigns/steer-campaign.ts'
import { readCatalogue } from '../catalogue/read-catalogue.ts'
import { createDeviceDirectory } from '../devices/device-directory.ts'
import { fundReserve } from '../payouts/move-funds.ts'
import { ensureOpenPeriod } from '../periods/open-period.ts'
import { createScanDesk } from '../redemptions/scan-desk.ts'
import { type Context, createContext } from '../shared/context.ts'
import { addDays, addMonths, type Day, dayOf, monthOf } from '../shared/days.ts'
import { cents } from '../shared/money.ts'
import { stopBooks } from '../stock/stop-books.ts'
import { warnOfBalance } from '../treasury/warn-of-balance.ts'
import { agreeCampaign, lastDayOf, type RunningCampaign } from './agree-campaign.ts'
import { applyToJoin } from './apply-to-join.ts'
import { createDemoClock, createDice } from './demo-clock.ts'
import { enrolDemoPhones } from './demo-phones.ts'
import { monthsOfLife, payingAccount, staff } from './demo-world.ts'
import { endTrial } from './end-trial.ts'
import { type ActAs, foundScheme, openBankAccounts, type Scheme } from './found-scheme.ts'
import { giveAccounts } from './give-accounts.ts'
import { inventTerritory } from './invent-territory.ts'
import { sayWhoInvoices } from './keep-books.ts'
import { leaveOpen } from './leave-open.ts'
import {
  campaignsOfMonth,
  firstMonth,
  liveMonth,
  planUse,
  takeDueSteps,
  turnMonth,
  type Use,
  type YearParts,
} from './live-year.ts'
import { moveBooks } from './move-books.ts'
import { listActors, markSeeded } from './queries.ts'

export type SeedParts = Pick<Context, 'db' | 'keyring'> & {
  /** A connection of the role carnet_scan. */
  scanClient: RawClient
  publicUrl: string
  /** Until when the world has lived: the real now. */
  now: Date
  report?: (line: string) => void
}

const seed = 20_260_101

/**
 * Makes the living world of the demo, month by month from a year ago, by the use cases that everybody uses and with a clock of
 * its own. About half a minute. Throws when any step of it is refused; what was made then is thrown away by the next start.
 */
export async function seedDemo(parts: SeedParts): Promise<void> {
  const { db, keyring, scanClient, publicUrl, report = () => {} } = parts
  const today = dayOf(parts.now)
  const first = firstMonth(today)
  const clock = createDemoClock(addDays(first, 0))
  const operator = createContext({ db, keyring, now: clock.now, actor: { kind: 'operator' } })

  report('communes, services, venues')
  const scheme = await foundScheme(operator)
  await inventTerritory(operator)
  await giveAccounts(operator, publicUrl)
  const actors = await listActors(operator.db)
  const actAs: ActAs = (email) => createContext({ db, keyring, now: clock.now, actor: actors.get(email)! })
  await openBankAccounts(actAs, scheme.organisationIds)
  await ensureOpenPeriod(operator)
  const account = await addPayingAccount(actAs(staff.coordinator.email), payingAccount)
  await sayWhoInvoices(actAs, account.id)
  const own = { amountCents: cents(100_000), reference: 'RESERVE 1', proof: 'Apport de l’opérateur' }
  await fundReserve(actAs(staff.financeApprover.email), account.id, own)

  const year: YearParts = {
    operator,
    actAs,
    clock,
    dice: createDice(seed),
    desk: createScanDesk({ client: scanClient, keyring, today: operator.today }),
    directory: createDeviceDirectory({ db, keyring, now: clock.now }, false),
    phones: await enrolDemoPhones(operator),
    services: (await readCatalogue(operator)).services.map(({ code }) => code),
  }
  const running = await liveYear(year, scheme, { payingAccountId: account.id, today, report })
  clock.set(today)
  await takeDueSteps(operator)
  await endTrial({ operator, actAs, clock, trial: running[2]!, today })
  await stopLostBook(actAs, running[0]!)
  await moveBooks({ actAs, clock, running, today })
  await applyToJoin(operator, clock, today)
  await leaveOpen({ actAs, clock, scheme, running, today, payingAccountId: account.id })
  clock.set(today)
  await warnOfBalance(operator)
  await operator.transaction((tx) => markSeeded(tx, today), 'carnet_app')
}

async function liveYear(
  year: YearParts,
  scheme: Scheme,
  { payingAccountId, today, report }: { payingAccountId: string; today: Day; report: (line: string) => void },
): Promise<RunningCampaign[]> {
  const running: { campaign: RunningCampaign; use: Use }[] = []
  const thisMonth = monthOf(today)
  for (let monthsAgo = monthsOfLife; monthsAgo >= 0; monthsAgo--) {
    const month = addMonths(thisMonth, -monthsAgo)
    report(month.slice(0, 7))
    if (monthsAgo < monthsOfLife) await turnMonth(year, month, today)
    // A phone that nobody used for three months would have to be enrolled again.
    await enrolDemoPhones(year.operator)
    for (const plan of campaignsOfMonth(monthsAgo)) {
      year.clock.set(addDays(month, monthsAgo === 0 ? 0 : 4))
      const campaign = await agreeCampaign(year.actAs, scheme, plan, {
        payingAccountId,
        endsOn: lastDayOf(plan, today),
      })
      running.push({ campaign, use: planUse(campaign, thisMonth, year.dice) })
    }
    for (const { campaign, use } of running) {
      const lastDay = lastDayOf(campaign.plan, today)
      const until = lastDay < today ? lastDay : today
      if (month <= until) await liveMonth(year, campaign, use, month, until)
      await noteCourse(year, campaign, monthsAgo)
    }
  }
  return running.map(({ campaign }) => campaign)
}

/** What those who steer the campaign wrote that month. */
async function noteCourse({ actAs }: YearParts, { id, plan }: RunningCampaign, monthsAgo: number): Promise<void> {
  const coordinator = actAs(staff.coordinator.email)
  for (const { kind, body } of plan.course.filter((told) => told.monthsAgo === monthsAgo))
    await (kind === 'note' ? addContextNote(coordinator, id, body) : addDecision(coordinator, id, body))
}

/** The last covers of the first campaign were lost before anybody had them: their vouchers are refused. */
async function stopLostBook(actAs: ActAs, { id, vouchers }: RunningCampaign): Promise<void> {
  const lastCover = vouchers.at(-1)!.cover
  await stopBooks(actAs(staff.coordinator.email), {
    campaignId: id,
    firstCover: lastCover - 1,
    lastCover,
    reason: 'lost',
    askedBy: 'prescriber',
    isFromStock: true,
  })
}
