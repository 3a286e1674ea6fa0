import { randomUUID } from 'node:crypto'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { freezeRelease } from '@carnet/api/statistics/freeze-release.ts'
import { importFacts } from '@carnet/api/territories/import-facts.ts'
import { expect, test, vi } from 'vitest'
import { accessMatrix } from '../../helpers/access-matrix.ts'
import { type ActorName, actorNames } from '../../helpers/actors.ts'
import { crawl, type Form, formsOf, type Request } from '../../helpers/crawl.ts'
import { givenEveryRoute } from '../../helpers/every-route.ts'
import { patternOf, plant, secretsOf } from '../../helpers/planted-counts.ts'
import { textOfReply } from '../../helpers/reply-text.ts'
import { insertVenue, openPeriod } from '../../helpers/scan-world.ts'

// Who reads everything at once is slowed down, and what was not read was not searched.
const everything = await givenEveryRoute({ limit: () => {} })
const { app, sql, db, keyring, clock, world, made, own, other, headersOf, operations, ask, versionId } = everything

/** Counts that appear nowhere else, and whose sums do not either. */
const countOf = (at: number) => 1001 + ((at * at + at * 389) % 997)
const venueNames = ['own', 'other', 'third', 'fourth']
const services = ['A01', 'A02', 'B01', 'B02']
const planted = ['a', 'b'].flatMap((campaign, i) =>
  venueNames.flatMap((venue, j) =>
    services.map((service, k) => ({ campaign, venue, service, count: countOf(16 * i + 4 * j + k) })),
  ),
)
const [here, there] = [{ commune: '16015' }, { commune: '16102' }]
const secrets = secretsOf(planted, { own: here, other: here, third: there, fourth: there }).map((secret) => ({
  ...secret,
  pattern: patternOf(secret.count),
}))

const secondCampaign = randomUUID()
await givenWorld()

async function givenWorld() {
  await sql`update print_runs set generated_on = '2026-01-02', receipt_confirmed_on = '2026-01-03'`
  await sql`insert into communes (code, name, department_code, postal_codes, former_codes, vintage) values ('16102', 'Cognac', '16', '{16100}', '{}', 2026)`
  for (const code of services) await sql`insert into services values (${code}) on conflict do nothing`
  for (const theme of ['A', 'B'])
    await sql`insert into catalogue_themes values (${versionId}, ${theme}, ${`Thème ${theme}`})`
  for (const code of services)
    await sql`insert into catalogue_services (version_id, code, theme_code, title, description, level, national_service, duration_minutes, provenance)
      values (${versionId}, ${code}, ${code[0]!}, ${code}, '', 'decouverte', '', 60, '')
      on conflict (version_id, code) do update set title = excluded.title`
  await sql`insert into campaigns (id, number, name, state, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives)
    values (${secondCampaign}, 8, 'Seconde', 'draft', ${world.ids.account}, 1000, 10, 100000, '2026-01-01', '2026-12-31', 'Tous', 'Autonomie')`
  await sql`insert into campaign_funders (campaign_id, funder_id, part_cents) values (${secondCampaign}, ${made.otherFunder!}, 1000)`
  await sql`update campaigns set state = 'open', opened_on = '2026-01-02' where id = ${secondCampaign}`
  const [third, fourth] = [
    await insertVenue(sql, 3, { communeCode: '16102' }),
    await insertVenue(sql, 4, { communeCode: '16102' }),
  ]
  // One was scanned when the world was made.
  const missing = planted.map((one, at) => (at === 0 ? { ...one, count: one.count - 1 } : one))
  await plant(sql, missing, {
    campaigns: { a: world.ids.campaign, b: secondCampaign },
    venues: { own, other, third, fourth },
  })
}

// A busy machine is slow; nothing here waits.
vi.setConfig({ testTimeout: 240_000 })

const roots = [
  '/',
  '/ou',
  '/catalogue',
  '/donnees',
  '/methode',
  '/confidentialite',
  '/lieu',
  '/financeur',
  '/coordination',
  '/prescripteur',
  '/api/docs',
]
const pages: Request = (path, headers) => app.request(path, { headers })

/** Links that a funder gave away: whoever has them reads what is behind, without an account. */
const shared: string[] = []
for (const funder of ['funder', 'otherFunder'] as const)
  shared.push(JSON.parse((await ask('POST /api/v1/share-links', funder)).text).path)

/** Long to draw, and the same whoever asks. */
const sameForAll = /training-vouchers\.pdf$/

/** Every address that an actor can read: what the reference lists, and what pages link to from their roots. */
async function* readAll(actor: ActorName, request: Request) {
  for (const route of operations.keys()) {
    if (!route.startsWith('GET ') || (actor !== 'coordinator' && sameForAll.test(route))) continue
    const { response, text } = await ask(route, actor)
    yield { path: route, status: response.status, text }
  }
  yield* crawl(request, actor === 'public' ? [...roots, ...shared] : roots, headersOf[actor])
}

