import type { Transaction } from '@carnet/db'
import { listManagers } from '../devices/former-device-queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Context } from '../shared/context.ts'
import { formatsOf } from '../shared/formats.ts'
import type { Payout } from './batch-queries.ts'

type Failed = Pick<Payout, 'id' | 'organisationId' | 'amountCents' | 'payee' | 'failedOn' | 'failureReason'>

/** The bank did not pay, or took it back: the managers of the organisation read what is asked of them. */
export async function tellOfFailure(tx: Transaction, ctx: Context, payout: Failed): Promise<void> {
  const { organisationId, amountCents, payee, failedOn, failureReason } = payout
  for (const { email, language } of await listManagers(tx, organisationId)) {
    const formats = formatsOf(language)
    const facts = {
      amount: formats.euros(amountCents),
      account: payee.iban.slice(-4),
      day: failedOn ? formats.day(failedOn) : '',
      reason: failureReason ?? '',
    }
    await queueMail(tx, ctx, { to: email, language, template: 'payout_failed', facts })
  }
}
