import { proposeAmendment } from '../amendments/propose-amendment.ts'
import { signAmendment } from '../amendments/sign-amendment.ts'
import { recordFunding } from '../campaigns/record-funding.ts'
import { addDays, type Day } from '../shared/days.ts'
import { type Cents, cents, timesCents } from '../shared/money.ts'
import type { RunningCampaign } from './agree-campaign.ts'
import type { DemoClock } from './demo-clock.ts'
import { demoFunders, staff } from './demo-world.ts'
import type { ActAs, Scheme } from './found-scheme.ts'

/** A little more than is ordered: some are left to order. */
const moreBooks = 75
type MoreParts = { actAs: ActAs; clock: DemoClock; scheme: Scheme }
const signerOf = (actAs: ActAs, funder: string) => actAs(demoFunders.find(({ key }) => key === funder)!.email)

/** A campaign gets more books: signed by its funders and called for. A late funder has paid half of its part so far. */
export async function agreeMore(
  { actAs, scheme, clock }: MoreParts,
  { plan, id }: RunningCampaign,
  { reason, lateFunder }: { reason: string; lateFunder?: string },
): Promise<void> {
  const coordinator = actAs(staff.coordinator.email)
  const more = { kind: 'top_up', budgetedBooks: plan.books + moreBooks, reason } as const
  const amendment = await proposeAmendment(coordinator, id, more)
  for (const { funder } of plan.parts) await signAmendment(signerOf(actAs, funder), amendment.id)
  if (lateFunder) clock.set(addDays(coordinator.today(), 12))
  for (const { funder, partCents } of plan.parts) {
    const called = timesCents(moreBooks * 10, cents(partCents))
    await recordFunding(actAs(staff.financeApprover.email), id, {
      funderId: scheme.funderIds.get(funder)!,
      amountCents: funder === lateFunder ? ((called / 2) as Cents) : called,
      reference: `CARNET ${id.slice(0, 8)} ${funder} 2`.toUpperCase(),
      proof: `Relevé du ${coordinator.today()}, virement reçu`,
      receivedOn: coordinator.today(),
    })
  }
}

/** An extension that the first funder has signed and the other one has not. */
export async function proposeMoreTime(actAs: ActAs, { plan, id }: RunningCampaign, endsOn: Day): Promise<void> {
  const reason = 'Trois mois de plus : les ateliers de printemps sont déjà complets'
  const amendment = await proposeAmendment(actAs(staff.coordinator.email), id, { kind: 'extension', endsOn, reason })
  await signAmendment(signerOf(actAs, plan.parts[0]!.funder), amendment.id)
}
