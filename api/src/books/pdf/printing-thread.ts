/** What one thread does for the printing of books: it looks for masks, and it draws the files that were opened in it. */
import { parentPort } from 'node:worker_threads'
import { type BookFace, type MarkedBook, openBookPdf, proofPdf } from './book-pdf.ts'
import { findSymbol } from './find-symbol.ts'
import type { Mask } from './qr-symbol.ts'

export type Work =
  | { kind: 'find masks'; texts: readonly string[] }
  | { kind: 'prove'; face: BookFace; book: MarkedBook }
  | { kind: 'open'; file: string; face: BookFace }
  | { kind: 'print'; file: string; books: readonly MarkedBook[] }
  | { kind: 'end'; file: string }
  | { kind: 'forget'; file: string }
export type Done = Mask[] | Uint8Array | undefined
export type Asked = { id: number; work: Work }
export type Answered = { id: number; done: Done } | { id: number; error: string }

const files = new Map<string, ReturnType<typeof openBookPdf>>()

async function work(asked: Work): Promise<Done> {
  switch (asked.kind) {
    case 'find masks': {
      const found: Mask[] = []
      for (const text of asked.texts) found.push((await findSymbol(text)).mask)
      return found
    }
    case 'prove':
      return proofPdf(asked.face, asked.book)
    case 'open':
      files.set(asked.file, openBookPdf(asked.face))
      return undefined
    case 'print':
      return files.get(asked.file)!.print(asked.books)
    case 'end':
      return files.get(asked.file)!.end()
    case 'forget':
      files.delete(asked.file)
      return undefined
  }
}

parentPort!.on('message', ({ id, work: asked }: Asked) => {
  work(asked).then(
    (done) => parentPort!.postMessage({ id, done } satisfies Answered),
    (error: unknown) => parentPort!.postMessage({ id, error: String(error) } satisfies Answered),
  )
})