/** Forms about people and their sessions: they end those of the actors. */
const endsAccess = /^\/(compte|equipe)\b/

/** The answers to everything that an actor can send: each form of each page as it stands, each route with the smallest body. */
async function* sendAll(actor: ActorName) {
  const forms = new Map<string, Form>()
  for await (const { text } of crawl(pages, roots, headersOf[actor]))
    for (const form of formsOf(text)) if (!endsAccess.test(form.action)) forms.set(`${form.action} ${form.body}`, form)
  const type = 'application/x-www-form-urlencoded'
  for (const { action, body } of forms.values()) {
    const headers = {
      ...headersOf[actor],
      accept: 'text/html',
      'content-type': type,
      'content-length': `${body.length}`,
    }
    clock.now = new Date(clock.now.getTime() + 20_000)
    const reply = await app.request(action, { method: 'POST', headers, body })
    yield { path: `POST ${action}`, status: reply.status, text: await textOfReply(reply) }
  }
  // The last of them signs out.
  const routes = accessMatrix.match(/(POST|PUT|PATCH|DELETE) +\/\S+/g) ?? []
  for (const route of routes) {
    clock.now = new Date(clock.now.getTime() + 20_000)
    const { response, text } = await ask(route.replace(/ +/, ' '), actor)
    yield { path: route, status: response.status, text }
  }
}

const geometry = / (viewBox|width|height|[xy][12]?|c[xy]|r[xy]?|d|points|transform)="[^"]*"/g

const hashInGroups = /\b(?:[\da-f]{4} ){7,}[\da-f]{4}\b/g

/** Told to whom it may not be told, and what broke on the way. */
async function leaksOf(
  actors: readonly ActorName[],
  {
    request = pages,
    sought = secrets,
    visits,
  }: { request?: Request; sought?: typeof secrets; visits?: (actor: ActorName) => ReturnType<typeof readAll> } = {},
) {
  const leaks: string[] = []
  const counts = { read: 0, allowed: 0 }
  const search = async (actor: ActorName) => {
    for await (const { path, status, text: whole } of visits?.(actor) ?? readAll(actor, request)) {
      if (status >= 500 && status !== 503) leaks.push(`${path} broke for ${actor}: ${whole.slice(0, 200)}`)
      if (status === 429) leaks.push(`${path} was not read by ${actor}`)
      if (status < 300) counts.read += 1
      const text = whole.replace(geometry, '').replace(hashInGroups, '')
      for (const { what, pattern, mayRead } of sought) {
        const found = pattern.exec(text)
        if (!found) continue
        if (mayRead.includes(actor)) counts.allowed += 1
        else
          leaks.push(
            `${path} tells ${actor} of ${what}: ${text.slice(Math.max(0, found.index - 60), found.index + 20)}`,
          )
      }
    }
  }
  await Promise.all(actors.map(search))
  return { leaks, ...counts }
}

test('no page, no route, no file and no link tells a crossed count that was not released, to anybody', async () => {
  const { leaks, read, allowed } = await leaksOf(actorNames)
  expect(leaks).toEqual([])
  expect(read).toBeGreaterThan(300)
  // The same search does find what an organisation and those who serve the scheme may read.
  expect(allowed).toBeGreaterThan(5)
})

test('a page that counts by service is caught', async () => {
  const counted: Request = async (path, headers) => {
    const reply = await pages(path, headers)
    if (path !== '/financeur' || reply.status !== 200) return reply
    const [row] = await sql`select count(*)::int as n from redemptions where service_code = 'A01'`
    const html = (await reply.text()).replace('</main>', `<p>${row!.n.toLocaleString('fr')}</p></main>`)
    return new Response(html, { headers: reply.headers })
  }
  const { leaks } = await leaksOf(['funder'], { request: counted })
  expect(leaks).toEqual([expect.stringContaining('service A01')])
})

/** A multiple of five may be what a released count is rounded to. */
const unrounded = secrets.filter(({ count }) => count % 5 !== 0)

