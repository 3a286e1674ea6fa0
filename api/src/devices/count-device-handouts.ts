import { countHandedOut, lockPrescriber } from '../prescribers/queries.ts'
import type { Context, PrescriberPhone } from '../shared/context.ts'
import type { Month } from '../shared/days.ts'
import { addHandouts } from '../stock/count-handouts.ts'
import { countToHandOut } from '../stock/read-stock.ts'
import { findDeviceHandouts, writeDeviceHandouts } from './handout-queries.ts'

export type DeviceHandouts = {
  campaignId: string
  month: Month
  /** All that this phone has counted in this month since it was enrolled. */
  books: number
  /** Goes up with every request of the phone. */
  seq: number
}

/**
 * A phone says its own total of a month, and the difference to what it said before is added to the prescriber's count: sent
 * twice it counts once, an undo is a smaller total, and an older request that comes late changes nothing. Nothing is kept of
 * a single hand-out. Throws `not_found`, `invalid`, `conflict` (see `checkHandout`).
 */
export async function countDeviceHandouts(
  ctx: Context,
  { deviceId, prescriberId }: PrescriberPhone,
  said: DeviceHandouts,
) {
  const { campaignId, month, books, seq } = said
  return ctx.transaction(async (tx) => {
    await lockPrescriber(tx, prescriberId)
    const before = await findDeviceHandouts(tx, { deviceId, campaignId, month })
    const isNew = before === undefined || before.seq < seq
    const change = isNew ? books - (before?.books ?? 0) : 0
    if (change !== 0) await addHandouts(tx, ctx, prescriberId, { campaignId, month, books: change })
    if (isNew) await writeDeviceHandouts(tx, { deviceId, campaignId, month, books, seq })
    const { inAll, inMonth } = await countHandedOut(tx, { prescriberId, campaignId, month })
    const received = await countToHandOut(tx, { prescriberId, campaignId, today: ctx.today() })
    return { campaignId, month, books: isNew ? books : before.books, inMonth, inAll, received }
  })
}
