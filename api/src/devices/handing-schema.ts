/** What prescribers' phones send and read. */
import { z } from '@hono/zod-openapi'
import { Cover, Covers } from '../books/cover-schema.ts'
import { DayText } from '../shared/http.ts'

const Count = z.number().int()

export const HandOuts = z.strictObject({
  campaignId: z.uuid(),
  month: DayText.openapi({ description: 'The first day of the month' }),
  books: Count.min(0).max(100_000).openapi({
    description: 'All that this phone has counted in this month since it was enrolled; an undo is a smaller number',
  }),
  seq: Count.min(1)
    .max(2_147_483_647)
    .openapi({ description: 'Goes up with every request: an older one that comes late changes nothing' }),
})
export const HandOutsCounted = z.object({
  campaignId: z.uuid(),
  month: DayText,
  books: Count.openapi({ description: 'By this phone, in this month' }),
  inMonth: Count.openapi({ description: 'By all of the prescriber' }),
  inAll: Count,
  received: Count,
})
export const Stop = z.strictObject({
  campaignId: z.uuid(),
  firstCover: Cover,
  lastCover: Cover.optional().openapi({ description: 'Left out: one book' }),
  reason: z.enum(['lost', 'stolen', 'damaged']),
})
export const Stopped = Covers.extend({ id: z.uuid(), campaignId: z.uuid(), reason: z.string(), orderedOn: DayText })
export const Handing = z
  .object({
    id: z.uuid(),
    name: z.string(),
    campaigns: z.array(
      z.object({
        id: z.uuid(),
        number: Count,
        name: z.string(),
        endsOn: DayText,
        received: Count,
        inAll: Count,
        inMonth: Count,
        covers: z.array(Covers),
        stopped: z.array(Covers),
      }),
    ),
  })
  .openapi('Handing')
