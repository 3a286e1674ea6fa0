import { Encrypter } from 'age-encryption'
import { recordAudit } from '../accounts/audit.ts'
import { lockCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { checkRunSize } from './print-run.ts'
import { countBooks, insertPrintRun, type PrintRun } from './queries.ts'
import { readFace, tidyCoverText } from './run-face.ts'

export type PrintRunDetails = {
  bookCount: number
  booksPerBox: number
  /** The printer's age public key, `age1…`; without one the books are printed at a desk. */
  ageRecipient?: string | null | undefined
  /** A sentence of the campaign's own on the covers. */
  coverText?: string | null | undefined
}

/**
 * Orders books of a campaign; names and logos are from now on those of this day. Throws `forbidden`, `not_found`, `invalid`
 * (`age_recipient_invalid`, see `checkRunSize`, `tidyCoverText`),
 * `conflict` (`campaign_is_…` unless it is agreed or open, `over_budget`).
 */
export async function requestPrintRun(ctx: Context, campaignId: string, details: PrintRunDetails): Promise<PrintRun> {
  const requester = requireRole(ctx.actor, 'coordinator')
  checkRunSize(details.bookCount, details.booksPerBox)
  const { coverText, ageRecipient = null, ...size } = details
  if (ageRecipient !== null) checkRecipient(ageRecipient)
  const text = tidyCoverText(coverText)

  return ctx.transaction(async (tx) => {
    const { state, budgetedBooks } = await lockCampaign(tx, campaignId)
    if (state !== 'agreed' && state !== 'open')
      throw new AppError('conflict', `campaign_is_${state}`, 'Books are printed for an agreed or open campaign')
    const leftBooks = budgetedBooks - (await countBooks(tx, campaignId, 'ordered'))
    if (details.bookCount > leftBooks)
      throw new AppError('conflict', 'over_budget', 'The campaign has not so many books left to order', { leftBooks })
    const order = { requestedBy: requester.personId, requestedOn: ctx.today() }
    const face = await readFace(tx, campaignId, text)
    const run = await insertPrintRun(tx, { campaignId, ...size, ageRecipient, ...order, face })
    await recordAudit(tx, ctx, 'print_run_requested', { printRunId: run.id, campaignId, books: run.bookCount })
    return run
  })
}

function checkRecipient(ageRecipient: string): void {
  try {
    new Encrypter().addRecipient(ageRecipient)
  } catch {
    throw new AppError('invalid', 'age_recipient_invalid', 'This is not an age public key (age1…)', {
      field: 'ageRecipient',
    })
  }
}
