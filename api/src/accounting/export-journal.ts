import { stringify } from 'csv-stringify/sync'
import { type Context, requireRole } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { harmless } from '../shared/harmless-cell.ts'
import { getHolder } from './holder-queries.ts'
import { journalFields, journalFileName, linesOfEntry } from './journal.ts'
import { listEntries } from './journal-queries.ts'

type Asked = { payingAccountId: string; until?: Day | undefined; format: 'txt' | 'csv' }

/**
 * The journal of a paying account from the first of January until a day that is over, so that numbers never change; yesterday
 * when no day is asked for. Throws `forbidden`, `not_found` `account_holder_not_found`, `invalid` `journal_day_not_over`.
 */
export async function exportJournal(
  ctx: Context,
  { payingAccountId, format, until = addDays(ctx.today(), -1) }: Asked,
): Promise<{ name: string; pieces: AsyncGenerator<string> }> {
  requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor')
  if (until >= ctx.today()) throw new AppError('invalid', 'journal_day_not_over', 'That day is not over')
  const { siret } = await getHolder(ctx.db, payingAccountId)
  const span = { payingAccountId, from: `${until.slice(0, 4)}-01-01`, until }
  return { name: journalFileName(siret, until, format), pieces: writeJournal(ctx, span, format) }
}

async function* writeJournal(
  ctx: Context,
  span: Parameters<typeof listEntries>[1],
  format: 'txt' | 'csv',
): AsyncGenerator<string> {
  const write = (lines: readonly (readonly string[])[]) =>
    format === 'txt'
      ? lines.map((line) => `${line.join('\t')}\r\n`).join('')
      : stringify(
          lines.map((line) => line.map(harmless)),
          { delimiter: ';', record_delimiter: '\r\n' },
        )
  yield write([journalFields])
  const last = { BQ: 0, OD: 0 }
  for await (const entry of listEntries(ctx.db, span)) yield write(linesOfEntry(entry, last))
}
