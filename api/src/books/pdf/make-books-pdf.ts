import { recordAudit } from '../../accounts/audit.ts'
import { isDemo } from '../../accounts/installation-queries.ts'
import { type Campaign, getCampaign } from '../../campaigns/queries.ts'
import { type Context, requireRole } from '../../shared/context.ts'
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

/**
 * The books of a run for a desk printer: a cover and its vouchers, book after book. The same run gives the same bytes until the
 * receipt is confirmed; in the demo afterwards too. `publicUrl` is where the covers lead. Throws as `makeArtefact`.
 */
export async function makeBooksPdf(ctx: Context, id: string, publicUrl: string): Promise<ReadableStream<Uint8Array>> {
  requireRole(ctx.actor, 'coordinator')
  const run = await getPrintRun(ctx.db, id)
  checkArtefact(ctx, run, { isAfterwardsToo: await isDemo(ctx.db) })
  const campaign = await getCampaign(ctx.db, run.campaignId)
  const face = await readBookFace(ctx, run, campaign, publicUrl)
  await ctx.transaction((tx) => recordAudit(tx, ctx, 'books_printed', { printRunId: id, books: run.bookCount }))
  return streamOf(printRun(ctx, run, campaign, face))
}

async function* printRun(ctx: Context, run: GeneratedRun, campaign: Campaign, face: Face): AsyncGenerator<Uint8Array> {
  const progress = startProgress(run.id, run.bookCount)
  try {
    yield* printBooks(face, listBooks(ctx, run, campaign), progress.tell)
  } finally {
    progress.end()
  }
}

async function* listBooks(ctx: Context, run: GeneratedRun, campaign: Campaign): AsyncGenerator<BookToPrint> {
  const printing = printingOf(ctx, run, campaign)
  let codes: Uint8Array[] = []
  let index = 0
  for await (const code of drawAgain(ctx, run, campaign.bookSize)) {
    codes.push(code)
    index++
    if (codes.length < campaign.bookSize) continue
    const { cover } = placeOf(printing, index - 1)
    const fields = codes.map((code) => encodePayload({ ...printing, isTraining: false, code }))
    const signed = await signVouchers(fields, printing.signingKey)
    const vouchers = codes.map((code, at) => ({ qr: voucherText(signed[at]!), typed: formatTypedCode(code) }))
    yield { cover: coverNumber(campaign.number, cover), vouchers }
    codes = []
  }
}
