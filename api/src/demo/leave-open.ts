import { proposeAmendment } from '../amendments/propose-amendment.ts'
import { signAmendment } from '../amendments/sign-amendment.ts'
import { approveProof } from '../books/approve-proof.ts'
import { confirmReceipt } from '../books/confirm-receipt.ts'
import { dispatchBox } from '../books/dispatch-box.ts'
import { generateBooks } from '../books/generate-books.ts'
import { listBoxesOfRun } from '../books/queries.ts'
import { requestPrintRun } from '../books/request-print-run.ts'
import { recordFunding } from '../campaigns/record-funding.ts'
import { freezeBatch, prepareBatch } from '../payouts/prepare-batch.ts'
import { addDays } from '../shared/days.ts'
import { cents, timesCents } from '../shared/money.ts'
import { listVenueRows } from '../statistics/scheme-queries.ts'
import { qualifyVenue } from '../venues/qualify-venue.ts'
import { type RunningCampaign, recipientOfNobody } from './agree-campaign.ts'
import { demoFunders, staff } from './demo-world.ts'
import { changeBankAccount, lateAccounts, openBankAccount } from './found-scheme.ts'
import { type BookParts, createBankTeller, leaveBooksOpen } from './keep-books.ts'

type OpenParts = BookParts & { running: readonly RunningCampaign[] }

/**
 * What a visitor finds waiting: a proof at its funder, boxes under way, an application, a bank account to be verified, and a
 * batch that one person froze and another has to approve.
 */
export async function leaveOpen(parts: OpenParts): Promise<void> {
  const { clock, today, running, scheme } = parts
  const [first, street] = running as [RunningCampaign, RunningCampaign]
  const tellOfBank = createBankTeller(parts)
  await tellOfBank(addDays(today, -16))
  clock.set(addDays(today, -16))
  await orderMore(parts, first, 'Cinquante carnets de plus : le stock des prescripteurs s’épuise')
  clock.set(addDays(today, -9))
  await applyForQualification(parts)
  await tellOfBank(addDays(today, -5))
  clock.set(addDays(today, -5))
  await orderMore(parts, street, 'Cinquante carnets de plus, pour l’accueil de jour', false)
  clock.set(addDays(today, -4))
  await changeBankAccount(parts.actAs, scheme.organisationIds[0]!, 901)
  await leaveBooksOpen(parts, first)
  await tellOfBank(today)
  clock.set(addDays(today, -1))
  const { organisationIds } = scheme
  for (const [at, id] of organisationIds.entries())
    if (at >= organisationIds.length - lateAccounts) await openBankAccount(parts.actAs, id, at + 1)
  clock.set(today)
  await payWhatWaited(parts)
}

const moreBooks = 50
const booksPerBox = 25

/** A campaign gets fifty books more, funded; printed and on their way, or waiting for the proof. */
async function orderMore(parts: OpenParts, campaign: RunningCampaign, note: string, isPrinted = true): Promise<void> {
  const { actAs, clock, scheme } = parts
  const { plan, id } = campaign
  const coordinator = actAs(staff.coordinator.email)
  const signers = plan.parts.map(({ funder }) => actAs(demoFunders.find(({ key }) => key === funder)!.email))
  const more = { kind: 'top_up', budgetedBooks: plan.books + moreBooks, reason: note } as const
  const amendment = await proposeAmendment(coordinator, id, more)
  for (const signer of signers) await signAmendment(signer, amendment.id)
  for (const { funder, partCents } of plan.parts)
    await recordFunding(actAs(staff.financeApprover.email), id, {
      funderId: scheme.funderIds.get(funder)!,
      amountCents: timesCents(moreBooks * 10, cents(partCents)),
      reference: `CARNET ${id.slice(0, 8)} ${funder} 2`.toUpperCase(),
      proof: `Relevé du ${coordinator.today()}, virement reçu`,
      receivedOn: coordinator.today(),
    })
  const ageRecipient = await recipientOfNobody()
  const run = await requestPrintRun(coordinator, id, { bookCount: moreBooks, booksPerBox, ageRecipient })
  if (!isPrinted) return
  await approveProof(actAs(demoFunders.find(({ key }) => key === plan.parts[0]!.funder)!.email), run.id)
  await generateBooks(actAs(staff.secondCoordinator.email), run.id)
  await confirmReceipt(coordinator, run.id)
  const [box] = await listBoxesOfRun(coordinator.db, run.id)
  clock.set(addDays(coordinator.today(), 6))
  await dispatchBox(coordinator, box!.id, campaign.prescriberId)
}

async function applyForQualification({ actAs }: OpenParts): Promise<void> {
  const coordinator = actAs(staff.coordinator.email)
  const rows = await listVenueRows(coordinator.db, coordinator.today())
  for (const { id } of rows.filter(({ state }) => state === null))
    await qualifyVenue(coordinator, id, { state: 'applied' })
}

/** The money of the organisations whose account was verified at last: frozen by one person, to be approved by another. */
async function payWhatWaited({ actAs }: OpenParts): Promise<void> {
  const coordinator = actAs(staff.coordinator.email)
  const draft = await prepareBatch(coordinator)
  await freezeBatch(coordinator, draft.id)
}
