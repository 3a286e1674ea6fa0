import { type Campaign, getCampaign, readLists } from '../../campaigns/queries.ts'
import { readCampaign } from '../../campaigns/read-campaign.ts'
import { type Context, requireRole } from '../../shared/context.ts'
import { translate } from '../../shared/messages.ts'
import type { FoundVenue } from '../../venues/find-venues.ts'
import { findNearVenues } from '../find-near-venues.ts'
import { readFace } from '../run-face.ts'
import { drawLetter, type LetterVenue, mostVenues } from './draw-letter.ts'
import { findSymbol } from './find-symbol.ts'
import { openPaper } from './paper.ts'
import { dayInWords, readLogos } from './read-book-face.ts'

const t = translate('fr')

/**
 * One sheet for everybody who gets a book at one place: where its vouchers can be used near there. Nothing in it is about who holds
 * it. For those who read the campaign, and for a prescriber that has books of it. Throws `forbidden`, `not_found`, `invalid`
 * `place_unknown`.
 */
export async function makeLetterPdf(
  ctx: Context,
  { campaignId, place, publicUrl }: { campaignId: string; place: string; publicUrl: string },
): Promise<Uint8Array> {
  const campaign = await readOwnCampaign(ctx, campaignId)
  const near = await findNearVenues(ctx, place, await readLists(ctx.db, campaign), mostVenues)
  const { funders, schemeLogo } = await readLogos(ctx, await readFace(ctx.db, campaignId, null))
  const address = `${publicUrl}/ou`
  const face = { place: near.place, venues: near.venues.map(lineOf), until: dayInWords(campaign.endsOn) }
  const paper = openPaper({ title: t('letter.name', { place: near.place }), made: ctx.today() })
  paper.newSheet('portrait')
  drawLetter(paper.doc, { ...face, funders, schemeLogo, address }, await findSymbol(address))
  return paper.end()
}

async function readOwnCampaign(ctx: Context, id: string): Promise<Campaign> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor', 'funder', 'prescriber')
  return person.role === 'prescriber' ? getCampaign(ctx.db, id) : readCampaign(ctx, id)
}

const lineOf = ({ name, address, postalCode, commune, telephone, kilometres }: FoundVenue): LetterVenue => ({
  ...{ name, telephone: readable(telephone), kilometres },
  address: `${address}, ${postalCode} ${commune}`,
})

/** `+33545000000` as people dial it: `05 45 00 00 00`. */
const readable = (telephone: string): string => {
  const digits = telephone.replace(/^(\+33|0033)/, '0').replace(/\D/g, '')
  return digits.length === 10 ? digits.replace(/(\d\d)(?=\d)/g, '$1 ') : telephone
}
