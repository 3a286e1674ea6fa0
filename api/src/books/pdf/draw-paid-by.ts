/** Who pays, as a logo with its name below it: who cannot see or know a logo reads the name. Without one the name is larger. */
import { type Doc, drawPicture, fitted, linesOf, softInk, widthOf, writeLines } from './paper.ts'

export type PaidBy = { name: string; logo: Uint8Array | null }
type Box = { x: number; y: number; width: number; height: number }

const points = 25.4 / 72

/** Logos side by side in the upper part, all names below: in as few lines as they need, dots when they need more. */
export function drawLogosAndNames(
  doc: Doc,
  funders: readonly PaidBy[],
  { box, namesHeight, sizes }: { box: Box; namesHeight: number; sizes: readonly number[] },
): void {
  const logos = funders.flatMap(({ logo }) => logo ?? [])
  const gap = Math.min(3, box.width * 0.06)
  const width = (box.width - gap * (logos.length - 1)) / logos.length
  for (const [at, png] of logos.entries())
    drawPicture(doc, png, { x: box.x + at * (width + gap), y: box.y, width, height: box.height - namesHeight })

  const names = funders.map(({ name }) => name).join(', ')
  const leading = 1.12
  const { size } = fitted(doc, names, { width: box.width, height: namesHeight, sizes, leading, font: 'bold' })
  const most = Math.max(1, Math.floor(namesHeight / (size * points * leading)))
  const lines = cutOff(doc, linesOf(doc, names, box.width, size, 'bold'), { most, width: box.width, size })
  const y = box.y + box.height - (lines.length - 1) * size * points * leading - size * 0.08
  writeLines(doc, lines, { x: box.x + box.width / 2, y, size, font: 'bold', colour: softInk, align: 'centre' }, leading)
}

type Limit = { most: number; width: number; size: number }

function cutOff(doc: Doc, lines: readonly string[], { most, width, size }: Limit): readonly string[] {
  if (lines.length <= most && lines.every((line) => widthOf(doc, line, size, 'bold') <= width)) return lines
  return lines.slice(0, most).map((line, at) => {
    let kept = line
    const isCut = at === most - 1 && lines.length > most
    const dotted = () => (kept === line && !isCut ? line : `${kept.replace(/[ ,]+$/, '')}…`)
    while (kept.length > 1 && widthOf(doc, dotted(), size, 'bold') > width) kept = kept.slice(0, -1)
    return dotted()
  })
}
