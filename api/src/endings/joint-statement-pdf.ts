import { amount, party } from '../accounting/paper.ts'
import { ink, makePaper, printable, soft } from '../books/pdf/a4.ts'
import type { Day } from '../shared/days.ts'
import type { Formats } from '../shared/formats.ts'
import type { Translate } from '../shared/messages.ts'
import { type JointStatement, readStatement } from './joint-statement.ts'
import { linesOf } from './statement-lines.ts'

type Parts = {
  t: Translate
  formats: Formats
  statement: JointStatement
  names: { coordination: string | null; funder: string | null }
}

/** The joint statement on A4, with its hash and who signed it. */
export async function makeJointStatementPdf({ t, formats, statement, names }: Parts): Promise<Uint8Array> {
  const content = readStatement(statement)
  const { campaign } = content
  const title = t('joint.title', { campaign: campaign.name, number: content.number })
  return makePaper(title, statement.madeOn, (doc) => {
    party(doc, content.operator, [t('joint.with', { funder: content.funder })])
    doc.font('bold').fontSize(18).fillColor(ink).text(printable(title))
    doc.font('text').fontSize(10).fillColor(soft)
    const dates = { from: formats.day(campaign.startsOn), until: formats.day(campaign.endsOn) }
    doc.text(printable(t('joint.dates', { ...dates, uses: formats.day(campaign.usesUntil) })))
    doc.text(printable(t('joint.made', { day: formats.day(content.madeOn) })))
    doc.moveDown(1.5)
    for (const { label, value, isBold } of linesOf(content, { t, formats })) amount(doc, label, value, { isBold })
    doc.moveDown(1).font('text').fontSize(9).fillColor(soft)
    doc.text(printable(t('joint.hash', { hash: statement.sha256 })))
    doc.moveDown(1)
    const signed = (name: string | null, on: Day | null, side: 'coordination' | 'funder') =>
      doc
        .fontSize(10)
        .text(
          printable(
            name === null || on === null
              ? t(`joint.unsigned.${side}`)
              : t(`joint.signed.${side}`, { name, day: formats.day(on) }),
          ),
        )
    signed(names.coordination, statement.coordinatorSignedOn, 'coordination')
    signed(names.funder, statement.funderSignedOn, 'funder')
  })
}
