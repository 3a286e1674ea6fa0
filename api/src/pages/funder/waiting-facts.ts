import { listAmendments } from '../../amendments/queries.ts'
import { endingSteps } from '../../campaigns/ending.ts'
import { listParts } from '../../campaigns/queries.ts'
import { readEnding } from '../../endings/read-ending.ts'
import type { Context } from '../../shared/context.ts'
import { listOrders, type Ordered } from '../../statistics/campaign-queries.ts'
import type { AsOf } from './read-as-of.ts'

/** What one funder must sign or approve: nothing goes on without it. Each opens the place where it is done. */
export type Waiting =
  | { act: 'terms' | 'amendment' | 'blocking' | 'late'; at: string }
  | { act: 'proof'; at: string; books: Ordered['books'] }
  | { act: 'statement'; at: string; number: number }

/** Nothing for those who only read along. */
export async function listWaiting(
  ctx: Context,
  { campaign, dates }: Pick<AsOf, 'campaign' | 'dates'>,
): Promise<Waiting[]> {
  const { tenant, db } = ctx
  if (tenant === null) return []
  const { id } = campaign
  const isMine = ({ funderId }: { funderId: string }) => funderId === tenant
  const [orders, amendments] = [await listOrders(db, { campaignId: id, on: ctx.today() }), await listAmendments(db, id)]
  const isUnsigned =
    campaign.state === 'draft' && (await listParts(db, id)).some((part) => isMine(part) && !part.signedOn)
  const unsigned = amendments.filter(({ state, signatures }) => state === 'proposed' && !signatures.some(isMine))
  return [
    ...(isUnsigned ? [{ act: 'terms' as const, at: '/accords#convention' }] : []),
    ...unsigned.map(() => ({ act: 'amendment' as const, at: '/accords#avenants' })),
    ...orders
      .filter(({ state }) => state === 'requested')
      .map(({ books }) => ({ act: 'proof' as const, at: '/commandes', books })),
    ...(await listEndingActs(ctx, { campaign, dates })),
  ]
}

async function listEndingActs(ctx: Context, { campaign, dates }: Pick<AsOf, 'campaign' | 'dates'>): Promise<Waiting[]> {
  const begun = endingSteps(dates)
    .filter(({ on }) => on <= ctx.today())
    .map(({ step }) => step)
  if (!begun.includes('stop_handouts')) return []
  const { approvals, lateHandouts, statements, plan } = await readEnding(ctx, campaign.id)
  const isMine = ({ funderId }: { funderId: string }) => funderId === ctx.tenant
  const isLive = campaign.state === 'open' || campaign.state === 'ending'
  const mustTakeLate = isLive && begun.includes('late_handouts') && !lateHandouts.some(isMine)
  return [
    ...(isLive && plan.books > 0 && !approvals.some(isMine) ? [{ act: 'blocking' as const, at: '/fin#blocage' }] : []),
    ...(mustTakeLate ? [{ act: 'late' as const, at: '/fin#tardives' }] : []),
    ...statements
      .filter((one) => isMine(one) && one.funderSignedOn === null)
      .map(({ id, number }) => ({ act: 'statement' as const, at: `/etat/${id}`, number })),
  ]
}
