import { stringify } from 'csv-stringify/sync'
import type { Context } from '../shared/context.ts'
import { type AuditLine, findAuditHead, listAuditLines } from './audit-queries.ts'

export type AuditFormat = 'csv' | 'jsonl'

const linesAtOnce = 500
const heads = ['seq', 'at', 'actor', 'personId', 'action', 'details', 'hash', 'text']

/**
 * Lines of the log in their order, each with its hash and the very text that the hash is of: whoever reads the file can
 * compute the chain again without us (docs/audit-log.md). It ends at the line that was newest when it began.
 */
export async function* exportAudit(
  { db }: Pick<Context, 'db'>,
  { format, fromSeq }: { format: AuditFormat; fromSeq: number },
): AsyncGenerator<string> {
  const untilSeq = (await findAuditHead(db))?.seq ?? 0
  if (format === 'csv') yield `\ufeff${stringify([heads], { delimiter: ';' })}`
  let afterSeq = fromSeq - 1
  while (afterSeq < untilSeq) {
    const lines = await listAuditLines(db, { afterSeq, untilSeq, limit: linesAtOnce })
    if (lines.length === 0) return
    yield format === 'csv' ? stringify(lines.map(csvRow), { delimiter: ';' }) : lines.map(jsonLine).join('')
    afterSeq = lines.at(-1)!.seq
  }
}

const jsonLine = ({ seq, hash, canonicalText }: AuditLine) => `${JSON.stringify({ seq, hash, text: canonicalText })}\n`

/** No cell begins like a formula: they are numbers, names of ours, and JSON. */
function csvRow({ seq, hash, canonicalText }: AuditLine): (string | number)[] {
  const { at, actor, personId, action, details } = JSON.parse(canonicalText) as Record<string, string>
  return [seq, at!, actor!, personId ?? '', action!, JSON.stringify(details), hash, canonicalText]
}
