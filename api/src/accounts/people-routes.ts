import { invitationState, language, role } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { endMembership } from './end-membership.ts'
import { listInvitations, listMembers } from './invitation-queries.ts'
import { invitePerson, requireInviter, resendInvitation, withdrawInvitation } from './invite-person.ts'

const Member = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(role.enumValues),
    tenantId: z.uuid().nullable(),
    sinceOn: DayText.nullable(),
    validUntil: DayText.nullable(),
    endedOn: DayText.nullable(),
  })
  .openapi('Member')
const Invitation = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(role.enumValues),
    tenantId: z.uuid().nullable(),
    validUntil: DayText.nullable(),
    state: z.enum(invitationState.enumValues),
    invitedOn: DayText,
    sentOn: DayText,
    expiresOn: DayText,
  })
  .openapi('Invitation')

const guarded = ['unauthenticated', 'forbidden', 'not_found'] as const
const tenantQuery = z.object({
  tenantId: z.uuid().optional().openapi({ description: 'Of whom, for coordinators; without it: of the own tenant' }),
})

const listPeople = createRoute({
  method: 'get',
  path: '/people',
  summary: 'Who has access, who is invited and who has left: of the own tenant, or of any for coordinators',
  request: { query: tenantQuery },
  responses: {
    200: json(z.object({ members: z.array(Member), invitations: z.array(Invitation) }), 'People and open invitations'),
    ...problems(...guarded, 'invalid'),
  },
})
const invite = createRoute({
  method: 'post',
  path: '/invitations',
  summary: 'Invite an address; in a tenant everybody gets the same access',
  request: {
    body: json(
      z.strictObject({
        email: z.string().max(254),
        name: z.string().trim().min(2).max(120),
        tenantId: z.uuid().optional(),
        role: z.enum(role.enumValues).optional().openapi({ description: 'For the coordination only' }),
        validUntil: DayText.optional().openapi({ description: 'The last day of an auditor' }),
        language: z.enum(language.enumValues).default('fr'),
      }),
      'Whom',
    ),
  },
  responses: { 201: json(Invitation, 'The invitation'), ...problems(...guarded, 'invalid', 'conflict') },
})
const act = <const Act extends string>(name: Act, summary: string) =>
  createRoute({
    method: 'post',
    path: `/invitations/{id}/${name}`,
    summary,
    request: { params: Id },
    responses: { 200: json(Invitation, 'The invitation'), ...problems(...guarded, 'conflict') },
  })
const end = createRoute({
  method: 'post',
  path: '/memberships/{id}/ending',
  summary: 'End a membership at once, with its sessions and tokens',
  request: { params: Id },
  responses: { 200: json(Member, 'The membership that ended'), ...problems(...guarded, 'conflict') },
})

/** A tenant's people: who is invited, who is here, who leaves. */
export const peopleRoutes = createRouter()
  .openapi(listPeople, async (c) => {
    const { db, tenant } = c.var.context
    const tenantId = c.req.valid('query').tenantId ?? tenant
    requireInviter(c.var.context, tenantId)
    const [members, invitations] = [await listMembers(db, tenantId), await listInvitations(db, tenantId)]
    // Parsed: what the schema does not name stays here.
    return c.json({ members: z.array(Member).parse(members), invitations: z.array(Invitation).parse(invitations) }, 200)
  })
  .openapi(invite, async (c) => {
    const { tenantId = c.var.context.tenant, ...wanted } = c.req.valid('json')
    const invited = await invitePerson(c.var.context, { ...wanted, tenantId })
    return c.json(Invitation.parse(invited), 201)
  })
  .openapi(act('resending', 'Send an invitation again, for fourteen days more'), async (c) =>
    c.json(Invitation.parse(await resendInvitation(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('withdrawal', 'Withdraw an invitation'), async (c) =>
    c.json(Invitation.parse(await withdrawInvitation(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(end, async (c) => c.json(Member.parse(await endMembership(c.var.context, c.req.valid('param').id)), 200))
