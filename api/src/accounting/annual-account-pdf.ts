import { type Doc, makePaper, printable, soft } from '../books/pdf/a4.ts'
import type { Formats } from '../shared/formats.ts'
import type { Translate } from '../shared/messages.ts'
import { type AnnualSums, annualLines, signs } from './annual-account.ts'
import { amount, note, party } from './paper.ts'
import type { AnnualAccount } from './read-annual-account.ts'

type Parts = { t: Translate; formats: Formats; account: AnnualAccount }

/** A funder's account of a year on A4: each campaign, then all of them. A year that is over gives the same bytes for ever. */
export async function makeAnnualAccountPdf({ t, formats, account }: Parts): Promise<Uint8Array> {
  const { funder, year, from, until, campaigns, whole } = account
  const title = t('annual.title', { year })
  return makePaper(title, until, (doc) => {
    doc.font('bold').fontSize(20).text(printable(title))
    doc.font('text').fontSize(10).fillColor(soft)
    doc.text(printable(t('annual.span', { from: formats.day(from), until: formats.day(until) }))).moveDown(1)
    party(doc, funder.name, funder.siret ? [`${t('invoice.siret')} ${funder.siret}`] : [])
    for (const campaign of campaigns) table(doc, campaign.campaign, campaign, { t, formats })
    if (campaigns.length !== 1) table(doc, t('annual.whole'), whole, { t, formats })
    note(doc, t('annual.says'))
  })
}

function table(doc: Doc, name: string, sums: AnnualSums, { t, formats }: Omit<Parts, 'account'>): void {
  if (doc.y > 480) doc.addPage()
  doc.font('bold').fontSize(13).text(printable(name)).moveDown(0.3)
  for (const line of annualLines.filter((one) => isTold(one, sums)))
    amount(doc, t(`annual.${line}`), `${signs[line] === -1 ? '−' : ''}${formats.euros(sums[line])}`, {
      isBold: line === 'openingCents' || line === 'closingCents',
    })
  doc.moveDown(1.5)
}

/** Both balances always; a line of nothing only where it says that there is nothing. */
export const isTold = (line: (typeof annualLines)[number], sums: AnnualSums): boolean =>
  sums[line] !== 0 || ['openingCents', 'receivedCents', 'usedCents', 'closingCents', 'feesCents'].includes(line)
