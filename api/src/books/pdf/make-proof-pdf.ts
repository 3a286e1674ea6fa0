import { getCampaign } from '../../campaigns/queries.ts'
import { readCampaign, requireCampaignReader } from '../../campaigns/read-campaign.ts'
import type { Context } from '../../shared/context.ts'
import { translate } from '../../shared/messages.ts'
import { getPrintRun } from '../queries.ts'
import { coverNumber } from './cover-number.ts'
import { markTrainingVouchers } from './mark-training-vouchers.ts'
import { drawProof, findMasks } from './printing-threads.ts'
import { readBookFace } from './read-book-face.ts'

const t = translate('fr')

/**
 * The proof of a run: its cover and one sheet, with training codes and no cover's number. The same bytes each time. For those who
 * read its campaign. Throws `forbidden`, `not_found`.
 */
export async function makeProofPdf(ctx: Context, id: string, publicUrl: string): Promise<Uint8Array> {
  requireCampaignReader(ctx.actor)
  const run = await getPrintRun(ctx.db, id)
  await readCampaign(ctx, run.campaignId)
  const campaign = await getCampaign(ctx.db, run.campaignId)
  const face = await readBookFace(ctx, run, campaign, publicUrl)
  const vouchers = (await markTrainingVouchers(ctx.keyring)).slice(0, campaign.bookSize)
  const [mask] = await findMasks([face.address])
  const title = t('paper.proof', { name: campaign.name })
  const book = { cover: coverNumber(campaign.number, 0), vouchers }
  return drawProof({ ...face, title, address: { text: face.address, mask: mask! } }, book)
}
