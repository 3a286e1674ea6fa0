import type { Transaction } from '@carnet/db'
import { answersKeptUntil } from '../periods/period.ts'
import type { Context } from '../shared/context.ts'
import { createAnswerHeap, deleteAnswersBefore, gatherAnswers, insertGatheredAnswers, readReceipts } from './queries.ts'

/**
 * Each receipt of the period leaves its first answer under HMAC(answer key, scan id), so that a late replay is told the same.
 * Repeating it adds nothing.
 */
export async function keepAnswers(tx: Transaction, { keyring, today }: Context, periodId: number): Promise<void> {
  await createAnswerHeap(tx)
  for await (const receipts of readReceipts(tx, periodId))
    await gatherAnswers(
      tx,
      receipts.map(({ scanId, ...answer }) => ({ answerMac: keyring.answerMac(scanId), ...answer })),
    )
  await insertGatheredAnswers(tx, answersKeptUntil(today()))
}

/** Deletes the answers whose time is over. */
export async function expireAnswers(ctx: Context): Promise<void> {
  await ctx.transaction((tx) => deleteAnswersBefore(tx, ctx.today()), 'carnet_jobs')
}
