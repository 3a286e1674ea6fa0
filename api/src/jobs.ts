import { setTimeout as wait } from 'node:timers/promises'
import { Cron } from 'croner'
import { forgetOldSessions } from './accounts/forget-old-sessions.ts'
import { mailAuditHead } from './accounts/mail-audit-head.ts'
import { destroyLateRunKeys } from './books/confirm-receipt.ts'
import { endCampaigns } from './campaigns/end-campaigns.ts'
import { forgetOldContests } from './contests/forget-old-contests.ts'
import { forgetOldCounts } from './devices/forget-old-counts.ts'
import { warnOfSilentPhones } from './devices/warn-of-silent-phones.ts'
import { settleEndings } from './endings/settle-endings.ts'
import { takeEndingSteps } from './endings/take-ending-steps.ts'
import { deliverMails, forgetOldMails, type MailParts } from './mail/deliver-mails.ts'
import { checkMoney } from './payouts/check-money.ts'
import { expireUnearned } from './payouts/expire-unearned.ts'
import { warnOfPayment } from './payouts/warn-of-payment.ts'
import { decideDueFolds } from './periods/decide-folds.ts'
import { type Guard, whenFree } from './periods/guard.ts'
import { prepareNextPeriod, rollPeriod } from './periods/open-period.ts'
import { isPreparingTime } from './periods/period.ts'
import { runDueSteps } from './sealing/run-due-steps.ts'
import type { Context } from './shared/context.ts'
import { freezeDueReleases } from './statistics/freeze-release.ts'
import { warnOfBalance } from './treasury/warn-of-balance.ts'
import { forgetOldApplications } from './venues/forget-old-applications.ts'

/** A use case with the operator as actor. Repeating it does nothing more, so a run that was missed is made up by the next. */
export type Job = {
  name: string
  /** Second, minute, hour, day, month, weekday, in Paris. */
  pattern: string
  /** Two processes do not run it at once. Without one, the use case sees to that itself. */
  guard?: Guard
  run: (ctx: Context, report: Report) => Promise<unknown>
}
/** Told of what failed: for the log. The job goes on at its next time. */
export type Report = (job: string, error: unknown) => void

const patienceMs = 10_000

export const jobs: readonly Job[] = [
  // On its own, so that a sealing that waits for a reader never keeps a month from opening.
  { name: 'open-period', pattern: '1 0 * * * *', run: openWhatIsDue },
  // Before sealing, which forgets what a release must know of each venue.
  { name: 'release', pattern: '0 5 2 * * *', guard: 'releaseJob', run: freezeDueReleases },
  { name: 'check-money', pattern: '0 40 * * * *', guard: 'moneyJob', run: checkMoney },
  {
    name: 'month',
    pattern: '0 15 2 * * *',
    guard: 'monthJob',
    run: (ctx, report) => runDueSteps(ctx, { onFailure: (step, error) => report(`month: ${step}`, error) }),
  },
  { name: 'end-campaigns', pattern: '0 10 * * * *', guard: 'campaignsJob', run: endCampaigns },
  { name: 'expire-unearned', pattern: '0 20 * * * *', guard: 'campaignsJob', run: expireUnearned },
  { name: 'ending-steps', pattern: '0 25 * * * *', guard: 'campaignsJob', run: takeEndingSteps },
  { name: 'low-balances', pattern: '0 15 8 * * *', guard: 'campaignsJob', run: warnOfBalance },
  { name: 'settle-endings', pattern: '0 30 * * * *', guard: 'campaignsJob', run: settleEndings },
  {
    name: 'destroy-run-keys',
    pattern: '0 20 3 * * *',
    guard: 'cleaningJob',
    run: destroyLateRunKeys,
  },
  { name: 'mail-audit-head', pattern: '0 40 8 * * *', run: mailAuditHead },
  { name: 'forget-sessions', pattern: '0 25 3 * * *', guard: 'cleaningJob', run: forgetOldSessions },
  { name: 'forget-applications', pattern: '0 40 3 * * *', guard: 'cleaningJob', run: forgetOldApplications },
  { name: 'silent-phones', pattern: '0 40 7 * * *', guard: 'cleaningJob', run: warnOfSilentPhones },
  { name: 'payment-warnings', pattern: '0 50 7 * * *', guard: 'cleaningJob', run: warnOfPayment },
  { name: 'forget-contests', pattern: '0 45 3 * * *', guard: 'cleaningJob', run: forgetOldContests },
  { name: 'forget-counts', pattern: '0 30 3 * * *', guard: 'cleaningJob', run: forgetOldCounts },
]

/** What needs the way out that this process was given. Each mail is claimed by itself, so deliveries need no guard. */
export const mailJobs = (parts: MailParts): readonly Job[] => [
  { name: 'mails', pattern: '*/30 * * * * *', run: (ctx) => deliverMails(ctx, parts) },
  { name: 'forget-mails', pattern: '0 35 3 * * *', guard: 'cleaningJob', run: forgetOldMails },
]

async function openWhatIsDue(ctx: Context): Promise<void> {
  await rollPeriod(ctx)
  await decideDueFolds(ctx)
  if (isPreparingTime(ctx.today())) await prepareNextPeriod(ctx)
}

/** Runs a job now, unless another process is at it. Never throws. */
export async function runJob(ctx: Context, job: Job, report: Report): Promise<void> {
  try {
    if (job.guard) await whenFree(ctx, job.guard, () => job.run(ctx, report))
    else await job.run(ctx, report)
  } catch (error) {
    report(job.name, error)
  }
}

/**
 * Runs every job once, for a server that is off at night, and then on schedule. `stop` starts nothing more and waits ten
 * seconds: what is cut off goes on at the next start.
 */
export function startJobs(ctx: Context, report: Report, more: readonly Job[] = []): { stop: () => Promise<void> } {
  const underWay = new Set<Promise<void>>()
  let isStopping = false
  const track = (run: Promise<void>) => {
    underWay.add(run)
    return run.finally(() => underWay.delete(run))
  }
  const all = [...jobs, ...more]
  const catchUp = async () => {
    for (const job of all) if (!isStopping) await runJob(ctx, job, report)
  }
  void track(catchUp())
  const crons = all.map(
    (job) =>
      new Cron(job.pattern, { timezone: 'Europe/Paris', protect: true, unref: true }, () =>
        track(runJob(ctx, job, report)),
      ),
  )
  return {
    async stop() {
      isStopping = true
      for (const cron of crons) cron.stop()
      await Promise.race([Promise.all(underWay), wait(patienceMs, undefined, { ref: false })])
    },
  }
}
