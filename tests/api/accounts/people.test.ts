import { acceptInvitations } from '@carnet/api/accounts/accept-invitations.ts'
import { forgetOldSessions } from '@carnet/api/accounts/forget-old-sessions.ts'
import { atGate, createContext } from '@carnet/api/shared/context.ts'
import { describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember, givenSession, sessionHeaders } from '../../helpers/members.ts'

const { app, db, sql, keyring, clock } = await createTestApp()
const id = () => crypto.randomUUID()
const [library, club, state, ccas] = [id(), id(), id(), id()]
await sql`insert into organisations (id, legal_name, created_on) values (${library}, 'Médiathèque', '2026-01-01'), (${club}, 'Club', '2026-01-01')`
await sql`insert into funders (id, name, kind, created_on) values (${state}, 'État', 'state', '2026-01-01')`
await sql`insert into prescribers (id, name, created_on) values (${ccas}, 'CCAS', '2026-01-01')`
const coordinator = await givenMember(sql, 'coordinator')
const manager = await givenMember(sql, 'venue_manager', library)
const stranger = await givenMember(sql, 'venue_manager', club)
const approver = await givenMember(sql, 'finance_approver')

type Member = { headers: Record<string, string> }
async function ask(method: 'GET' | 'POST', path: string, as: Member, body: unknown = {}) {
  const reply = await app.request(`/api/v1${path}`, {
    method,
    headers: { ...as.headers, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: answers of every kind
  return { status: reply.status, body: (await reply.json()) as any }
}
const invite = (as: Member, body: Record<string, unknown>) =>
  ask('POST', '/invitations', as, { name: 'Nadia B.', ...body })
const post = (path: string, as: Member) => ask('POST', path, as)
const mailsTo = async (to: string) =>
  sql`select template, language, facts from mails where recipient = ${to} order by template`

/** What a first sign-in does once the address is proven. */
async function signIn(email: string): Promise<string[]> {
  const [person] = await sql`select id from people where email = ${email}`
  const ctx = atGate({ db, now: () => clock.now, keyring, actor: { kind: 'public' } })
  return ctx.transaction((tx) => acceptInvitations(tx, ctx, person!.id))
}
/** A session of the membership, as a browser would hold it. */
async function givenToken(membershipId: string) {
  const token = `carnet_${id()}${id()}`
  await sql`insert into api_tokens (token_hash, membership_id, label, scopes, created_on, expires_on)
    values (sha256(convert_to(${token}, 'UTF8')), ${membershipId}, 't', '{"*"}', '2026-01-01', '2099-01-01')`
  return { headers: { authorization: `Bearer ${token}` } }
}

describe('an invitation', () => {
  test('leaves by mail without a secret, and becomes a membership by the first sign-in of its address', async () => {
    const { status, body } = await invite(manager, { email: ' Nadia@Example.org ', language: 'en' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      email: 'nadia@example.org',
      role: 'venue_manager',
      tenantId: library,
      expiresOn: '2026-03-24',
    })
    const [mail, ...others] = await mailsTo('nadia@example.org')
    expect(others).toEqual([])
    expect(mail).toEqual({
      template: 'invitation',
      language: 'en',
      facts: { tenant: 'Médiathèque', role: 'Venue manager', until: '24/03/2026' },
    })
    const begun = await Promise.all([signIn('nadia@example.org'), signIn('nadia@example.org')])
    expect(begun.flat()).toHaveLength(1)
    const { members, invitations } = (await ask('GET', '/people', manager)).body
    expect(invitations).toEqual([])
    expect(members).toContainEqual(
      expect.objectContaining({ email: 'nadia@example.org', sinceOn: '2026-03-10', endedOn: null }),
    )
  })

  test('is sent once a day, withdrawn, and too old after fourteen days', async () => {
    const { body: old } = await invite(manager, { email: 'old@example.org' })
    expect((await post(`/invitations/${old.id}/resending`, manager)).body.code).toBe('already_sent_today')
    clock.now = new Date('2026-03-25T09:00:00Z')
    expect(await signIn('old@example.org')).toEqual([])
    expect((await post(`/invitations/${old.id}/resending`, manager)).body.expiresOn).toBe('2026-04-08')
    expect((await post(`/invitations/${old.id}/withdrawal`, stranger)).body.code).toBe('invitation_not_found')
    expect((await post(`/invitations/${old.id}/withdrawal`, manager)).body.state).toBe('withdrawn')
    expect(await signIn('old@example.org')).toEqual([])
    expect((await post(`/invitations/${old.id}/resending`, manager)).body.code).toBe('invitation_decided')
    clock.now = new Date('2026-03-10T09:00:00Z')
  })

  test('of one address waits once, whoever asks at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => invite(manager, { email: 'twice@example.org' })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(new Set(answers.flatMap(({ body }) => body.code ?? []))).toEqual(new Set(['already_invited']))
    expect(await mailsTo('twice@example.org')).toHaveLength(1)
  })

  test('says nothing of a name that is known elsewhere', async () => {
    await sql`update people set name = 'Secret Name', email = 'known@example.org' where id = ${stranger.personId}`
    await invite(manager, { email: 'known@example.org', name: 'As typed' })
    expect(JSON.stringify((await ask('GET', '/people', manager)).body)).not.toContain('Secret Name')
  })

  test('adds no line to the head of a mail, and no member twice', async () => {
    for (const email of ['a@example.org\r\nBcc: b@example.org', 'nobody', ''])
      expect((await invite(manager, { email })).body.code).toBe('email_not_valid')
    expect((await invite(manager, { email: 'nadia@example.org' })).body.code).toBe('already_member')
  })

  test('that nobody answered is forgotten, with who was known by it alone', async () => {
    await invite(manager, { email: 'never@example.org' })
    const at = clock.now
    const forget = async (day: string) => {
      clock.now = new Date(`${day}T09:00:00Z`)
      await forgetOldSessions(createContext({ db, now: () => clock.now, keyring, actor: { kind: 'operator' } }))
      return (
        await sql`select email from people where email in ('never@example.org', 'nadia@example.org') order by 1`
      ).map((row) => row.email)
    }
    expect(await forget('2026-09-20')).toEqual(['nadia@example.org', 'never@example.org'])
    expect(await forget('2026-09-21')).toEqual(['nadia@example.org'])
    clock.now = at
  })

  test('is given in bounds', async () => {
    await sql`insert into invitations (email, name, role, tenant_id, language, invited_on, sent_on, expires_on)
      select 'x' || n || '@example.org', 'x', 'prescriber', ${ccas}, 'fr', '2026-03-01', '2026-03-01', '2026-03-15' from generate_series(1, 50) n`
    expect((await invite(coordinator, { tenantId: ccas, email: 'one@example.org' })).body.code).toBe(
      'invitations_too_many',
    )
  })
})

describe('nobody raises a role', () => {
  test('by naming another role, another tenant or any other field', async () => {
    const email = 'me@example.org'
    expect((await invite(manager, { email, role: 'coordinator' })).body.code).toBe('role_not_given')
    expect((await invite(manager, { email, role: 'funder' })).body.code).toBe('role_not_given')
    expect((await invite(manager, { email, tenantId: club })).body.code).toBe('tenant_not_found')
    for (const field of ['state', 'id', 'invitedBy', 'expiresOn', 'personId', 'scopes', 'isActive'])
      expect((await invite(manager, { email, [field]: 'accepted' })).body.code, field).toBe('invalid_request')
    expect(await mailsTo(email)).toEqual([])
  })

  test('in the coordination either: an approver invites nobody, and each invitation is told to all coordinators', async () => {
    expect((await invite(approver, { email: 'a@example.org', role: 'coordinator' })).status).toBe(403)
    expect((await invite(coordinator, { email: 'a@example.org', role: 'venue_manager' })).body.code).toBe(
      'role_not_given',
    )
    expect((await invite(coordinator, { email: 'a@example.org' })).body.code).toBe('role_missing')
    const add = (as: Member) => invite(as, { email: 'a@example.org', role: 'finance_approver' })
    expect((await add(await givenToken(coordinator.membershipId))).body.code).toBe('session_needed')
    const left = { authenticatedAt: new Date(clock.now.getTime() - 11 * 60_000) }
    const stale = { headers: sessionHeaders(await givenSession(sql, coordinator.membershipId, left)) }
    expect((await add(stale)).body.code).toBe('fresh_proof_needed')
    const form = 'name=Nadia+B.&email=a%40example.org&role=finance_approver'
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': `${form.length}` }
    const headers = { ...stale.headers, ...type, accept: 'text/html' }
    const page = await app.request('/equipe', { method: 'POST', body: form, headers })
    expect(page.headers.get('location')).toBe('/connexion?to=%2Fequipe')
    expect((await add(coordinator)).status).toBe(201)
    const [{ email: own } = { email: '' }] = await sql`select email from people where id = ${coordinator.personId}`
    expect((await mailsTo(own)).map(({ template }) => template)).toEqual(['scheme_invitation'])
  })

  test('by an invitation of oneself', async () => {
    const [{ email } = { email: '' }] = await sql`select email from people where id = ${coordinator.personId}`
    const { body } = await invite(coordinator, { email, role: 'finance_approver' })
    expect(body.code).toBe('cannot_invite_oneself')
  })

  test('for longer than an auditor may stay', async () => {
    const audit = (validUntil?: string) =>
      invite(coordinator, { email: 'audit@example.org', role: 'auditor', validUntil })
    for (const day of [undefined, '2026-03-09', '2027-03-12'])
      expect((await audit(day)).body.code).toBe('audit_end_not_allowed')
    const form = 'name=Nadia+B.&email=audit%40example.org&role=auditor&validUntil=2026-05-99'
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': `${form.length}` }
    const sent = { method: 'POST', headers: { ...coordinator.headers, ...type }, body: form }
    expect((await app.request('/equipe', sent)).status).toBe(422)
    expect((await audit('2027-03-11')).body.validUntil).toBe('2027-03-11')
    await signIn('audit@example.org')
    expect(
      (await invite(coordinator, { email: 'b@example.org', role: 'coordinator', validUntil: '2026-04-01' })).body.code,
    ).toBe('audit_end_not_allowed')
  })
})

describe('someone who leaves', () => {
  test('loses sessions and tokens at once, and the organisation keeps its phones', async () => {
    await sql`insert into devices (organisation_id, label, token_hash, enrolled_on, last_seen_on, expires_on)
      values (${library}, 'Accueil', '\\x07', '2026-01-01', '2026-03-01', '2026-06-01')`
    const [{ id: leaving } = { id: '' }] = await sql`select m.id from memberships m join people p on p.id = m.person_id
      where p.email = 'nadia@example.org'`
    const nadia = await givenToken(leaving)
    expect((await ask('GET', '/session', nadia)).status).toBe(200)
    expect((await post(`/memberships/${leaving}/ending`, stranger)).body.code).toBe('membership_not_found')
    expect((await post(`/memberships/${leaving}/ending`, approver)).body.code).toBe('role_not_allowed')
    expect((await post(`/memberships/${leaving}/ending`, manager)).body.endedOn).toBe('2026-03-10')
    expect((await ask('GET', '/session', nadia)).status).toBe(401)
    expect((await ask('GET', '/session', await givenToken(leaving))).status).toBe(401)
    expect(await sql`select state from devices where organisation_id = ${library}`).toEqual([{ state: 'active' }])
    expect((await post(`/memberships/${leaving}/ending`, manager)).status).toBe(200)
    const told =
      await sql`select 1 from audit_log where action = 'membership_ended' and details->>'membershipId' = ${leaving}`
    expect(told).toHaveLength(1)
  })

  test('is shown to colleagues and the coordination: the page before it names nobody of another tenant, nor of none', async () => {
    const page = async (as: Member, { membershipId }: { membershipId: string }) =>
      (await app.request(`/equipe/acces/${membershipId}`, { headers: { ...as.headers, accept: 'text/html' } })).status
    for (const other of [stranger, coordinator, approver]) expect(await page(manager, other)).toBe(404)
    expect([await page(manager, manager), await page(coordinator, stranger), await page(approver, manager)]).toEqual([
      200, 200, 403,
    ])
  })

  test('comes back by an invitation', async () => {
    await invite(manager, { email: 'nadia@example.org' })
    const [membership] = await signIn('nadia@example.org')
    expect((await ask('GET', '/session', await givenToken(membership!))).status).toBe(200)
  })

  test('cannot be the last one, even when all leave at once; the coordinators are told once', async () => {
    const pair = [await givenMember(sql, 'funder', state), await givenMember(sql, 'funder', state)]
    const leave = ({ actor, headers }: (typeof pair)[0]) =>
      post(`/memberships/${actor.kind === 'person' ? actor.membershipId : ''}/ending`, { headers })
    const answers = await Promise.all(pair.map(leave))
    expect(answers.map(({ body }) => body.code ?? 'gone').sort()).toEqual(['gone', 'last_member'])
    const last = pair[answers.findIndex(({ status }) => status === 409)]!
    expect((await leave(last)).body.code).toBe('last_member')
    const told = await sql`select facts from mails where template = 'last_member'`
    expect(told).toMatchObject([{ facts: { tenant: 'État' } }])
    expect(
      (await post(`/memberships/${last.actor.kind === 'person' ? last.actor.membershipId : ''}/ending`, coordinator))
        .status,
    ).toBe(200)
  })

  test('is never the last coordinator', async () => {
    const own = coordinator.actor.kind === 'person' ? coordinator.actor.membershipId : ''
    expect((await post(`/memberships/${own}/ending`, coordinator)).body.code).toBe('last_coordinator')
  })
})
