import { createHash } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Campaign, getCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { type DrawnCodes, drawCodes } from './draw-codes.ts'
import { startGeneration } from './generation-progress.ts'
import { type Printing, placeOf, writePrintFile } from './print-file.ts'
import { boxRanges, checkGenerator, stateAfter } from './print-run.ts'
import { getPrintRun, insertBoxes, movePrintRun, type PrintRun } from './queries.ts'
import { insertBooks, insertVouchers, listTaken, lockCovers, type NewVoucher } from './voucher-queries.ts'

/**
 * Makes the boxes, books and vouchers of a run, all or nothing; a run that was interrupted starts again from the same key.
 * The codes are in memory only. What is kept and audited is the sha256 of the print file before encryption: encrypted, the
 * same file has other bytes each time. Throws `forbidden` (`same_person`), `not_found`, `conflict` (`print_run_is_…`,
 * `generation_cancelled`).
 */
export async function generateBooks(ctx: Context, id: string): Promise<PrintRun> {
  const generator = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const firstCover = await lockCovers(tx, (await getPrintRun(tx, id)).campaignId)
    const run = await getPrintRun(tx, id)
    checkGenerator(run, generator.personId)
    stateAfter(run.state, 'generate')
    const campaign = await getCampaign(tx, run.campaignId)
    const kid = ctx.keyring.activeKid()
    const printing = printingOf(ctx, { kid, firstCover, printedLastDay: campaign.endsOn }, campaign)
    const moved = await movePrintRun(tx, run, 'generate', {
      firstCover,
      kid,
      printedLastDay: campaign.endsOn,
      approvedBy: generator.personId,
      generatedOn: ctx.today(),
      artefactSha256: await makeVouchers(tx, ctx, run, printing),
    })
    const sha256 = Buffer.from(moved.artefactSha256!).toString('hex')
    await recordAudit(tx, ctx, 'print_run_generated', { printRunId: id, books: run.bookCount, firstCover, sha256 })
    return moved
  }, 'carnet_jobs')
}

/** What is printed on every voucher of a run. Throws `conflict` when its signing key was retired or revoked meanwhile. */
export function printingOf(
  ctx: Context,
  run: { kid: number; firstCover: number; printedLastDay: string },
  campaign: Campaign,
): Printing {
  return {
    kid: run.kid,
    signingKey: ctx.keyring.signingKey(run.kid),
    campaignNumber: campaign.number,
    lastDay: run.printedLastDay,
    faceValueEuros: campaign.faceValueCents / 100,
    bookSize: campaign.bookSize,
    firstCover: run.firstCover,
  }
}

async function makeVouchers(tx: Transaction, ctx: Context, run: PrintRun, printing: Printing): Promise<Uint8Array> {
  const count = run.bookCount * printing.bookSize
  const { tell, end } = startGeneration(run.id, count)
  try {
    return await drawAndWrite(tx, ctx, { run, printing, count, tell })
  } finally {
    end()
  }
}

type Making = { run: PrintRun; printing: Printing; count: number; tell: (handled: number) => void }

async function drawAndWrite(
  tx: Transaction,
  ctx: Context,
  { run, printing, count, tell }: Making,
): Promise<Uint8Array> {
  ctx.keyring.createRunKey(run.id, ctx.today())
  const drawing = { runId: run.id, kid: printing.kid, count, tell }
  const drawn = await drawCodes(ctx.keyring, drawing, (macs) => listTaken(tx, macs))

  const boxes = await insertBoxes(tx, run, boxRanges(printing.firstCover, run.bookCount, run.booksPerBox))
  const bookIds = await insertBooks(tx, boxes)
  const bookIdOf = (index: number) => bookIds[placeOf(printing, index).cover - printing.firstCover]!
  for (const some of sortedVouchers(ctx, drawn, bookIdOf)) {
    await insertVouchers(tx, run.campaignId, some)
    tell(some.length)
  }

  const sha256 = createHash('sha256')
  for await (const { bytes, vouchers } of writePrintFile(printing, codesOf(drawn))) {
    sha256.update(bytes)
    tell(vouchers)
  }
  return sha256.digest()
}

function* codesOf({ codeAt, codeMacs }: DrawnCodes): Generator<Uint8Array> {
  for (const index of codeMacs.keys()) yield codeAt(index)
}

/**
 * By codeMac, which is as good as at random: no order of covers is left in the table. The first two digits make 256 equal
 * parts that are sorted one at a time, so that a large run holds nobody up.
 */
function* sortedVouchers(
  ctx: Context,
  { codeAt, codeMacs }: DrawnCodes,
  bookIdOf: (index: number) => string,
): Generator<NewVoucher[]> {
  const parts: number[][] = Array.from({ length: 256 }, () => [])
  for (const [index, codeMac] of codeMacs.entries()) parts[Number.parseInt(codeMac.slice(0, 2), 16)]!.push(index)
  for (const part of parts) {
    part.sort((a, b) => (codeMacs[a]! < codeMacs[b]! ? -1 : 1))
    if (part.length > 0)
      yield part.map((index) => ({
        codeMac: codeMacs[index]!,
        bookId: bookIdOf(index),
        blockHash: ctx.keyring.sealBlockHash(codeAt(index)),
      }))
  }
}
