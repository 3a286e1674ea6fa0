import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../shared/context.ts'
import { createRouter, Id, json, ListQuery, problems } from '../shared/http.ts'
import { addPayingAccount } from './add-paying-account.ts'
import { Campaign, CampaignChange, Line, NewCampaign } from './campaign-schema.ts'
import { viewCampaign } from './campaign-view.ts'
import { changeCampaign } from './change-campaign.ts'
import { createCampaign } from './create-campaign.ts'
import { listCampaigns, listPayingAccounts } from './queries.ts'
import { readCampaign, requireCampaignReader } from './read-campaign.ts'
import { signCampaign } from './sign-campaign.ts'

const PayingAccountDetails = z.object({ name: Line, iban: Line, bic: Line, holderName: Line })
const PayingAccount = PayingAccountDetails.extend({ id: z.uuid() }).openapi('PayingAccount')
const CampaignList = z.object({ items: z.array(Campaign), nextCursor: z.string().nullable() })
const guarded = ['unauthenticated', 'forbidden'] as const

const list = createRoute({
  method: 'get',
  path: '/campaigns',
  summary: 'Campaigns by name; a funder sees its own',
  request: { query: ListQuery },
  responses: { 200: json(CampaignList, 'Campaigns'), ...problems(...guarded) },
})

const create = createRoute({
  method: 'post',
  path: '/campaigns',
  summary: 'Draft a campaign for its funders to sign',
  request: { body: json(NewCampaign, 'The terms') },
  responses: { 201: json(Campaign, 'The draft'), ...problems(...guarded, 'invalid', 'conflict') },
})

const read = createRoute({
  method: 'get',
  path: '/campaigns/{id}',
  summary: 'One campaign with its terms',
  request: { params: Id },
  responses: { 200: json(Campaign, 'The campaign'), ...problems(...guarded, 'not_found') },
})

const change = createRoute({
  method: 'patch',
  path: '/campaigns/{id}',
  summary: 'Rewrite a campaign that nobody paid for yet',
  request: { params: Id, body: json(CampaignChange, 'What changes') },
  responses: { 200: json(Campaign, 'The campaign'), ...problems(...guarded, 'invalid', 'not_found', 'conflict') },
})

const sign = createRoute({
  method: 'post',
  path: '/campaigns/{id}/signature',
  summary: 'Sign the terms as one of the funders; the last signature makes it agreed',
  request: { params: Id },
  responses: { 200: json(Campaign, 'The campaign'), ...problems(...guarded, 'not_found', 'conflict') },
})

const listAccounts = createRoute({
  method: 'get',
  path: '/paying-accounts',
  summary: 'The bank accounts that campaigns are paid from',
  responses: { 200: json(z.object({ items: z.array(PayingAccount) }), 'Paying accounts'), ...problems(...guarded) },
})

const addAccount = createRoute({
  method: 'post',
  path: '/paying-accounts',
  summary: 'Add a paying account',
  request: { body: json(PayingAccountDetails, 'The account') },
  responses: { 201: json(PayingAccount, 'The account'), ...problems(...guarded, 'invalid', 'conflict') },
})

export const campaignRoutes = createRouter()
  .openapi(list, async (c) => {
    const { db, actor } = c.var.context
    const person = requireCampaignReader(actor)
    const { limit, cursor, q } = c.req.valid('query')
    const found = await listCampaigns(db, { onlyFunderId: person.tenantId, q, after: cursor, limit })
    const items = await Promise.all(found.map((campaign) => viewCampaign(db, campaign)))
    return c.json({ items, nextCursor: items.length === limit ? items.at(-1)!.name : null }, 200)
  })
  .openapi(create, async (c) => c.json(await createCampaign(c.var.context, c.req.valid('json')), 201))
  .openapi(read, async (c) => {
    const { db } = c.var.context
    const campaign = await readCampaign(c.var.context, c.req.valid('param').id)
    return c.json(await viewCampaign(db, campaign), 200)
  })
  .openapi(change, async (c) =>
    c.json(await changeCampaign(c.var.context, c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(sign, async (c) => c.json(await signCampaign(c.var.context, c.req.valid('param').id), 200))
  .openapi(listAccounts, async (c) => {
    requireRole(c.var.context.actor, 'coordinator', 'finance_approver', 'auditor')
    return c.json({ items: await listPayingAccounts(c.var.context.db) }, 200)
  })
  .openapi(addAccount, async (c) => c.json(await addPayingAccount(c.var.context, c.req.valid('json')), 201))
