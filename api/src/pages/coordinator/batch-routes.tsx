import { listCampaigns } from '../../campaigns/queries.ts'
import { getBatch, listBatches, listPayables } from '../../payouts/batch-queries.ts'
import { exportBatch } from '../../payouts/export-batch.ts'
import { odditiesOf } from '../../payouts/oddity.ts'
import { listPayoutHistories } from '../../payouts/oddity-queries.ts'
import { proposePayouts } from '../../payouts/payout.ts'
import { approveBatch, freezeBatch, prepareBatch } from '../../payouts/prepare-batch.ts'
import { readBatch } from '../../payouts/read-batches.ts'
import { withdrawPayout } from '../../payouts/settle-payout.ts'
import { type Context, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { sumCents } from '../../shared/money.ts'
import { listPayoutRows, listPeopleNames, listPools } from '../../statistics/scheme-queries.ts'
import { csvResponse } from '../components/csv.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { BatchPage } from './batch-page.tsx'
import { actOf, linesOf } from './batch-view.ts'
import { BatchesPage } from './batches-page.tsx'
import { schemeReaders } from './home-facts.ts'

const batchesShown = 500

async function readBatchFacts(ctx: Context, id: string) {
  const { batch, proposed, waiting } = await readBatch(ctx, id)
  const campaigns = await listCampaigns(ctx.db, { onlyFunderId: null, limit: 10_000 })
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]))
  const lines = linesOf(batch, await listPayoutRows(ctx.db, id), proposed, byId)
  const drafted = new Map<string, number>()
  for (const { campaignId, amountCents } of proposed.flatMap((payout) => payout.lines))
    drafted.set(campaignId, (drafted.get(campaignId) ?? 0) + amountCents)
  const pools =
    batch.state === 'draft'
      ? [...drafted].map(([id, cents]) => ({ campaign: byId.get(id)?.name ?? '', cents }))
      : await listPools(ctx.db, id)
  const histories = batch.state === 'draft' ? [] : await listPayoutHistories(ctx.db, id)
  const oddities = new Map([...histories].map(([payoutId, history]) => [payoutId, odditiesOf(history)]))
  return { batch, lines, waiting, pools, oddities, names: await namesOf(ctx, [batch.preparedBy, batch.approvedBy]) }
}

const namesOf = (ctx: Context, ids: readonly (string | null)[]) =>
  listPeopleNames(
    ctx.db,
    ids.filter((id) => id !== null),
  )

/** Payment batches: one person prepares and freezes, another approves what was shown. */
export const createBatchRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get('/coordination/remises', async (c) => {
      const ctx = c.var.context
      const person = requireRole(ctx.actor, ...schemeReaders)
      const { payouts } = proposePayouts(await listPayables(ctx.db, ctx.today()))
      const payable = {
        count: new Set(payouts.map(({ organisationId }) => organisationId)).size,
        cents: sumCents(payouts.map(({ amountCents }) => amountCents)),
      }
      const batches = await listBatches(ctx.db, { limit: batchesShown })
      const query = readListQuery(c.req.query())
      const props = { ...propsOf(c, mode), batches, payable, query, mayPrepare: person.role === 'coordinator' }
      return draw(c, <BatchesPage {...props} />)
    })
    .get('/coordination/remises.csv', async (c) => {
      const { actor, db } = c.var.context
      requireRole(actor, ...schemeReaders)
      const rows = (await listBatches(db, { limit: batchesShown })).map((batch) => [
        ...[batch.number, batch.state, batch.preparedOn, batch.executesOn],
        ...[batch.totalCents, batch.sha256],
      ])
      return csvResponse(c, 'remises', ['number', 'state', 'preparedOn', 'executesOn', 'totalCents', 'sha256'], rows)
    })
    .get(`/coordination/remises/:id{${idPattern}}`, async (c) => {
      const ctx = c.var.context
      const person = requireRole(ctx.actor, ...schemeReaders)
      const facts = await readBatchFacts(ctx, c.req.param('id'))
      const query = readListQuery(c.req.query())
      return draw(c, <BatchPage {...propsOf(c, mode)} {...facts} act={actOf(facts.batch, person)} query={query} />)
    })
    .get(`/coordination/remises/:file{${idPattern}\\.csv}`, async (c) => {
      const { batch, lines } = await readBatchFacts(c.var.context, c.req.param('file').slice(0, -4))
      const heads = ['organisation', 'siret', 'campaigns', 'vouchers', 'cents', 'account', 'bic', 'state']
      const rows = lines.map((line) => [
        ...[line.organisation, line.siret, line.campaigns, line.vouchers],
        ...[line.cents, line.account, line.bic, line.state],
      ])
      return csvResponse(c, `remise-${batch.number}`, heads, rows)
    })
    .post('/coordination/remises/preparation', async (c) => {
      const { id } = await prepareBatch(c.var.context)
      return c.redirect(`/coordination/remises/${id}`, 303)
    })
    .post(`/coordination/remises/:id{${idPattern}}/retrait`, async (c) => {
      const { payout, reason } = await c.req.parseBody()
      const id = c.req.param('id')
      const why = typeof reason === 'string' ? reason.trim().slice(0, 300) : ''
      if (why.length < 3) throw new AppError('invalid', 'text_missing', 'reason: some words')
      const { payouts } = await readBatch(c.var.context, id)
      const line = payouts.find((one) => one.id === payout)
      if (!line) throw new AppError('not_found', 'payout_not_found', 'There is no such payout in it')
      await withdrawPayout(c.var.context, line.id, why)
      return c.redirect(`/coordination/remises/${id}`, 303)
    })
    .post(`/coordination/remises/:id{${idPattern}}/arret`, async (c) => {
      const id = c.req.param('id')
      await freezeBatch(c.var.context, id)
      return c.redirect(`/coordination/remises/${id}`, 303)
    })
    .post(`/coordination/remises/:id{${idPattern}}/approbation`, async (c) => {
      const id = c.req.param('id')
      const { sha256 } = await c.req.parseBody()
      if (typeof sha256 !== 'string') throw new AppError('conflict', 'batch_changed', 'Read the batch again')
      await getBatch(c.var.context.db, id)
      await approveBatch(c.var.context, id, sha256)
      return c.redirect(`/coordination/remises/${id}`, 303)
    })
    .post(`/coordination/remises/:id{${idPattern}}/export`, async (c) => {
      const id = c.req.param('id')
      await exportBatch(c.var.context, id)
      return c.redirect(`/coordination/remises/${id}`, 303)
    })
