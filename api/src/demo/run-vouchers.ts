import { drawCodes } from '../books/draw-codes.ts'
import { printingOf } from '../books/generate-books.ts'
import { placeOf } from '../books/print-file.ts'
import { getPrintRun } from '../books/queries.ts'
import { signVoucher } from '../books/sign-voucher.ts'
import { formatTypedCode } from '../books/typed-code.ts'
import { encodePayload, voucherText } from '../books/voucher-payload.ts'
import { getCampaign } from '../campaigns/queries.ts'
import type { Context } from '../shared/context.ts'

export type RunVoucher = { qr: () => string; typed: () => string; codeMac: string; cover: number }

/**
 * The vouchers of a print run as printed, from the run's key, in the order of their covers. Only where that key is kept: the demo
 * keeps its own. Throws `conflict` `run_key_gone`.
 */
export async function listRunVouchers(ctx: Context, printRunId: string): Promise<RunVoucher[]> {
  const run = await getPrintRun(ctx.db, printRunId)
  const campaign = await getCampaign(ctx.db, run.campaignId)
  const printing = printingOf(
    ctx,
    { kid: run.kid!, firstCover: run.firstCover!, printedLastDay: run.printedLastDay! },
    campaign,
  )
  const count = run.bookCount * campaign.bookSize
  const drawn = await drawCodes(ctx.keyring, { runId: run.id, kid: printing.kid, count }, async () => [])
  return drawn.codeMacs.map((codeMac, index) => ({
    codeMac,
    cover: placeOf(printing, index).cover,
    qr: () =>
      voucherText(
        signVoucher(encodePayload({ ...printing, isTraining: false, code: drawn.codeAt(index) }), printing.signingKey),
      ),
    typed: () => formatTypedCode(drawn.codeAt(index)),
  }))
}
