import type { BookFace, Marked, MarkedBook } from './book-pdf.ts'
import { findMasks, openFile, threadCount } from './printing-threads.ts'

export type BookToPrint = { cover: MarkedBook['cover']; vouchers: readonly { qr: string; typed: string }[] }
/** Without the mask of the address: it is looked for here. */
export type Face = Omit<BookFace, 'address'> & { address: string }

const booksAtOnce = 5

async function mark(books: readonly BookToPrint[]): Promise<MarkedBook[]> {
  const masks = await findMasks(books.flatMap(({ vouchers }) => vouchers.map(({ qr }) => qr)))
  let at = 0
  const next = (text: string): Marked => ({ text, mask: masks[at++]! })
  return books.map(({ cover, vouchers }) => ({
    cover,
    vouchers: vouchers.map(({ qr, typed }) => ({ qr: next(qr), typed })),
  }))
}

/**
 * The file of a run, piece by piece. Masks are looked for ahead in all threads while one draws; who takes no more pieces stops
 * the work. `tell` hears how many books are drawn.
 */
export async function* printBooks(
  face: Face,
  books: AsyncIterable<BookToPrint>,
  tell: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  const [mask] = await findMasks([face.address])
  const file = await openFile({ ...face, address: { text: face.address, mask: mask! } })
  const ahead: Promise<MarkedBook[]>[] = []
  let done = 0
  const draw = async () => {
    const marked = await ahead.shift()!
    const piece = await file.print(marked)
    done += marked.length
    tell(done)
    return piece
  }
  try {
    for await (const some of inGroups(books)) {
      const marked = mark(some)
      // Whoever gives up leaves some unread: their failure is nobody's then.
      marked.catch(() => {})
      ahead.push(marked)
      if (ahead.length > threadCount) yield await draw()
    }
    while (ahead.length > 0) yield await draw()
    yield await file.end()
  } finally {
    file.forget()
  }
}

async function* inGroups(books: AsyncIterable<BookToPrint>): AsyncGenerator<BookToPrint[]> {
  let group: BookToPrint[] = []
  for await (const book of books) {
    group.push(book)
    if (group.length < booksAtOnce) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
