import { approveProof } from '../books/approve-proof.ts'
import { confirmReceipt } from '../books/confirm-receipt.ts'
import { dispatchBox } from '../books/dispatch-box.ts'
import { generateBooks } from '../books/generate-books.ts'
import { listBoxesOfRun } from '../books/queries.ts'
import { requestPrintRun } from '../books/request-print-run.ts'
import { freezeBatch, prepareBatch } from '../payouts/prepare-batch.ts'
import { addDays } from '../shared/days.ts'
import { listVenueRows } from '../statistics/scheme-queries.ts'
import { qualifyVenue } from '../venues/qualify-venue.ts'
import { type RunningCampaign, recipientOfNobody } from './agree-campaign.ts'
import { agreeMore, proposeMoreTime } from './agree-more.ts'
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
  clock.set(addDays(today, -45))
  const reason = 'Soixante-quinze carnets de plus : le stock des prescripteurs s’épuise'
  await agreeMore(parts, first, { reason, lateFunder: 'state' })
  await tellOfBank(addDays(today, -16))
  clock.set(addDays(today, -16))
  await orderMore(parts, first)
  clock.set(addDays(today, -9))
  await applyForQualification(parts)
  await tellOfBank(addDays(today, -5))
  clock.set(addDays(today, -5))
  await agreeMore(parts, street, { reason: 'Soixante-quinze carnets de plus, pour l’accueil de jour' })
  await orderMore(parts, street, false)
  clock.set(addDays(today, -4))
  await changeBankAccount(parts.actAs, scheme.organisationIds[0]!, 901)
  await leaveBooksOpen(parts)
  await proposeMoreTime(parts.actAs, first, addDays(today, first.plan.endsInDays + 90))
  await tellOfBank(today)
  clock.set(addDays(today, -1))
  const { organisationIds } = scheme
  for (const [at, id] of organisationIds.entries())
    if (at >= organisationIds.length - lateAccounts) await openBankAccount(parts.actAs, id, at + 1)
  clock.set(today)
  await payWhatWaited(parts)
}

const orderedBooks = 50
const booksPerBox = 25

/** Fifty books more are ordered; printed and on their way, or waiting for the proof. */
async function orderMore(parts: OpenParts, campaign: RunningCampaign, isPrinted = true): Promise<void> {
  const { actAs, clock } = parts
  const { plan, id } = campaign
  const coordinator = actAs(staff.coordinator.email)
  const ageRecipient = await recipientOfNobody()
  const run = await requestPrintRun(coordinator, id, { bookCount: orderedBooks, booksPerBox, ageRecipient })
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
