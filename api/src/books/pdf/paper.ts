/** Sheets of paper measured in millimetres from the top left corner. The same drawing gives the same bytes. */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

export const ink = '#000000'
export const softInk = '#444444'
export const accent = '#083f49'
export const wash = '#e3f0f1'
export const sun = '#f2b84b'

/** Atkinson Hyperlegible, SIL Open Font License 1.1: it may be embedded in documents. */
const fontFiles = {
  plain: '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff',
  bold: '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-700-normal.woff',
  code: '@fontsource/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin-600-normal.woff',
} as const
export type FontName = keyof typeof fontFiles
/** Points to millimetres. */
const pt = 25.4 / 72
const { resolve } = createRequire(import.meta.url)
/** Where the letters lie, for every document that is written here. */
export const fontPaths: Readonly<Record<FontName, string>> = {
  plain: resolve(fontFiles.plain),
  bold: resolve(fontFiles.bold),
  code: resolve(fontFiles.code),
}

export type Doc = PDFKit.PDFDocument
export type Paper = {
  doc: Doc
  newSheet: (layout: 'portrait' | 'landscape') => void
  /** Draws something once, to be placed many times: a tenth of the bytes and of the time. */
  stamp: (width: number, height: number, draw: () => void) => Stamp
  place: (stamp: Stamp, x: number, y: number) => void
  /** What was written since the last call. */
  take: () => Promise<Buffer>
  /** The rest. */
  end: () => Promise<Buffer>
}
type Stamp = { name: string; ref: PDFKit.PDFKitReference }

/**
 * A file of A4 sheets. `made` is the day in its properties: the clock would make other bytes each time. It stays small in memory
 * whatever the number of sheets: neither the words that were set are kept, each code being another, nor what was on a sheet.
 */
export function openPaper({ title, made }: { title: string; made: string }): Paper {
  const when = new Date(`${made}T00:00:00Z`)
  const info = { Title: title, Producer: 'Carnet', Creator: 'Carnet', CreationDate: when, ModDate: when }
  const looks = { margin: 0, size: 'A4', pdfVersion: '1.7', lang: 'fr-FR' } as const
  const doc = new PDFDocument({ ...looks, info, autoFirstPage: false, fontLayoutCache: false })
  for (const [name, path] of Object.entries(fontPaths)) doc.registerFont(name, path)
  const written: Buffer[] = []
  doc.on('data', (piece: Buffer) => written.push(piece))
  const takeAll = () => Buffer.concat(written.splice(0))
  let stamps = 0

  return {
    doc,
    newSheet(layout) {
      const drawn = doc.page as PDFKit.PDFPage | null
      doc.addPage({ size: 'A4', layout, margin: 0 })
      if (drawn) forget(drawn)
      doc.scale(1 / pt)
    },
    stamp(width, height, draw) {
      const { drawn, pictures } = recorded(doc, draw)
      const Resources = { Font: doc.page.fonts, ...(Object.keys(pictures).length > 0 && { XObject: pictures }) }
      const ref = doc.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, width, height], Resources })
      ref.end(drawn)
      return { name: `S${++stamps}`, ref }
    },
    place({ name, ref }, x, y) {
      doc.page.xobjects[name] = ref
      doc.addContent(`q 1 0 0 1 ${x} ${y} cm /${name} Do Q`)
    },
    async take() {
      await new Promise((flushed) => setImmediate(flushed))
      return takeAll()
    },
    async end() {
      doc.end()
      await once(doc, 'end')
      return takeAll()
    },
  }
}

/** Of a page that is written the file needs the number alone, for its list of pages; pdfkit would keep the rest. */
function forget(page: PDFKit.PDFPage): void {
  const { dictionary } = page as unknown as { dictionary: { data: object } }
  dictionary.data = {}
}

type Resources = { data: { XObject?: Record<string, unknown> } }

/** The drawing instructions that would have gone onto the page, and the pictures they need. */
function recorded(doc: Doc, draw: () => void): { drawn: string; pictures: Record<string, unknown> } {
  const page = doc.page
  const write = page.write
  const { data } = (page as unknown as { resources: Resources }).resources
  const ofPage = data.XObject
  const lines: string[] = []
  page.write = (line) => void lines.push(String(line))
  data.XObject = {}
  try {
    draw()
    return { drawn: lines.join('\n'), pictures: data.XObject }
  } finally {
    page.write = write
    if (ofPage) data.XObject = ofPage
    else delete data.XObject
  }
}

