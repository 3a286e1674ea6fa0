import { translate } from '../../shared/messages.ts'
import { type Doc, write } from './paper.ts'

const t = translate('fr')

/** A pale word across the paper, drawn first: what stands above it stays readable, a QR code too. */
export function drawSpecimen(doc: Doc, { x, y, size }: { x: number; y: number; size: number }): void {
  doc.save().translate(x, y).rotate(-24)
  write(doc, t('paper.specimen'), { x: 0, y: 0, size, font: 'bold', colour: '#c9c9c9', align: 'centre' })
  doc.restore()
}
