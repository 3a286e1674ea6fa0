import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { getCampaign } from './queries.ts'
import {
  type ContextNote,
  type Decision,
  insertContextNote,
  insertDecision,
  insertTarget,
  type Target,
} from './steering-queries.ts'

type Entry<Row> = (
  tx: Transaction,
  common: { campaignId: string; authorId: string; today: Day },
) => Promise<Row & { id: string }>

async function record<Row>(ctx: Context, campaignId: string, action: string, entry: Entry<Row>) {
  const author = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    await getCampaign(tx, campaignId)
    const row = await entry(tx, { campaignId, authorId: author.personId, today: ctx.today() })
    await recordAudit(tx, ctx, action, { campaignId, id: row.id })
    return row
  })
}

/** What a rate is never shown without: who is reached, how, at what stage. Throws `forbidden`, `not_found`. */
export const addContextNote = (ctx: Context, campaignId: string, body: string): Promise<ContextNote> =>
  record(ctx, campaignId, 'context_note_written', (tx, { authorId, today }) =>
    insertContextNote(tx, { campaignId, body, authorId, writtenOn: today }),
  )

/** What should be reached by a day, and who sees to it. Throws `forbidden`, `not_found`. */
export const addTarget = (
  ctx: Context,
  campaignId: string,
  target: Pick<Target, 'indicator' | 'target' | 'dueOn' | 'responsible'>,
): Promise<Target> => record(ctx, campaignId, 'target_set', (tx) => insertTarget(tx, { campaignId, ...target }))

/** What was decided to steer the campaign, for those who ask later. Throws `forbidden`, `not_found`. */
export const addDecision = (ctx: Context, campaignId: string, body: string): Promise<Decision> =>
  record(ctx, campaignId, 'decision_noted', (tx, { authorId, today }) =>
    insertDecision(tx, { campaignId, body, authorId, decidedOn: today }),
  )
