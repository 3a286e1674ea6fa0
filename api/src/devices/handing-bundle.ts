import { createHash } from 'node:crypto'
import { nextPayoutOn } from '../calendar/calendar.ts'
import { getPrescriber } from '../prescribers/queries.ts'
import type { Context, PrescriberPhone } from '../shared/context.ts'
import { monthOf } from '../shared/days.ts'
import { listHandingCampaigns } from './handout-queries.ts'

/** The bundle of a prescriber's phone: no venue, no key to check a voucher with, and what it hands out. */
export async function buildHandingBundle(ctx: Context, { prescriberId }: PrescriberPhone) {
  const { id, name } = await getPrescriber(ctx.db, prescriberId)
  const content = {
    venues: [],
    campaigns: [],
    keys: [],
    blocklist: [],
    queueKey: ctx.keyring.queuePublicKey,
    nextPayoutOn: nextPayoutOn(ctx.today()),
    prescriber: {
      id,
      name,
      campaigns: await listHandingCampaigns(ctx.db, {
        prescriberId: id,
        month: monthOf(ctx.today()),
        today: ctx.today(),
      }),
    },
  }
  const etag = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)
  return { etag, bundle: { ...content, serverTime: ctx.now().toISOString() } }
}
