import { randomBytes } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { DemoAccount } from '../accounts/demo-accounts.ts'
import { hashToken } from '../accounts/tokens.ts'
import { enrolmentMinutes } from '../devices/device.ts'
import { type Context, createContext } from '../shared/context.ts'
import { createRouter, json } from '../shared/http.ts'
import { demoDeviceToken } from './demo-phones.ts'
import { listDemoVouchers } from './demo-vouchers.ts'
import { listDemoCampaigns, listQualifiedVenues, putDemoEnrolments } from './queries.ts'

const Voucher = z.object({ qr: z.string(), typed: z.string(), campaignId: z.string() })
const Demo = z
  .object({
    accounts: z.array(
      z.object({
        role: z.string(),
        name: z.string(),
        organisation: z.string().nullable(),
        signInUrl: z.string(),
        apiToken: z.string(),
      }),
    ),
    campaigns: z.array(z.object({ id: z.uuid(), name: z.string() })),
    venues: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        organisationId: z.uuid(),
        enrolmentToken: z.string(),
        deviceToken: z.string(),
      }),
    ),
    vouchers: z.object({
      active: z.array(Voucher),
      training: z.array(Voucher),
      blocked: z.array(Voucher),
      expired: z.array(Voucher),
      spent: z.array(Voucher),
    }),
  })
  .openapi('Demo')

const demo = createRoute({
  method: 'get',
  path: '/demo',
  summary: 'Accounts, phones and vouchers to try; in the demo only',
  responses: { 200: json(Demo, 'Everything needed to try Carnet') },
})

export type DemoParts = Pick<Context, 'db' | 'keyring' | 'now'> & { accounts: () => Promise<readonly DemoAccount[]> }

export const createDemoRoutes = (parts: DemoParts) =>
  createRouter().openapi(demo, async (c) => {
    const operator = createContext({ ...parts, actor: { kind: 'operator' } })
    const campaigns = (await listDemoCampaigns(operator.db)).map(({ id, name }) => ({ id, name }))
    const venues = (await listQualifiedVenues(operator.db)).map((venue) => ({
      ...venue,
      enrolmentToken: randomBytes(16).toString('base64url'),
      deviceToken: demoDeviceToken(parts.keyring, venue.id),
    }))
    const expiresAt = new Date(parts.now().getTime() + enrolmentMinutes * 60_000)
    const tokens = venues.map(({ id, organisationId, enrolmentToken }) => ({
      tokenHash: hashToken(enrolmentToken),
      organisationId,
      venueId: id,
      expiresAt,
    }))
    await operator.transaction((tx) => putDemoEnrolments(tx, tokens, parts.now()), 'carnet_app')
    const accounts = [...(await parts.accounts())]
    return c.json({ accounts, campaigns, venues, vouchers: await listDemoVouchers(operator) }, 200)
  })
