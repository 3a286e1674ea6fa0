import type { RunFace } from '@carnet/db'
import type { Campaign } from '../../campaigns/queries.ts'
import { listLogos } from '../../funders/logo-queries.ts'
import type { Context } from '../../shared/context.ts'
import type { Day } from '../../shared/days.ts'
import type { PrintRun } from '../queries.ts'
import { readFace } from '../run-face.ts'
import type { BookFace } from './book-pdf.ts'
import type { Face } from './print-books.ts'

const longDay = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' })
/** `30 juin 2027`, `1er mai 2027`. */
export const dayInWords = (day: Day) => longDay.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, '1er ')

/**
 * What all paper of a run shows: names, logos and text as they were when it was ordered. Before its codes are made, the last day is
 * that of its campaign today. `publicUrl` is where the covers lead.
 */
export async function readBookFace(ctx: Context, run: PrintRun, campaign: Campaign, publicUrl: string): Promise<Face> {
  const face = run.face ?? (await readFace(ctx.db, campaign.id, null))
  return {
    title: campaign.name,
    made: run.generatedOn ?? run.requestedOn,
    campaignName: campaign.name,
    bookSize: campaign.bookSize,
    faceValueEuros: campaign.faceValueCents / 100,
    until: dayInWords(run.printedLastDay ?? campaign.endsOn),
    ...(await readLogos(ctx, face)),
    text: face.text,
    address: `${publicUrl}/ou`,
  }
}

/** Each picture once: it is drawn on every voucher, and is in the file once. */
export async function readLogos(ctx: Context, face: RunFace): Promise<Pick<BookFace, 'funders' | 'schemeLogo'>> {
  const ids = [face.schemeLogoId, ...face.funders.map(({ logoId }) => logoId)].flatMap((id) => id ?? [])
  const pngs = new Map((await listLogos(ctx.db, ids)).map(({ id, png }) => [id, png]))
  const logoOf = (id: string | null) => (id && pngs.get(id)) || null
  const funders = face.funders.map(({ name, logoId }) => ({ name, logo: logoOf(logoId) }))
  return { funders, schemeLogo: logoOf(face.schemeLogoId) }
}
