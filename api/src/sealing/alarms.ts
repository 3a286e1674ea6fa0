import type { Keyring } from '../keyring/keyring.ts'
import { KeyringError } from '../keyring/keyring-error.ts'
import { countDeadMails } from '../mail/queries.ts'
import { listRuns } from '../payouts/check-queries.ts'
import { isLive, isMonthOver, sealingAlarmOf } from '../periods/period.ts'
import { findOpenPeriod, listPeriods } from '../periods/queries.ts'
import type { Context } from '../shared/context.ts'

export type PeriodAlarm = {
  code:
    | 'no_open_period'
    | 'period_key_lost'
    | 'sealing_waits'
    | 'sealing_urgent'
    | 'sealing_late'
    | 'opening_late'
    | 'mails_given_up'
    | 'keyring_away'
    | 'money_broken'
    | 'money_unchecked'
  periodId: number | null
}

/** The alarms as they were a moment ago: whoever asks often does not read the keyring as often. */
export function createAlarmWatch(ctx: Context, freshForMs = 10_000): () => Promise<PeriodAlarm[]> {
  let readAt = Number.NEGATIVE_INFINITY
  let alarms: Promise<PeriodAlarm[]> | undefined
  return () => {
    const now = ctx.now().getTime()
    if (!alarms || now - readAt > freshForMs || now < readAt) {
      readAt = now
      alarms = listPeriodAlarms(ctx)
      alarms.catch(() => (alarms = undefined))
    }
    return alarms
  }
}

/** The hourly check of the money was missed twice. */
const staleCheckMs = 3 * 3_600_000

/** What keeps scans waiting or a promise unkept, for /readyz and the coordinator's page. Reads the keyring again. */
export async function listPeriodAlarms(ctx: Context): Promise<PeriodAlarm[]> {
  const { keyring } = ctx
  const isKeyringAway = !canReread(keyring)
  const { periods, open, deadMails, lastCheck } = await ctx.transaction(
    async (tx) => ({
      periods: await listPeriods(tx),
      open: await findOpenPeriod(tx),
      deadMails: await countDeadMails(tx),
      lastCheck: (await listRuns(tx, 1))[0],
    }),
    'carnet_jobs',
  )
  const today = ctx.today()
  const unsealed = periods.filter(({ state }) => state !== 'sealed')
  const told = (code: PeriodAlarm['code'], { id }: { id: number }): PeriodAlarm => ({ code, periodId: id })
  return [
    ...(isKeyringAway ? [{ code: 'keyring_away', periodId: null } as const] : []),
    ...(open ? [] : [{ code: 'no_open_period', periodId: null } as const]),
    ...unsealed
      .filter((period) => isLive(period) && !keyring.hasPeriodKey(period.id))
      .map((period) => told('period_key_lost', period)),
    ...unsealed.flatMap((period) => {
      const code = sealingAlarmOf(period.month, today)
      return code ? [told(code, period)] : []
    }),
    ...(open && isMonthOver(open, today) ? [told('opening_late', open)] : []),
    ...(lastCheck && lastCheck.brokenChecks.length > 0 ? [{ code: 'money_broken', periodId: null } as const] : []),
    ...(lastCheck && ctx.now().getTime() - lastCheck.ranAt.getTime() > staleCheckMs
      ? [{ code: 'money_unchecked', periodId: null } as const]
      : []),
    ...(deadMails > 0 ? [{ code: 'mails_given_up', periodId: null } as const] : []),
  ]
}

/** False when neither copy can be read: the other alarms are then told from what memory holds. */
function canReread(keyring: Keyring): boolean {
  try {
    keyring.reread()
    return true
  } catch (error) {
    if (error instanceof KeyringError) return false
    throw error
  }
}
