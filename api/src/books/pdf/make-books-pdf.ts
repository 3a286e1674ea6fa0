import { recordAudit } from '../../accounts/audit.ts'
import { isDemo } from '../../accounts/installation-queries.ts'
import { type Campaign, getCampaign } from '../../campaigns/queries.ts'
import { type Context, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import type { CoverRange } from '../box.ts'
import { printingOf } from '../generate-books.ts'
import { checkArtefact, drawAgain, type GeneratedRun, streamOf } from '../make-artefact.ts'
import { placeOf } from '../print-file.ts'
import { getPrintRun } from '../queries.ts'
import { signVouchers } from '../sign-voucher.ts'
import { formatTypedCode } from '../typed-code.ts'
import { encodePayload, voucherText } from '../voucher-payload.ts'
import { coverNumber } from './cover-number.ts'
import { type BookToPrint, type Face, printBooks } from './print-books.ts'
import { startProgress } from './print-progress.ts'
import { readBookFace } from './read-book-face.ts'

type Covers = { [End in keyof CoverRange]?: CoverRange[End] | undefined }

/**
 * The books of a run for a desk printer: a cover and its vouchers, book after book. The same run gives the same bytes until the
 * receipt is confirmed; in the demo afterwards too. A large run is printed box by box: what is cut off is printed again alone.
 * `publicUrl` is where the covers lead. Throws as `makeArtefact`, `invalid` `covers_not_of_run`.
 */
export async function makeBooksPdf(
  ctx: Context,
  id: string,
  { publicUrl, covers }: { publicUrl: string; covers?: Covers },
): Promise<ReadableStream<Uint8Array>> {
  requireRole(ctx.actor, 'coordinator')
  const run = await getPrintRun(ctx.db, id)
  checkArtefact(ctx, run, { isAfterwardsToo: await isDemo(ctx.db) })
  const campaign = await getCampaign(ctx.db, run.campaignId)
  const face = await readBookFace(ctx, run, campaign, publicUrl)
  const range = rangeOf(run, covers)
  const books = range.lastCover - range.firstCover + 1
  await ctx.transaction((tx) => recordAudit(tx, ctx, 'books_printed', { printRunId: id, books, ...range }))
  return streamOf(printRun(ctx, { run, campaign, face, range, books }))
}

/** All covers of the run unless some are asked for. */
function rangeOf({ firstCover, bookCount }: GeneratedRun, asked: Covers = {}): CoverRange {
  const lastOfRun = firstCover + bookCount - 1
  const range = { firstCover: asked.firstCover ?? firstCover, lastCover: asked.lastCover ?? lastOfRun }
  if (range.firstCover < firstCover || range.lastCover > lastOfRun || range.firstCover > range.lastCover)
    throw new AppError('invalid', 'covers_not_of_run', 'Some of these covers are not of this run', {
      ...{ field: 'firstCover', firstCover, lastCover: lastOfRun },
    })
  return range
}

type Job = { run: GeneratedRun; campaign: Campaign; face: Face; range: CoverRange; books: number }

async function* printRun(ctx: Context, job: Job): AsyncGenerator<Uint8Array> {
  const progress = startProgress(job.run.id, job.books)
  try {
    yield* printBooks(job.face, listBooks(ctx, job), progress.tell)
  } finally {
    progress.end()
  }
}

async function* listBooks(ctx: Context, { run, campaign, range }: Job): AsyncGenerator<BookToPrint> {
  const printing = printingOf(ctx, run, campaign)
  const { bookSize } = campaign
  const from = (range.firstCover - run.firstCover) * bookSize
  const to = (range.lastCover - run.firstCover + 1) * bookSize
  let codes: Uint8Array[] = []
  let index = from
  for await (const code of drawAgain(ctx, run, { from, to, bookSize })) {
    codes.push(code)
    index++
    if (codes.length < bookSize) continue
    const { cover } = placeOf(printing, index - 1)
    const fields = codes.map((code) => encodePayload({ ...printing, isTraining: false, code }))
    const signed = await signVouchers(fields, printing.signingKey)
    const vouchers = codes.map((code, at) => ({ qr: voucherText(signed[at]!), typed: formatTypedCode(code) }))
    yield { cover: coverNumber(campaign.number, cover), vouchers }
    codes = []
  }
}
