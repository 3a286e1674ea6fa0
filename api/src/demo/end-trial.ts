import { endingSteps } from '../campaigns/ending.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { declareLeftovers } from '../endings/declare-leftovers.ts'
import { readEnding } from '../endings/read-ending.ts'
import { approveBlocking, takeLateHandouts } from '../endings/sign-ending.ts'
import { takeEndingSteps } from '../endings/take-ending-steps.ts'
import type { Context } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import type { RunningCampaign } from './agree-campaign.ts'
import type { DemoClock } from './demo-clock.ts'
import { demoFunders, staff } from './demo-world.ts'
import type { ActAs } from './found-scheme.ts'

type TrialParts = { operator: Context; actAs: ActAs; clock: DemoClock; trial: RunningCampaign; today: Day }

/** The trial came to its last day as the scheme has it: alert, books left declared and blocked, late hand-outs signed for. */
export async function endTrial({ operator, actAs, clock, trial, today }: TrialParts): Promise<void> {
  const { id: campaignId, prescriberId, vouchers, plan } = trial
  const { endsOn } = await getCampaign(operator.db, campaignId)
  const prescriber = actAs(staff.prescriber.email)
  const funder = actAs(demoFunders.find(({ key }) => key === plan.parts[0]!.funder)!.email)
  const lastCover = vouchers.at(-1)!.cover
  for (const { on } of endingSteps({ endsOn, usesUntil: endsOn, uploadsUntil: endsOn }).filter(
    (step) => step.on <= today,
  )) {
    clock.set(on)
    await takeEndingSteps(operator)
  }
  clock.set(addDays(endsOn, -12))
  const covers = [{ firstCover: lastCover - 7, lastCover }]
  await declareLeftovers(prescriber, { campaignId, prescriberId, covers })
  clock.set(addDays(endsOn, -10))
  await approveBlocking(funder, campaignId, (await readEnding(funder, campaignId)).plan.sha256)
  clock.set(addDays(endsOn, -6))
  await takeLateHandouts(funder, campaignId)
}
