/** Small drawings that say the same as the words beside them. Our own, as SVG paths; colour is decoration only. */
import { type Doc, ink, sun, wash } from './paper.ts'

type Stroke = { path: string; fill?: string; width?: number; noLine?: boolean }
type Pictogram = { width: number; line: number; strokes: readonly Stroke[] }

const white = '#ffffff'
const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const rounded = (x: number, y: number, w: number, h: number, r: number) =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${-(w - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${-r}v${-(h - 2 * r)}a${r} ${r} 0 0 1 ${r} ${-r}z`

/** `width` is the side of its own grid; the height is what it needs. */
const pictograms = {
  book: {
    width: 24,
    line: 2,
    strokes: [{ path: 'M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6' }],
  },
  calendar: {
    width: 24,
    line: 1.8,
    strokes: [{ path: `${rounded(3.5, 5, 17, 15.5, 2)}M3.5 10h17M8 3v4M16 3v4M8.5 15l2.3 2.3 4.7-4.6` }],
  },
  talk: {
    width: 24,
    line: 1.8,
    strokes: [
      {
        path: 'M3 5h11a1.500 1.500 0 0 1 1.500 1.500v6a1.500 1.500 0 0 1-1.500 1.500H8l-4 3.500v-3.500H3a1.500 1.500 0 0 1-1.500-1.500v-6a1.500 1.500 0 0 1 1.500-1.500z',
        fill: wash,
      },
      {
        path: 'M18.500 9H21a1.500 1.500 0 0 1 1.500 1.500v6A1.500 1.500 0 0 1 21 18h-.5v3.500l-4-3.500H12a1.500 1.500 0 0 1-1.500-1.500V17',
      },
      { path: 'M5 8.500h7M5 11h4' },
    ],
  },
  place: {
    width: 80,
    line: 2.2,
    strokes: [
      { path: 'M6 68h68' },
      { path: 'M13 68V40l21-14 21 14v28', fill: wash },
      { path: 'M7 44l27-18 27 18' },
      { path: 'M28 68V52h12v16M19 47h5v6h-5zM44 47h5v6h-5z', fill: white },
      { path: 'M58 40s-13-13-13-23a13 13 0 0 1 26 0c0 10-13 23-13 23z', fill: sun },
      { path: circle(58, 17, 4.6), fill: white },
    ],
  },
  give: {
    width: 80,
    line: 2.2,
    strokes: [
      {
        path: 'M24 11.300L73.600 5.200a2.500 2.500 0 0 1 2.800 2.200l3 24.800a2.500 2.500 0 0 1-2.200 2.800L27.600 41.100a2.500 2.500 0 0 1-2.800-2.200l-3-24.800a2.500 2.500 0 0 1 2.200-2.800z',
        fill: white,
      },
      { path: 'M38.300 17.500l9.900-1.200M39.200 24.500l9.900-1.200M40.100 32.300l27.800-3.400' },
      { path: 'M54.900 13.500l11.900-1.500 1.500 11.900-11.900 1.500z', fill: ink },
      { path: 'M59 17l4.600-.6.6 4.600-4.600.6z', fill: white, noLine: true },
      { path: 'M4 46h10v23H4z', fill: white },
      { path: 'M14 48c6-4 9-6 14-6h11c5 0 5 7 0 7h-8', fill: sun },
      {
        path: 'M14 66c8 2 18 3 25 1l22-12c5-3 2-9-3-7l-15 6c-3 1.200-6 1.500-9 1.500h-3c-7 0-9-7.500-17-7.500z',
        fill: sun,
      },
    ],
  },
  together: {
    width: 80,
    line: 2.2,
    strokes: [
      { path: circle(22, 18, 9), fill: white },
      { path: 'M4 67V50c0-11 8-18 18-18s18 7 18 18v17z', fill: wash },
      { path: circle(59, 14, 9), fill: white },
      { path: 'M76 67V46c0-11-7-18-17-18s-17 7-17 18v21z', fill: sun },
      { path: 'M23 67V45h34v22z', fill: white },
      { path: 'M10 68.5h60', width: 3.2 },
      { path: 'M30 52h20M30 58h12' },
    ],
  },
  paperwork: {
    width: 48,
    line: 2,
    strokes: [
      { path: 'M10 4h20l9 9v31H10z', fill: white },
      { path: 'M30 4v9h9', fill: wash },
      { path: 'M16 20h16M16 26h16M16 32h8' },
      { path: 'M25 38l4 4 9-10', width: 3.4 },
    ],
  },
  messages: {
    width: 48,
    line: 2,
    strokes: [{ path: rounded(4, 10, 40, 28, 3), fill: sun }, { path: 'M5 13l19 14 19-14' }],
  },
  phone: {
    width: 48,
    line: 2,
    strokes: [
      { path: rounded(13, 3, 22, 42, 4), fill: white },
      { path: 'M13 9h22v28H13z', fill: wash },
      { path: 'M22 41h4' },
      { path: 'M19 16h4v4h-4zM26 16h4v4h-4zM19 24h4v4h-4zM26 24h4v4h-4z', fill: white },
    ],
  },
  safety: {
    width: 48,
    line: 2,
    strokes: [
      { path: 'M24 3l17 6v13c0 11-7 18-17 23C14 40 7 33 7 22V9z', fill: wash },
      { path: rounded(16, 21, 16, 13, 2), fill: sun },
      { path: 'M19 21v-4a5 5 0 0 1 10 0v4M24 26v3' },
    ],
  },
} satisfies Record<string, Pictogram>
export type PictogramName = keyof typeof pictograms

/** Draws it `width` millimetres wide. */
export function drawPictogram(doc: Doc, name: PictogramName, x: number, y: number, width: number): void {
  const pictogram: Pictogram = pictograms[name]
  doc
    .save()
    .translate(x, y)
    .scale(width / pictogram.width)
    .lineJoin('round')
    .lineCap('round')
  for (const { path, fill, width: line = pictogram.line, noLine } of pictogram.strokes) {
    doc.lineWidth(line).path(path)
    if (fill && noLine) doc.fill(fill)
    else if (fill) doc.fillAndStroke(fill, ink)
    else doc.stroke(ink)
  }
  doc.restore()
}
