import { expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPagesWorld } from '../../helpers/pages-world.ts'

const world = await givenPagesWorld()
const { app, sql, first, manager, otherManager, givenOpenCampaign } = world
const { read, send: post } = pageReader(app)
const sameOrigin = { 'sec-fetch-site': 'same-origin' }
const send = (path: string, as: typeof manager, form: Record<string, string> = {}) => post(path, as, form, sameOrigin)
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
const [venue] = await sql<{ id: string; name: string; postal_code: string; commune: string }[]>`
  select v.id, v.name, v.postal_code, c.name as commune from venues v join communes c on c.code = v.commune_code
   where organisation_id = ${first.id} order by v.name limit 1`
const offered = () =>
  sql<{ code: string }[]>`select service_code as code from venue_services where venue_id = ${venue!.id} order by 1`

test('a venue offers a selection, found by plain words, kept while it is searched', async () => {
  const path = `/lieu/services?lieu=${venue!.id}`
  expect((await read(path, manager)).text).toContain('Tous les services du référentiel')
  const searched = await post(
    '/lieu/services',
    manager,
    {
      ...{ lieu: venue!.id, which: 'some', service: 'A01', q: 'mdp oublié', act: 'search' },
    },
    sameOrigin,
  )
  expect(searched.status).toBe(200)
  expect(await offered()).toEqual([])
  const nothing = { lieu: venue!.id, which: 'some', act: 'save' }
  expect((await send('/lieu/services', manager, nothing)).text).toContain('Cochez au moins un service')
  const some = { ...nothing, service: 'G06' }
  expect((await send('/lieu/services', manager, { ...some, service: 'Z98' })).status).toBe(422)
  expect((await send('/lieu/services', manager, some)).location).toBe(`${path}&fait=services`)
  expect(await offered()).toEqual([{ code: 'G06' }])
  expect((await send('/lieu/services', otherManager, some)).status).toBe(404)
  expect((await send('/lieu/services', manager, { ...some, which: 'all' })).status).toBe(303)
  expect(await offered()).toEqual([])
})

test('the search for venues shows those that offer a service, or one that it replaces', async () => {
  const [open] = await sql<{ id: string; name: string; postal_code: string }[]>`
    select v.id, v.name, v.postal_code from venues v join organisations o on o.id = v.organisation_id
     where o.siret is not null and v.latitude is not null order by v.name limit 1`
  await sql`insert into venue_qualifications (venue_id, state, valid_from) select ${open!.id}, 'qualified', '2026-01-01'
     where not exists (select from venue_qualifications where venue_id = ${open!.id})`
  const where = async (service: string) =>
    (await read(`/ou?commune=${open!.postal_code}&service=${service}`, { headers: {} })).text
  expect(await where('G06')).toContain(open!.name)
  await sql`update venues set offers_all_services = false where id = ${open!.id}`
  expect(await where('G06')).not.toContain(open!.name)
  expect(await where('G06')).toContain('Seulement les lieux qui proposent')
  await sql`insert into venue_services values (${open!.id}, 'G06')`
  expect(await where('G06')).toContain(open!.name)
  expect(await where('A01')).not.toContain(open!.name)
})

test('a campaign pays a selection that the coordinator chooses until its terms are fixed', async () => {
  const open = await givenOpenCampaign()
  const path = `/financeur/campagnes/${open.id}/services`
  expect((await read(path, auditor)).status).toBe(200)
  expect((await read(path, coordinator)).html).not.toContain('value="save"')
  const some = { which: 'some', service: 'G06', act: 'save' }
  expect((await send(path, coordinator, some)).status).toBe(422)
  expect((await send(path, auditor, some)).status).toBe(403)

  const [row] = await sql`select * from campaigns where id = ${open.id}`
  const [draft] = await sql<{ id: string }[]>`insert into campaigns
      (name, state, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives, number)
    values ('Brouillon', 'draft', ${row!.paying_account_id}, 1000, 10, 100, '2026-01-01', '2026-12-31', 'Tous', 'Autonomie', 900) returning id`
  await sql`insert into campaign_funders select ${draft!.id}, funder_id, part_cents from campaign_funders where campaign_id = ${open.id}`
  const draftPath = `/financeur/campagnes/${draft!.id}/services`
  expect((await read(draftPath, coordinator)).html).toContain('value="save"')
  expect((await send(draftPath, coordinator, { ...some, service: '' })).text).toContain('Cochez au moins un service')
  expect((await send(draftPath, coordinator, some)).status).toBe(303)
  expect((await read(draftPath, auditor)).text).toContain('G06')
})
