import { randomUUID } from 'node:crypto'
import { beginPasskey, finishPasskey } from '@carnet/api/accounts/add-passkey.ts'
import { createMailbox } from '@carnet/api/mail/mailer.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember, givenSession, sessionHeaders } from '../../helpers/members.ts'
import { codeFor, givenBrowser } from '../../helpers/sign-in.ts'
import { newSoftPasskey } from '../../helpers/soft-passkey.ts'

const mailer = createMailbox(() => new Date())
const { app, db, sql, keyring, clock } = await createTestApp({ mode: 'production', mailer, limit: () => {} })
const publicUrl = 'http://localhost:8080'
const start = new Date('2026-03-10T09:00:00Z')
beforeEach(() => {
  clock.now = start
})

const library = randomUUID()
await sql`insert into organisations (id, legal_name, created_on) values (${library}, 'Médiathèque', '2026-01-01')`
const coordinator = await givenMember(sql, 'coordinator')
const second = await givenMember(sql, 'coordinator')
const manager = await givenMember(sql, 'venue_manager', library)

type Answer = Parameters<typeof finishPasskey>[1]['response']
type Asker = { headers: Record<string, string> }
/** A person of the coordination with a passkey and two browsers. */
async function givenOwner(role: 'finance_approver' | 'coordinator' = 'finance_approver') {
  const owner = await givenMember(sql, role)
  await sql`insert into passkeys (person_id, credential_id, public_key, counter, transports, name, created_on)
    values (${owner.personId}, ${Buffer.from(randomUUID())}, '\\x01', 0, '{}', 'Téléphone', '2026-01-01')`
  await givenSession(sql, owner.membershipId)
  return { ...owner, email: `${owner.personId}@example.org` }
}
async function ask(path: string, { headers }: Asker, method = 'POST') {
  const length = method === 'POST' ? { 'content-length': '0' } : {}
  const reply = await app.request(path, { method, headers: { ...headers, ...length, accept: 'application/json' } })
  const isJson = reply.headers.get('content-type')?.includes('json')
  const code: string = isJson ? (await reply.json()).code : 'done'
  return { status: reply.status, location: reply.headers.get('location'), code }
}
const reset = (owner: { membershipId: string }, as: Asker) => ask(`/equipe/compte/${owner.membershipId}/cles`, as)
const endAll = (owner: { membershipId: string }, as: Asker) => ask(`/equipe/compte/${owner.membershipId}/sessions`, as)
const keysOf = async ({ personId }: { personId: string }) =>
  (await sql`select 1 from passkeys where person_id = ${personId}`).length
const sessionsOf = async ({ personId }: { personId: string }) =>
  (await sql`select 1 from sessions s join memberships m on m.id = s.membership_id where m.person_id = ${personId}`)
    .length
const mailsTo = async (email: string, template: string) =>
  sql`select facts from mails where recipient = ${email} and template = ${template}`
const linesOf = async (action: string, personId: string) =>
  sql`select person_id as by, details from audit_log where action = ${action} and details->>'personId' = ${personId}`

