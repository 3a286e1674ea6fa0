import { z } from '@hono/zod-openapi'
import { listCampaigns } from '../../campaigns/queries.ts'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import { answerContest } from '../../contests/answer-contest.ts'
import { givenAnswers } from '../../contests/contest.ts'
import { contestNotFound, getContestRow, listContests } from '../../contests/queries.ts'
import { listRetold } from '../../redemptions/retold-queries.ts'
import type { Context } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { decideOrder } from '../../treasury/decide-order.ts'
import { readAmounts } from '../../treasury/order-queries.ts'
import { payContest } from '../../treasury/pay-contest.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { ContestsPage, mostShown } from './contests-page.tsx'

const base = '/coordination/contestations'
const mostListed = 200

function idOf(text: string): string {
  if (!z.uuid().safeParse(text).success) throw contestNotFound()
  return text
}

async function readContests(ctx: Context) {
  const rows = await listContests(ctx.db, { limit: mostListed })
  const { services } = await readCatalogue(ctx)
  const isWaiting = ({ state }: (typeof rows)[number]) => state === 'open' || state === 'payment_proposed'
  return {
    waiting: rows.filter(isWaiting).slice(0, mostShown),
    answered: rows.filter((row) => !isWaiting(row)),
    retold: await listRetold(ctx.db),
    services: new Map(services.map(({ code, title }) => [code, title])),
    campaigns: (await listCampaigns(ctx.db, { onlyFunderId: null, limit: mostListed })).filter(
      ({ state }) => state !== 'draft',
    ),
    amounts: await readAmounts(
      ctx.db,
      rows.flatMap(({ orderId }) => orderId ?? []),
    ),
  }
}

/** Contested refusals: a coordinator answers, and where money moves a second person decides. */
export const createContestRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get(base, async (c) => draw(c, <ContestsPage {...propsOf(c, mode)} {...(await readContests(c.var.context))} />))
    .post(`${base}/:id/maintien`, async (c) => {
      const { answer } = await c.req.parseBody()
      const given = givenAnswers.find((known) => known === answer)
      if (!given) throw new AppError('invalid', 'invalid_request', 'answer: one of the list', { field: 'answer' })
      await answerContest(c.var.context, idOf(c.req.param('id')), { state: 'upheld', answer: given })
      return c.redirect(base, 303)
    })
    .post(`${base}/:id/rescan`, async (c) => {
      await answerContest(c.var.context, idOf(c.req.param('id')), { state: 'scan_again' })
      return c.redirect(base, 303)
    })
    .post(`${base}/:id/paiement`, async (c) => {
      const { campaignId } = await c.req.parseBody()
      await payContest(c.var.context, idOf(c.req.param('id')), idOf(String(campaignId)))
      return c.redirect(base, 303)
    })
    .post(`${base}/:id/decision`, async (c) => {
      const { decision } = await c.req.parseBody()
      const { orderId } = await getContestRow(c.var.context.db, idOf(c.req.param('id')))
      if (!orderId) throw contestNotFound()
      await decideOrder(c.var.context, orderId, { isApproved: decision === 'approve' })
      return c.redirect(base, 303)
    })