/** What pdfkit holds of a picture it has read; its types leave it out. */
type Picture = { width: number; height: number }
type ReadsPictures = { openImage: (file: Buffer) => Picture }
const pictures = new WeakMap<Doc, Map<Uint8Array, Picture>>()

/** A PNG as large as its box allows, in the middle of it. It is in the file once, wherever it is drawn. */
export function drawPicture(doc: Doc, png: Uint8Array, box: Record<'x' | 'y' | 'width' | 'height', number>): void {
  const known = pictures.get(doc) ?? new Map<Uint8Array, Picture>()
  pictures.set(doc, known)
  const picture = known.get(png) ?? (doc as unknown as ReadsPictures).openImage(Buffer.from(png))
  known.set(png, picture)
  const scale = Math.min(box.width / picture.width, box.height / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  doc.image(picture as unknown as Buffer, box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, {
    width,
    height,
  })
}

export type Writing = {
  x: number
  y: number
  size: number
  font?: FontName
  colour?: string
  align?: 'left' | 'centre' | 'right'
}

/** Outside the embedded letters: without its accent where that helps. The narrow space is made by hand. */
const printable = (text: string) =>
  text.replace(/[^ -ÿŒœ€‘-„–—…\u202f]/g, (letter) => letter.normalize('NFD').replace(/[^ -ÿ]/g, '') || '?')
const narrowSpace = 0.14
const widthOfParts = (doc: Doc, parts: readonly string[], height: number) =>
  parts.reduce((sum, part) => sum + doc.widthOfString(part), 0) + (parts.length - 1) * narrowSpace * height

/** One line; `y` is where its letters stand, `size` in points. */
export function write(
  doc: Doc,
  text: string,
  { x, y, size, font = 'plain', colour = ink, align = 'left' }: Writing,
): void {
  const parts = printable(text).split('\u202f')
  doc
    .font(font)
    .fontSize(size * pt)
    .fillColor(colour)
  const width = align === 'left' ? 0 : widthOfParts(doc, parts, size * pt)
  let left = align === 'left' ? x : x - width / (align === 'centre' ? 2 : 1)
  for (const [at, part] of parts.entries()) {
    if (at > 0) left += doc.widthOfString(parts[at - 1]!) + narrowSpace * size * pt
    doc.text(part, left, y, { lineBreak: false, baseline: 'alphabetic' })
  }
}

export const widthOf = (doc: Doc, text: string, size: number, font: FontName = 'plain'): number =>
  widthOfParts(doc.font(font).fontSize(size * pt), printable(text).split('\u202f'), size * pt)

/** Lines no wider than asked for; a single word may be. `|` ends a line as well. */
export function linesOf(doc: Doc, text: string, width: number, size: number, font: FontName = 'plain'): string[] {
  return text.split('|').flatMap((part) => {
    const lines: string[] = []
    for (const word of part.split(' ')) {
      const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
      if (lines.length > 0 && widthOf(doc, longer, size, font) <= width) lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  })
}

/** The largest of these sizes, in points, at which a text stands within a box in millimetres; the last one if none does. */
export function fitted(
  doc: Doc,
  text: string,
  box: { width: number; height: number; sizes: readonly number[]; leading: number; font: FontName },
): { size: number; lines: string[] } {
  const { width, height, sizes, leading, font } = box
  const tries = sizes.map((size) => ({ size, lines: linesOf(doc, text, width, size, font) }))
  const fits = tries.find(
    ({ size, lines }) =>
      lines.length * size * pt * leading <= height && lines.every((line) => widthOf(doc, line, size, font) <= width),
  )
  return fits ?? tries.at(-1)!
}

/** Several lines, `leading` times their size apart. Returns where the last one stands. */
export function writeLines(doc: Doc, lines: readonly string[], at: Writing, leading = 1.2): number {
  for (const [index, line] of lines.entries()) write(doc, line, { ...at, y: at.y + index * at.size * pt * leading })
  return at.y + (lines.length - 1) * at.size * pt * leading
}
