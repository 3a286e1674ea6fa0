import { createHash, randomUUID } from 'node:crypto'
import type { Person, Role } from '@carnet/api/shared/context.ts'
import type { Sql } from 'postgres'

/** In front of a browser, and just proved it, whatever the clock of the test says. */
export const freshSession = { id: randomUUID(), method: 'passkey', authenticatedAt: new Date('2099-01-01') } as const

/** Somebody in a role, in front of a browser; known to the database only where the test put them there. */
export const personOf = (role: Role, facts: Partial<Person> = {}): Person => ({
  kind: 'person',
  role,
  personId: randomUUID(),
  membershipId: randomUUID(),
  name: role,
  tenantId: null,
  scopes: ['*'],
  session: freshSession,
  ...facts,
})

const hashOf = (token: string) => createHash('sha256').update(token).digest()

/** What a browser with this session sends, at either name of the cookie. */
export const sessionHeaders = (token: string) => ({
  cookie: `carnet-session=${token}; __Host-carnet=${token}`,
  'sec-fetch-site': 'same-origin',
})

type SessionFacts = { method?: string; createdAt?: Date; expiresAt?: Date; authenticatedAt?: Date; seenAt?: Date }

/** A session as it lies in the database: fresh, and without an end, unless told otherwise. Gives its token. */
export async function givenSession(sql: Sql, membershipId: string, facts: SessionFacts = {}): Promise<string> {
  const token = `session_${randomUUID()}${randomUUID()}`
  const never = new Date('2099-01-01')
  const { method = 'passkey', createdAt = new Date('2026-01-01'), expiresAt = never } = facts
  const { authenticatedAt = never, seenAt = never } = facts
  await sql`insert into sessions (token_hash, membership_id, created_at, expires_at, authenticated_at, method, seen_at, browser)
    values (${hashOf(token)}, ${membershipId}, ${createdAt}, ${expiresAt}, ${authenticatedAt}, ${method}, ${seenAt}, 'Firefox, Linux')`
  return token
}

/** A person with a role, known to the database, with the headers of a session and of an API token of theirs. */
export async function givenMember(sql: Sql, role: Role, tenantId: string | null = null) {
  const personId = randomUUID()
  const membershipId = randomUUID()
  const token = `carnet_${randomUUID()}${randomUUID()}`
  // In one statement: a running server forgets people without a role.
  await sql`with person as (
      insert into people (id, name, email, created_on) values (${personId}, ${role}, ${`${personId}@example.org`}, '2026-01-01'))
    insert into memberships (id, person_id, role, tenant_id, valid_until)
    values (${membershipId}, ${personId}, ${role}, ${tenantId}, ${role === 'auditor' ? '2099-01-01' : null})`
  await sql`insert into api_tokens (token_hash, membership_id, label, scopes, created_on, expires_on)
    values (${hashOf(token)}, ${membershipId}, 'test', '{"*"}', '2026-01-01', '2099-01-01')`
  const actor = personOf(role, { personId, membershipId, tenantId })
  const headers = sessionHeaders(await givenSession(sql, membershipId))
  return { actor, personId, membershipId, headers, bearer: { authorization: `Bearer ${token}` } }
}
