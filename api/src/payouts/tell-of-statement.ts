import type { Transaction } from '@carnet/db'
import { payoutDayOf } from '../calendar/calendar.ts'
import { listManagers } from '../devices/former-device-queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { getPeriod } from '../periods/queries.ts'
import type { Context } from '../shared/context.ts'
import { formatsOf } from '../shared/formats.ts'
import type { Cents } from '../shared/money.ts'
import type { StatementKey } from './statement.ts'

export type WrittenStatement = { number: number; voucherCount: number; totalCents: Cents; nettedCents: Cents }

/** The managers of the organisation read that their statement is there, what it comes to and when that is paid. */
export async function tellOfStatement(
  tx: Transaction,
  ctx: Context,
  { periodId, organisationId }: StatementKey,
  { number, voucherCount, totalCents, nettedCents }: WrittenStatement,
): Promise<void> {
  const { month } = await getPeriod(tx, periodId)
  for (const { email, language } of await listManagers(tx, organisationId)) {
    const formats = formatsOf(language)
    const facts = {
      ...{ id: `${periodId}.${organisationId}`, number: formats.number(number), count: formats.number(voucherCount) },
      ...{ of_month: formats.ofMonth(month), amount: formats.euros(totalCents - nettedCents) },
      day: formats.day(payoutDayOf(month)),
    }
    await queueMail(tx, ctx, { to: email, language, template: 'statement_ready', facts })
  }
}
