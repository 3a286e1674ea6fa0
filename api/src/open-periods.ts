import { StartError } from '@carnet/db/start-error'
import { type Job, type Report, startJobs } from './jobs.ts'
import { watchGeneration } from './periods/generation.ts'
import { ensureOpenPeriod } from './periods/open-period.ts'
import { reconcileKeyring } from './sealing/reconcile-keyring.ts'
import type { Context } from './shared/context.ts'
import { AppError } from './shared/errors.ts'

/**
 * Before anything else uses the database: one that is older than its keyring is brought up to it. Returns what whoever starts
 * Carnet should read, or null. `isRestored` says it where nothing shows it. Throws `StartError`.
 */
export async function reconcileAtStart(
  operator: Context,
  options: { isRestored?: boolean } = {},
): Promise<string | null> {
  try {
    const { isRestored, freshPeriod, forgotten, unpaidOrganisations } = await reconcileKeyring(operator, {
      ...options,
      retryEveryMs: 1_000,
    })
    if (!isRestored) return null
    return [
      'This database is older than its keyring: a backup was restored. Spent vouchers stay spent, and phones send again.',
      freshPeriod === null ? 'Scans go on in the restored period.' : `Period ${freshPeriod} was opened.`,
      ...(forgotten.length > 0 ? [`It did not know the periods ${forgotten.join(', ')}.`] : []),
      ...(unpaidOrganisations.length > 0 ? [`Statements to write by hand: ${unpaidOrganisations.join(', ')}.`] : []),
    ].join('\n')
  } catch (error) {
    throw error instanceof AppError ? new StartError(error.message) : error
  }
}

/** Opens the first period when there is none, follows the generation and starts the jobs, `moreJobs` too. `operator` is the operator's context. */
export async function openPeriods(operator: Context, report: Report, moreJobs: readonly Job[] = []) {
  await ensureOpenPeriod(operator)
  const generation = await watchGeneration(operator)
  const jobs = startJobs(operator, report, moreJobs)
  return {
    generation: generation.current,
    async close() {
      generation.stop()
      await jobs.stop()
    },
  }
}
