import { createHash, randomUUID } from 'node:crypto'
import type { Actor, Role } from '@carnet/api/shared/context.ts'
import type { Sql } from 'postgres'

/** A person with a role, known to the database, with the header of an API token of theirs. */
export async function givenMember(sql: Sql, role: Role, tenantId: string | null = null) {
  const personId = randomUUID()
  const membershipId = randomUUID()
  const token = `carnet_${randomUUID()}${randomUUID()}`
  const tokenHash = createHash('sha256').update(token).digest()
  await sql`insert into people (id, name, email, created_on) values (${personId}, ${role}, ${`${personId}@example.org`}, '2026-01-01')`
  await sql`insert into memberships (id, person_id, role, tenant_id) values (${membershipId}, ${personId}, ${role}, ${tenantId})`
  await sql`insert into api_tokens (token_hash, membership_id, label, scopes, created_on, expires_on)
    values (${tokenHash}, ${membershipId}, 'test', '{"*"}', '2026-01-01', '2099-01-01')`
  const actor: Actor = { kind: 'person', role, personId, membershipId, name: role, tenantId, scopes: ['*'] }
  return { actor, personId, headers: { authorization: `Bearer ${token}` } }
}
