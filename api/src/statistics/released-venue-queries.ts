import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'

export type ReleasedVenueUse = {
  venueId: string
  communeCode: string
  latitude: number | null
  longitude: number | null
  span: string
  frozenOn: Day
  /** The sum of its published themes. */
  told: number
  /** Its themes whose count is secret. */
  secrets: number
}

/** Venues in the territory of a campaign, with what the newest quarter released by a day says of them. */
export async function listReleasedVenueUses(
  db: Database,
  { campaignId, on }: { campaignId: string; on: Day },
): Promise<ReleasedVenueUse[]> {
  const rows = await db.execute<ReleasedVenueUse>(sql`
    with newest as (
      select c.span, r.id, r.frozen_on from release_cells c join releases r on r.id = c.release_id
       where c."table" = 'R3_venue_theme_quarter' and r.frozen_on <= ${on} order by c.span desc limit 1
    )
    select v.id as "venueId", v.commune_code as "communeCode", v.latitude, v.longitude, n.span, n.frozen_on::text as "frozenOn",
           coalesce(sum(c.value) filter (where c.subject <> '*'), sum(c.value), 0)::int as told,
           count(*) filter (where c.value is null and c.subject <> '*')::int as secrets
      from newest n join release_cells c on c.release_id = n.id and c."table" = 'R3_venue_theme_quarter' and c.span = n.span
      join venues v on v.id::text = c.place join communes m on m.code = v.commune_code
      join departments d on d.code = m.department_code join campaigns k on k.id = ${campaignId}
     where not k.has_territory or exists (
       select from campaign_territories t where t.campaign_id = k.id and t.code = case t.kind
         when 'commune' then m.code when 'epci' then m.epci_code when 'department' then m.department_code else d.region_code end)
     group by v.id, n.span, n.frozen_on order by v.id`)
  return [...rows]
}
