import { generateIdentity, identityToRecipient } from 'age-encryption'
import { acknowledgeDelivery } from '../books/acknowledge-delivery.ts'
import { activateBox } from '../books/activate-box.ts'
import { approveProof } from '../books/approve-proof.ts'
import { confirmReceipt } from '../books/confirm-receipt.ts'
import { dispatchBox } from '../books/dispatch-box.ts'
import { generateBooks } from '../books/generate-books.ts'
import { openCampaign } from '../books/open-campaign.ts'
import { listBoxesOfRun } from '../books/queries.ts'
import { recordSample } from '../books/record-sample.ts'
import { requestPrintRun } from '../books/request-print-run.ts'
import { createCampaign } from '../campaigns/create-campaign.ts'
import { recordFunding } from '../campaigns/record-funding.ts'
import { signCampaign } from '../campaigns/sign-campaign.ts'
import { addContextNote, addTarget } from '../campaigns/steer-campaign.ts'
import type { Context } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { cents, timesCents } from '../shared/money.ts'
import { type DemoCampaign, demoFunders, staff } from './demo-world.ts'
import type { ActAs, Scheme } from './found-scheme.ts'
import { callAndInvoice } from './keep-books.ts'
import { listRunVouchers, type RunVoucher } from './run-vouchers.ts'

const faceValue = cents(1000)
const bookSize = 10
const booksPerBox = 25

export type RunningCampaign = { plan: DemoCampaign; id: string; prescriberId: string; vouchers: RunVoucher[] }

/** From the draft to the first active box, each step by whom it belongs to. */
export async function agreeCampaign(
  actAs: ActAs,
  scheme: Scheme,
  plan: DemoCampaign,
  { payingAccountId, endsOn }: { payingAccountId: string; endsOn: Day },
): Promise<RunningCampaign> {
  const coordinator = actAs(staff.coordinator.email)
  const funders = plan.parts.map(({ funder, partCents }) => ({
    funderId: scheme.funderIds.get(funder)!,
    partCents: cents(partCents),
  }))
  const { id } = await createCampaign(coordinator, {
    name: plan.name,
    payingAccountId,
    faceValueCents: faceValue,
    bookSize,
    budgetedBooks: plan.books,
    startsOn: coordinator.today(),
    endsOn,
    graceDays: plan.graceDays,
    targetPublic: plan.targetPublic,
    objectives: plan.objectives,
    funders,
    services: null,
    venues: null,
    territory: null,
  })
  const signers = plan.parts.map(({ funder }) => actAs(demoFunders.find(({ key }) => key === funder)!.email))
  for (const signer of signers) await signCampaign(signer, id)
  for (const [at, { funderId, partCents }] of funders.entries()) {
    const asked = { campaignId: id, funderId, amountCents: timesCents(plan.books * bookSize, partCents) }
    await recordFunding(actAs(staff.financeApprover.email), id, {
      funderId,
      amountCents: asked.amountCents,
      reference: await callAndInvoice(actAs, { ...asked, key: plan.parts[at]!.funder }),
      proof: `Relevé du ${coordinator.today()}, virement reçu`,
      receivedOn: coordinator.today(),
    })
  }
  await addContextNote(coordinator, id, plan.contextNote)
  for (const { inDays, target, indicator } of plan.targets)
    await addTarget(coordinator, id, {
      indicator,
      target,
      dueOn: addDays(endsOn, inDays),
      responsible: 'Comité de pilotage',
    })
  const prescriberId = scheme.prescriberIds.get(plan.prescriber)!
  const vouchers = await printBooks(actAs, signers[0]!, id, {
    bookCount: plan.books,
    prescriberId,
    missingCovers: plan.missingCovers ?? 0,
  })
  await openCampaign(coordinator, id)
  return { plan, id, prescriberId, vouchers }
}

async function printBooks(
  actAs: ActAs,
  funder: Context,
  campaignId: string,
  { bookCount, prescriberId, missingCovers }: { bookCount: number; prescriberId: string; missingCovers: number },
): Promise<RunVoucher[]> {
  const [requester, releaser] = [actAs(staff.coordinator.email), actAs(staff.secondCoordinator.email)]
  const ageRecipient = await recipientOfNobody()
  const run = await requestPrintRun(requester, campaignId, { bookCount, booksPerBox, ageRecipient })
  await approveProof(funder, run.id)
  await generateBooks(releaser, run.id)
  await confirmReceipt(requester, run.id)
  const vouchers = await listRunVouchers(requester, run.id)
  for (const box of await listBoxesOfRun(requester.db, run.id)) {
    await dispatchBox(requester, box.id, prescriberId)
    const isShort = missingCovers > 0 && box.lastCover === vouchers.at(-1)!.cover
    const arrived = [{ firstCover: box.firstCover, lastCover: box.lastCover - missingCovers }]
    await acknowledgeDelivery(releaser, box.id, isShort ? { arrived } : {})
    await sampleBox(
      requester,
      vouchers.filter(({ cover }) => cover >= box.firstCover && cover <= box.lastCover),
    )
    await activateBox(requester, box.id)
  }
  return vouchers
}

/** A printer that does not exist: nobody has its private key. */
export const recipientOfNobody = async (): Promise<string> => identityToRecipient(await generateIdentity())

/** One voucher from each third of the box, as a phone's three sample scans do it. */
async function sampleBox(ctx: Context, vouchers: readonly RunVoucher[]): Promise<void> {
  await ctx.transaction(async (tx) => {
    for (const share of [0.1, 0.5, 0.9]) await recordSample(tx, vouchers[Math.floor(vouchers.length * share)]!.codeMac)
  })
}

export const lastDayOf = (plan: DemoCampaign, today: Day): Day => addDays(today, plan.endsInDays)