test('nor once the month is released', async () => {
  await openPeriod(sql, keyring, 2, '2026-04-01')
  clock.now = new Date('2026-04-10T09:00:00Z')
  const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
  await freezeRelease(operator, '2026-03-01')
  const { leaks } = await leaksOf(['public', 'funder', 'manager'], { sought: unrounded })
  expect(leaks).toEqual([])
  expect(await (await app.request('/donnees/2026-03/departements')).text()).toMatch(/environ \d/)

  // Venues in a priority district: sums of what was published of them, and of nothing else.
  const uses = await sql`select place, coalesce(sum(value), 0)::int as told from release_cells
    where "table" = 'R3_venue_theme_quarter' and span = '2026-Q1' and subject <> '*' group by place order by told desc`
  await sql`update venues set latitude = 45.69, longitude = -0.32 where id = ${uses[0]!.place}`
  const [commune] = await sql`select commune_code as code from venues where id = ${uses[0]!.place}`
  const outline = [
    [-0.33, 45.68],
    [-0.31, 45.68],
    [-0.31, 45.7],
    [-0.33, 45.7],
    [-0.33, 45.68],
  ]
  const properties = { code_qp: 'QN01601M', lib_qp: 'Crouin', insee_com: commune!.code }
  const district = { properties, geometry: { type: 'Polygon', coordinates: [outline] } }
  await importFacts(operator, 'qpv', Buffer.from(JSON.stringify({ features: [district] })))
  clock.now = new Date('2026-04-20T09:00:00Z')
  const page = await app.request(`/financeur/campagnes/${world.ids.campaign}`, { headers: headersOf.funder })
  clock.now = new Date('2026-04-10T09:00:00Z')
  const text = (await page.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const [, share, all] = (/environ ([\d ]+) sur ([\d ]+) /.exec(text) ?? []).map((number) =>
    Number(number.replace(/\D/g, '')),
  )
  expect([share, all]).toEqual([uses[0]!.told, uses.reduce((sum, { told }) => sum + told, 0)])
  expect(share).toBeLessThan(all!)

  // By the services of today: only what was published is added up.
  const [one, two] =
    await sql`select subject, value from release_cells where value is not null and place = '16' and span = '2026-03'
    and "table" = 'R1_department_service_month' and subject ~ '^[A-Z][0-9]' order by subject`
  await sql`update catalogue_versions set state = 'superseded'`
  const [next] = await sql`insert into catalogue_versions (number, state, published_from, created_on)
    values (99, 'published', '2026-04-02', '2026-04-01') returning id`
  await sql`insert into catalogue_themes select ${next!.id}, code, title from catalogue_themes where version_id <> ${next!.id}`
  await sql`insert into catalogue_services select (jsonb_populate_record(s, jsonb_build_object('version_id', ${next!.id}::text))).*
    from catalogue_services s where version_id <> ${next!.id}`
  await sql`update catalogue_services set retired_on = '2026-04-02', replaced_by = ${two!.subject}
    where version_id = ${next!.id} and code = ${one!.subject}`
  const merged = await (await app.request('/donnees/2026-03/departements?services=actuels')).text()
  expect(merged).toContain(`${one!.subject} + ${two!.subject}`)
  const told = [...merged.matchAll(/environ ([\d\s]+)/g)].map(([, number]) => Number(number!.replace(/\s/g, '')))
  expect(told).toContain(one!.value + two!.value)
})

/** What an organisation may read of the open months, nobody may read for ever. */
const afterSealing = unrounded.map((secret) =>
  /^venue \S+ × service/.test(secret.what) ? { ...secret, mayRead: [] } : secret,
)

test('nor once it is sealed, not even to its own venue', async () => {
  clock.now = new Date('2026-05-02T09:00:00Z')
  await sql`insert into statements (organisation_id, period_id, number, voucher_count, total_cents, netted_cents, frozen_on)
    select organisation_id, 1, 100 + row_number() over (), count(*), count(*) * 1000, 0, '2026-04-03' from redemptions group by 1 on conflict do nothing`
  await sql`insert into statement_lines (statement_id, venue_id, campaign_id, voucher_count, amount_cents)
    select s.id, venue_id, campaign_id, count(*), count(*) * 1000 from redemptions join statements s using (organisation_id, period_id) group by 1, 2, 3`
  // Without its key, since the planted uses are of no voucher.
  await sql`update periods set state = 'frozen', frozen_on = '2026-04-03', is_abandoned = true where id = 1`
  await sql`update statement_reviews set decision = 'paid', decided_on = '2026-04-03'`
  const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
  expect((await sealPeriod(operator, 1)).state).toBe('sealed')
  const readers = ['public', 'coordinator', 'otherFunder', 'funder', 'manager', 'phone'] as const
  const { leaks, read, allowed } = await leaksOf(readers, { sought: afterSealing })
  expect(leaks).toEqual([])
  expect([read > 200, allowed > 3]).toEqual([true, true])
})

test('nor in an answer to anything that is sent', async () => {
  const senders = ['public', 'coordinator', 'finance', 'funder', 'manager', 'phone'] as const
  const { leaks, read } = await leaksOf(senders, { sought: afterSealing, visits: sendAll })
  expect(leaks).toEqual([])
  expect(read).toBeGreaterThan(40)
})
