import { createHash } from 'node:crypto'
import { Encrypter } from 'age-encryption'
import { type Campaign, getCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { codeMacOf, codeOf, runKeyGone } from './draw-codes.ts'
import { printingOf } from './generate-books.ts'
import { placeOf, writePrintFile } from './print-file.ts'
import { isGenerated } from './print-run.ts'
import { getPrintRun, type PrintRun } from './queries.ts'
import { readCovers } from './voucher-queries.ts'

const codesAtOnce = 1_000
/** A second attempt happens once in millions of runs. */
const mostAttempts = 20
export type GeneratedRun = PrintRun & {
  kid: number
  firstCover: number
  printedLastDay: string
  artefactSha256: Uint8Array
}

/**
 * The print file, encrypted to the printer's key, made again piece by piece from the key of the run. A file whose bytes are not
 * those that were audited breaks off. Throws `forbidden`, `not_found`, `conflict` (`no_printer_key`, `print_run_is_…`,
 * `receipt_confirmed`, `run_key_gone`).
 */
export async function makeArtefact(ctx: Context, id: string): Promise<ReadableStream<Uint8Array>> {
  requireRole(ctx.actor, 'coordinator')
  const run = await getPrintRun(ctx.db, id)
  checkArtefact(ctx, run)
  if (run.ageRecipient === null)
    throw new AppError('conflict', 'no_printer_key', 'It was ordered without the key of a printer: print books.pdf')
  const campaign = await getCampaign(ctx.db, run.campaignId)
  const encrypter = new Encrypter()
  encrypter.addRecipient(run.ageRecipient)
  return encrypter.encrypt(streamOf(writeChecked(ctx, run, campaign)))
}

/** A piece is made when the one before was taken; who breaks off stops the work. */
export function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

/** Throws `conflict` (`print_run_is_…`, `run_key_gone`, and `receipt_confirmed` unless it may be made afterwards too). */
export function checkArtefact(
  ctx: Context,
  run: PrintRun,
  { isAfterwardsToo = false } = {},
): asserts run is GeneratedRun {
  if (!isGenerated(run.state) || run.kid === null)
    throw new AppError('conflict', `print_run_is_${run.state}`, 'It has no print file')
  if (run.receiptConfirmedOn && !isAfterwardsToo)
    throw new AppError('conflict', 'receipt_confirmed', 'The print file was received and is not made again', {
      receiptConfirmedOn: run.receiptConfirmedOn,
    })
  if (!ctx.keyring.hasRunKey(run.id)) ctx.keyring.reread()
  if (!ctx.keyring.hasRunKey(run.id)) throw runKeyGone()
}

async function* writeChecked(ctx: Context, run: GeneratedRun, campaign: Campaign): AsyncGenerator<Buffer> {
  const sha256 = createHash('sha256')
  const codes = drawAgain(ctx, run, { from: 0, to: run.bookCount * campaign.bookSize, bookSize: campaign.bookSize })
  for await (const { bytes } of writePrintFile(printingOf(ctx, run, campaign), codes)) {
    sha256.update(bytes)
    yield bytes
  }
  if (!sha256.digest().equals(Buffer.from(run.artefactSha256)))
    throw new Error(`The print file of run ${run.id} is not the one that was audited`)
}

/**
 * The codes of whole books, `from` the first voucher of one `to` the first of another. A code that was drawn again is known by the
 * table: the first attempts are of another run, or of an earlier voucher.
 */
export async function* drawAgain(
  ctx: Context,
  run: GeneratedRun,
  { from: start, to: count, bookSize }: { from: number; to: number; bookSize: number },
): AsyncGenerator<Uint8Array> {
  const candidate = (index: number, attempt: number) => {
    const code = codeOf(ctx.keyring, run.id, index, attempt)
    return { code, codeMac: codeMacOf(ctx.keyring, run.kid, code) }
  }
  const given = new Set<string>()
  for (let from = start; from < count; from += codesAtOnce) {
    const indexes = Array.from({ length: Math.min(codesAtOnce, count - from) }, (_, at) => from + at)
    const firsts = indexes.map((index) => candidate(index, 0))
    const covers = await readCovers(
      ctx.db,
      run.id,
      firsts.map(({ codeMac }) => codeMac),
    )
    for (const [at, index] of indexes.entries()) {
      const { cover } = placeOf({ firstCover: run.firstCover, bookSize }, index)
      let drawn = firsts[at]!
      for (let attempt = 1; covers.get(drawn.codeMac) !== cover || given.has(drawn.codeMac); attempt++) {
        if (attempt > mostAttempts) throw new Error(`Run ${run.id} has no voucher ${index} in the table`)
        drawn = candidate(index, attempt)
        const [known] = await readCovers(ctx.db, run.id, [drawn.codeMac])
        if (known) covers.set(...known)
      }
      if ((index + 1) % bookSize === 0) given.clear()
      else given.add(drawn.codeMac)
      yield drawn.code
    }
  }
}
