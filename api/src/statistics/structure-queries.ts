import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

export type StructureRow = {
  id: string
  kind: 'organisation' | 'funder' | 'prescriber'
  name: string
  people: number
  invited: number
  phones: number
  pending: number
  since: Day
}

/** Every organisation, funder and prescriber, with who has access and which phones are linked. By name. */
export async function listStructures(db: Database, today: Day): Promise<StructureRow[]> {
  const rows = await db.execute<StructureRow>(sql`
    with structures as (
      select id, 'organisation' as kind, legal_name as name, created_on from organisations
      union all select id, 'funder', name, created_on from funders
      union all select id, 'prescriber', name, created_on from prescribers),
    members as (
      select m.tenant_id, count(*)::int as people from memberships m join people p on p.id = m.person_id
       where p.is_active and m.ended_on is null and (m.valid_until is null or m.valid_until >= ${today}) group by 1),
    waiting as (
      select tenant_id, count(*)::int as invited from invitations where state = 'open' and expires_on >= ${today} group by 1),
    linked as (
      select coalesce(d.organisation_id, d.prescriber_id) as owner_id, count(*)::int as phones, coalesce(sum(g.pending), 0)::int as pending
        from devices d left join device_progress g on g.device_id = d.id where d.state = 'active' group by 1)
    select s.id, s.kind, s.name, s.created_on::text as since, coalesce(m.people, 0) as people, coalesce(w.invited, 0) as invited,
           coalesce(l.phones, 0) as phones, coalesce(l.pending, 0) as pending
      from structures s left join members m on m.tenant_id = s.id left join waiting w on w.tenant_id = s.id
      left join linked l on l.owner_id = s.id
     order by s.name, s.id`)
  return [...rows]
}
