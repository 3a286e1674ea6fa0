import { createApp } from '@carnet/api/app.ts'
import { foundScheme } from '@carnet/api/demo/found-scheme.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { afterwards } from './afterwards.ts'
import { givenMember } from './members.ts'
import { givenPayoutWorld } from './payout-world.ts'

/** A payout world with the communes, services and venues of the demo, behind the whole app, and a venue manager. */
export async function givenPagesWorld(publicUrl = 'http://localhost:8080') {
  const world = await givenPayoutWorld()
  const { db, url, sql, keyring, clock, operator, first, second } = world
  await foundScheme(operator)
  await sql`insert into venue_qualifications (venue_id, state, valid_from)
    select id, 'qualified', '2026-01-01' from venues v
     where not exists (select from venue_qualifications q where q.venue_id = v.id) and organisation_id = ${first.id}`
  const now = () => clock.now
  const mode = 'demo' as const
  const scanning = createScanning({ url, prepare: true, db, keyring, now, mode, generation: keyring.generation })
  afterwards(scanning.close)
  const app = createApp({ db, keyring, now, mode, publicUrl, scanning: scanning.parts })
  return {
    ...world,
    app,
    manager: await givenMember(sql, 'venue_manager', first.id),
    otherManager: await givenMember(sql, 'venue_manager', second.id),
  }
}
