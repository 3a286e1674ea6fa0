import type { Transaction } from '@carnet/db'
import { queueMail } from '../mail/queue-mail.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { listManagers, listOwingPhones, noteWarned, type OwingPhone } from './former-device-queries.ts'
import { silentDays } from './phone-state.ts'

/**
 * Every morning: a phone that said three days ago or before that scans were left on it, and was not heard since, is told to the
 * managers of its organisation, once for each silence. Returns how many phones.
 */
export async function warnOfSilentPhones(ctx: Context): Promise<number> {
  requireOperatorOr(ctx.actor)
  return ctx.transaction(async (tx) => {
    const phones = await listOwingPhones(tx, { until: addDays(ctx.today(), -silentDays), areNew: true })
    for (const phone of phones) {
      await tellManagers(tx, ctx, phone, 'silent_phone')
      await noteWarned(tx, phone.deviceId, ctx.today())
    }
    return phones.length
  })
}

/** A phone enrolled with an empty memory may be one that owed scans yesterday: then they are only on paper any more. */
export async function warnOfNewPhone(
  tx: Transaction,
  ctx: Context,
  organisationId: string,
  deviceId: string,
): Promise<void> {
  const phones = await listOwingPhones(tx, { until: ctx.today(), organisationId, except: deviceId })
  for (const phone of phones) await tellManagers(tx, ctx, phone, 'phone_enrolled_anew')
}

async function tellManagers(
  tx: Transaction,
  ctx: Context,
  { organisationId, label, pending, saidOn }: OwingPhone,
  template: 'silent_phone' | 'phone_enrolled_anew',
): Promise<void> {
  for (const { email, language } of await listManagers(tx, organisationId))
    await queueMail(tx, ctx, { to: email, language, template, facts: { label, count: pending, day: saidOn } })
}
