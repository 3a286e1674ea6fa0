import { type StepDay, stepsOf } from '../campaigns/ending.ts'
import { type Campaign, listParts } from '../campaigns/queries.ts'
import { readCampaign } from '../campaigns/read-campaign.ts'
import type { Context } from '../shared/context.ts'
import { type BlockingPlan, lateHandoutsHash, planOf } from './blocking-plan.ts'
import {
  type EndingSignature,
  type Leftover,
  listHolders,
  listLeftovers,
  listSignatures,
  listSteps,
  type StepDone,
} from './queries.ts'
import { listStatements, type StatementView } from './statement-queries.ts'

export type EndingView = {
  campaign: Campaign
  steps: (StepDay & { done: StepDone | null })[]
  plan: BlockingPlan
  leftovers: Leftover[]
  holders: { id: string; name: string }[]
  /** Of the list as it is now. */
  approvals: EndingSignature[]
  lateHandouts: EndingSignature[]
  funderIds: string[]
  statements: StatementView[]
}

/** The dates towards the last day, and what was done of them. */
export async function readEndingDates(
  db: Context['db'],
  campaign: Pick<Campaign, 'id' | 'endsOn' | 'graceDays'>,
): Promise<EndingView['steps']> {
  const done = await listSteps(db, campaign.id, campaign.endsOn)
  return stepsOf(campaign).map((day) => ({ ...day, done: done.find(({ step }) => step === day.step) ?? null }))
}

/** Everything about the end of a campaign, for who may read it. Throws `unauthenticated`, `forbidden`, `not_found`. */
export async function readEnding(ctx: Context, id: string): Promise<EndingView> {
  const campaign = await readCampaign(ctx, id)
  const leftovers = await listLeftovers(ctx.db, campaign)
  const plan = planOf(campaign, leftovers)
  const signatures = await listSignatures(ctx.db, id, campaign.endsOn)
  const signedText = (sha256: string) => signatures.filter((one) => one.sha256 === sha256)
  return {
    campaign,
    steps: await readEndingDates(ctx.db, campaign),
    plan,
    leftovers,
    holders: await listHolders(ctx.db, id),
    approvals: signedText(plan.sha256),
    lateHandouts: signedText(lateHandoutsHash(campaign)),
    funderIds: (await listParts(ctx.db, id)).map(({ funderId }) => funderId),
    statements: await listStatements(ctx.db, id, ctx.tenant),
  }
}
