import { execFileSync } from 'node:child_process'
import { readXlsx } from '@carnet/api/catalogue/xlsx-table.ts'
import { workbookType } from '@carnet/api/shared/workbook.ts'
import { hasTool } from './paper-pictures.ts'

let hasPoppler: boolean | undefined

/** What somebody can read in an answer, a paper or a workbook too. */
export async function textOfReply(reply: Response): Promise<string> {
  const type = reply.headers.get('content-type') ?? ''
  if (type.startsWith('application/pdf')) return paperText(Buffer.from(await reply.arrayBuffer()))
  if (type.startsWith(workbookType)) {
    const rows = readXlsx(new Uint8Array(await reply.arrayBuffer()), { mostRows: 100_000 })
    return rows.map(({ cells }) => cells.join('\t')).join('\n')
  }
  return reply.text()
}

function paperText(pdf: Buffer): string {
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) return pdf.toString('latin1')
  hasPoppler ??= hasTool('pdftoppm')
  if (!hasPoppler) return ''
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
}