describe('somebody who lost the last passkey', () => {
  test('has all of them removed by a coordinator, which ends the sessions and API tokens, and is told with all coordinators', async () => {
    const owner = await givenOwner()
    const program = () => ask('/api/v1/session', { headers: owner.bearer }, 'GET')
    expect((await program()).status).toBe(200)
    expect(await reset(owner, coordinator)).toMatchObject({ status: 303, location: '/equipe?fait=reset' })
    expect([await keysOf(owner), await sessionsOf(owner)]).toEqual([0, 0])
    expect((await program()).status).toBe(401)
    expect(await mailsTo(owner.email, 'passkeys_reset')).toMatchObject([{ facts: { by: 'coordinator' } }])
    for (const { personId } of [coordinator, second]) {
      const told = await mailsTo(`${personId}@example.org`, 'passkeys_reset_told')
      expect(told).toMatchObject([{ facts: { email: owner.email, by: 'coordinator' } }])
    }
    expect(await linesOf('passkeys_reset', owner.personId)).toMatchObject([
      { by: coordinator.personId, details: { count: 1, tokens: 1 } },
    ])
  })

  test('is helped once, whoever presses at the same moment', async () => {
    const owner = await givenOwner()
    const answers = await Promise.all(
      [coordinator, second, coordinator, second, coordinator].map((who) => reset(owner, who)),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['done', 'no_passkeys']))
    expect(await mailsTo(owner.email, 'passkeys_reset')).toHaveLength(1)
    expect(await linesOf('passkeys_reset', owner.personId)).toHaveLength(1)
  })

  test('does not do it alone, and nobody does it by an API token or with an old proof', async () => {
    const owner = await givenOwner('coordinator')
    expect(await reset(owner, owner)).toMatchObject({ status: 403, code: 'not_for_oneself' })
    expect(await reset(owner, { headers: { ...coordinator.bearer } })).toMatchObject({ code: 'session_needed' })
    const old = { createdAt: start, authenticatedAt: start, seenAt: start }
    const stale = { headers: sessionHeaders(await givenSession(sql, coordinator.membershipId, old)) }
    clock.now = new Date(start.getTime() + 10 * 60_000)
    expect(await reset(owner, stale)).toMatchObject({ status: 403, code: 'fresh_proof_needed' })
    clock.now = new Date(start.getTime() + 9 * 60_000)
    expect(await keysOf(owner)).toBe(1)
    expect((await reset(owner, stale)).status).toBe(303)
  })

  test('is helped by coordinators alone', async () => {
    const owner = await givenOwner()
    const approver = await givenMember(sql, 'finance_approver')
    const auditor = await givenMember(sql, 'auditor')
    const colleague = await givenMember(sql, 'venue_manager', library)
    for (const who of [approver, auditor, manager]) {
      for (const act of ['cles', 'sessions'])
        expect((await ask(`/equipe/compte/${owner.membershipId}/${act}`, who)).status).toBe(403)
      expect((await ask(`/equipe/compte/${owner.membershipId}`, who, 'GET')).status).toBe(403)
    }
    expect((await reset(colleague, manager)).code).toBe('role_not_allowed')
    expect((await reset(owner, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(401)
    expect((await reset({ membershipId: randomUUID() }, coordinator)).code).toBe('membership_not_found')
    expect([await keysOf(owner), await sessionsOf(owner)]).toEqual([1, 2])
  })
})

describe('a person whose passkeys were removed', () => {
  async function givenCodeIn(email: string) {
    const browser = givenBrowser(app)
    await browser.post('/connexion', { email, to: '' })
    await browser.post('/connexion/code', { code: await codeFor(mailer, email) })
    return browser
  }

  test('enters by code and makes a new one, which opens the role again', async () => {
    const owner = await givenOwner()
    await reset(owner, coordinator)
    const browser = await givenCodeIn(owner.email)
    expect(await browser.whoAmI()).toBe('sign_in_needed')
    const asked = await browser.send('/cles/ajout', {})
    const response = newSoftPasskey(asked.body.challenge, publicUrl)
    const made = await browser.send('/cles/ajout/reponse', { response, keyName: 'Nouvelle', to: '' })
    expect([made.status, await browser.whoAmI(), await keysOf(owner)]).toEqual([200, 'finance_approver', 1])
  })

  test('gets none by a request that was under way while the sessions ended', async () => {
    const owner = await givenMember(sql, 'finance_approver')
    const browser = await givenCodeIn(`${owner.personId}@example.org`)
    const browserToken = browser.cookies.get('carnet-signin')!
    const [session] = await sql`select id from sessions where membership_id = ${owner.membershipId} and method = 'code'`
    const halfway = { role: 'finance_approver', name: 'x', ...owner } as const
    const shown = { id: session!.id as string, method: 'code', authenticatedAt: clock.now } as const
    const now = () => clock.now
    const ctx = createContext({ db, keyring, now, actor: { kind: 'public', halfway: { ...halfway, session: shown } } })
    const finish = async () => {
      const { challenge } = await beginPasskey(ctx, browserToken, publicUrl)
      const response = newSoftPasskey(challenge, publicUrl) as unknown as Answer
      const from = { browserToken, browser: { name: '', sessionToken: undefined } }
      return finishPasskey(ctx, { response, name: 'x', ...from }, publicUrl)
    }
    await endAll(owner, coordinator)
    await expect(finish()).rejects.toMatchObject({ code: 'sign_in_needed' })
    expect(await keysOf(owner)).toBe(0)
    await givenSession(sql, owner.membershipId)
    await sql`update sessions set id = ${shown.id} where membership_id = ${owner.membershipId}`
    await finish()
    expect(await keysOf(owner)).toBe(1)
  })
})

describe('the sessions of somebody else', () => {
  test('are ended by a coordinator in all roles; the passkey stays, and the person is told', async () => {
    const owner = await givenOwner()
    const [other] = await sql`insert into memberships (person_id, role, tenant_id)
      values (${owner.personId}, 'funder', ${randomUUID()}) returning id`
    await givenSession(sql, other!.id)
    expect(await endAll(owner, coordinator)).toMatchObject({ status: 303, location: '/equipe?fait=signed_out' })
    expect([await keysOf(owner), await sessionsOf(owner)]).toEqual([1, 0])
    expect(await mailsTo(owner.email, 'sessions_ended')).toHaveLength(1)
    expect(await linesOf('sessions_ended', owner.personId)).toMatchObject([{ details: { count: 3 } }])
    expect(await endAll(coordinator, coordinator)).toMatchObject({ code: 'not_for_oneself' })
  })

  test('end also where their owner changes the role at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const owner = await givenOwner()
      await sql`delete from sessions where membership_id = ${owner.membershipId}`
      const [other] = await sql`insert into memberships (person_id, role, tenant_id)
        values (${owner.personId}, 'funder', ${randomUUID()}) returning id`
      const token = await givenSession(sql, owner.membershipId)
      const change = () => {
        const browser = givenBrowser(app)
        browser.cookies.set('carnet-session', token)
        return browser.post('/compte/roles', { membership: other!.id, to: '' })
      }
      await Promise.all([change(), endAll(owner, coordinator), change(), change()])
      expect(await sessionsOf(owner)).toBe(0)
    }
  })
})

test('the page says how the account stands, and offers what there is', async () => {
  const owner = await givenOwner()
  const read = async (path: string) => (await app.request(path, { headers: coordinator.headers })).text()
  expect(await read('/equipe')).toContain(`/equipe/compte/${owner.membershipId}`)
  expect(await read('/equipe')).not.toContain(`/equipe/compte/${coordinator.membershipId}`)
  const page = await read(`/equipe/compte/${owner.membershipId}`)
  expect(page).toContain('Retirer ses clés d’accès')
  expect(page).toContain('Fermer ses sessions')
  await reset(owner, coordinator)
  const after = await read(`/equipe/compte/${owner.membershipId}`)
  expect(after).not.toContain('Retirer ses clés d’accès')
  expect(after).toContain('Aucune session n’est ouverte')
})
