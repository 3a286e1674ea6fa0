import { describe, expect, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'

const world = await givenBooksWorld()
const { sql, people, funders, account, get, post, patch, terms, balancesOf } = world
const { givenAgreed, givenFunding, givenRequested, givenDelivered, givenOpen } = world

describe('a funder', () => {
  test('is added and changed by a coordinator; its name and SIRET are its own', async () => {
    const caf = { name: 'CAF de la Charente', kind: 'caf', siret: '356 000 000 62292' }
    const added = await post('/funders', caf)
    expect(added).toMatchObject({ status: 201, body: { siret: '35600000062292' } })
    expect(await post('/funders', { ...caf, siret: null })).toMatchObject({
      status: 409,
      body: { code: 'funder_known' },
    })
    expect((await post('/funders', { ...caf, siret: '1' })).body.code).toBe('siret_invalid')
    expect((await post('/funders', caf, people.finance)).status).toBe(403)
    expect((await patch(`/funders/${added.body.id}`, { contactEmail: 'caf@example.org' })).body).toMatchObject({
      name: caf.name,
      contactEmail: 'caf@example.org',
    })
    expect((await patch(`/funders/${added.body.id}`, { name: 'Ville' })).body.code).toBe('funder_known')
    expect((await patch(`/funders/${crypto.randomUUID()}`, { name: 'Autre' })).status).toBe(404)
  })

  test('sees itself alone', async () => {
    expect((await get('/funders', people.state)).body.items).toMatchObject([{ name: 'État' }])
    expect((await get(`/funders/${funders.city.id}`, people.state)).body.code).toBe('funder_not_found')
    expect((await get('/funders', people.auditor)).body.items.length).toBeGreaterThan(1)
    expect((await get('/funders', { headers: {} })).status).toBe(401)
    expect((await get('/funders', people.ccas)).status).toBe(403)
  })
})

test('a paying account is one of a kind', async () => {
  const { id: _id, ...details } = account
  expect((await post('/paying-accounts', details)).body.code).toBe('paying_account_known')
  expect((await post('/paying-accounts', { ...details, name: 'Autre', iban: 'FR76' })).body.code).toBe('iban_invalid')
  expect((await get('/paying-accounts', people.finance)).body.items).toHaveLength(1)
  expect((await get('/paying-accounts', people.state)).status).toBe(403)
})

describe('a draft', () => {
  test.each([
    ['too_few_books', { budgetedBooks: 49 }],
    ['face_value_not_whole_euros', { faceValueCents: 1050 }],
    ['ends_before_it_starts', { endsOn: '2026-02-28' }],
    ['funder_unknown', { funders: [{ funderId: crypto.randomUUID(), partCents: 1000 }] }],
    ['paying_account_unknown', { payingAccountId: crypto.randomUUID() }],
    ['service_unknown', { services: ['Q99'] }],
    ['venue_unknown', { venues: [crypto.randomUUID()] }],
    ['territory_unknown', { territory: [{ kind: 'epci', code: '000000000' }] }],
    ['invalid_request', { services: [] }],
    ['invalid_request', { bookSize: 51 }],
  ])('is refused as %s', async (code, change) => {
    expect(await post('/campaigns', terms(change))).toMatchObject({ status: 422, body: { code } })
  })

  test('has a name of its own and the next number', async () => {
    const given = terms()
    const { body } = await post('/campaigns', given)
    expect(body).toMatchObject({ state: 'draft', graceDays: 31, usesUntil: '2026-07-31', uploadsUntil: '2026-08-05' })
    expect((await post('/campaigns', given)).body.code).toBe('campaign_known')
    expect((await post('/campaigns', terms())).body.number).toBe(body.number + 1)
    expect((await post('/campaigns', terms(), people.finance)).status).toBe(403)
  })

  test('two drafted at once have two numbers', async () => {
    const drafts = await Promise.all([post('/campaigns', terms()), post('/campaigns', terms())])
    expect(drafts.map(({ status }) => status)).toEqual([201, 201])
    expect(drafts[0].body.number).not.toBe(drafts[1].body.number)
  })

  test('is not signed while its parts do not add up, nor by a stranger, nor twice', async () => {
    const wrong = [
      { funderId: funders.state.id, partCents: 350 },
      { funderId: funders.city.id, partCents: 649 },
    ]
    const { body: draft } = await post('/campaigns', terms({ funders: wrong }))
    const sign = (as = people.state) => post(`/campaigns/${draft.id}/signature`, undefined, as)
    expect((await sign()).body).toMatchObject({
      code: 'parts_do_not_add_up',
      facts: { partsCents: 999, faceValueCents: 1000 },
    })
    expect((await sign(people.coordinator)).status).toBe(403)
    const alone = [{ funderId: funders.city.id, partCents: 1000 }]
    await patch(`/campaigns/${draft.id}`, { funders: alone })
    expect((await sign()).body.code).toBe('campaign_not_found')
    const both = [wrong[0], { funderId: funders.city.id, partCents: 650 }]
    await patch(`/campaigns/${draft.id}`, { funders: both })
    expect((await sign()).body.state).toBe('draft')
    expect((await sign()).body.code).toBe('signed_already')
    expect((await sign(people.city)).body.state).toBe('agreed')
    expect((await sign(people.city)).body.code).toBe('campaign_is_agreed')
  })

  test('signed by both funders at once, is agreed', async () => {
    const { body: draft } = await post('/campaigns', terms())
    const sign = (as: typeof people.state) => post(`/campaigns/${draft.id}/signature`, undefined, as)
    const states = (await Promise.all([sign(people.state), sign(people.city)])).map(({ body }) => body.state)
    expect(states.sort()).toEqual(['agreed', 'draft'])
  })

  test('that is changed once agreed must be signed again by everyone', async () => {
    const agreed = await givenAgreed()
    const { body } = await patch(`/campaigns/${agreed.id}`, { graceDays: 10 })
    expect(body).toMatchObject({ state: 'draft', graceDays: 10, targetPublic: agreed.targetPublic })
    expect(body.funders.map(({ signedOn }: { signedOn: string | null }) => signedOn)).toEqual([null, null])
  })

  test('the database refuses an agreement whose parts do not add up', async () => {
    const { body } = await post('/campaigns', terms({ funders: [{ funderId: funders.state.id, partCents: 999 }] }))
    await expect(sql`update campaigns set state = 'agreed' where id = ${body.id}`).rejects.toMatchObject({
      constraint_name: 'parts_are_the_face_value',
    })
  })
})

test('a funder reads its own campaigns, and is not told of the others', async () => {
  const own = [{ funderId: funders.city.id, partCents: 1000 }]
  const { body } = await post('/campaigns', terms({ funders: own }))
  expect((await get(`/campaigns/${body.id}`, people.state)).body.code).toBe('campaign_not_found')
  expect((await get(`/campaigns/${body.id}`, people.city)).status).toBe(200)
  const idsOf = async (as: typeof people.state) =>
    (await get('/campaigns?limit=500', as)).body.items.map(({ id }: { id: string }) => id)
  expect(await idsOf(people.state)).not.toContain(body.id)
  expect(await idsOf(people.city)).toContain(body.id)
  expect(await idsOf(people.auditor)).toContain(body.id)
  expect((await get('/campaigns', people.ccas)).status).toBe(403)
  const first = (await get('/campaigns?limit=1')).body
  expect((await get(`/campaigns?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)).body.items[0].id).not.toBe(
    first.items[0].id,
  )
})

test('a list goes on after a name as long as names may be', async () => {
  const name = (letter: string) => `zz ${letter.repeat(197)}`
  for (const letter of ['a', 'b']) await post('/campaigns', terms({ name: name(letter) }))
  const after = await get(`/campaigns?limit=1&cursor=${encodeURIComponent(name('a'))}`)
  expect(after.body.items.map((campaign: { name: string }) => campaign.name)).toEqual([name('b')])
})

describe('money for a campaign', () => {
  const funding = (change: Record<string, unknown> = {}) => ({
    funderId: funders.state.id,
    amountCents: 35_000,
    reference: `VIR ${crypto.randomUUID()}`,
    proof: 'Relevé 12',
    receivedOn: '2026-03-09',
    ...change,
  })

  test('is available once recorded, and recorded once', async () => {
    const { id } = await givenAgreed()
    const given = funding()
    const recorded = await post(`/campaigns/${id}/fundings`, given, people.finance)
    expect(recorded.status).toBe(201)
    expect((await post(`/campaigns/${id}/fundings`, given)).body.id).toBe(recorded.body.id)
    expect(await balancesOf(id)).toEqual({ bank: 35_000, available: 35_000 })
    expect((await post(`/campaigns/${id}/fundings`, { ...given, amountCents: 1 })).body.code).toBe('funding_changed')
    expect((await get(`/campaigns/${id}/fundings`, people.state)).body.items).toHaveLength(1)
    expect((await patch(`/campaigns/${id}`, { graceDays: 1 })).body).toMatchObject({
      code: 'terms_are_fixed',
      facts: { because: 'funded' },
    })
  })

  test('is refused from a stranger, from the future, and for a draft', async () => {
    const { id } = await givenAgreed()
    const { body: draft } = await post('/campaigns', terms())
    const codeOf = async (campaignId: string, change: Record<string, unknown>) =>
      (await post(`/campaigns/${campaignId}/fundings`, funding(change))).body.code
    const stranger = (await post('/funders', { name: 'Entreprise', kind: 'company' })).body
    expect(await codeOf(id, { funderId: stranger.id })).toBe('not_a_funder_of_the_campaign')
    expect(await codeOf(id, { receivedOn: '2026-03-11' })).toBe('received_in_the_future')
    expect(await codeOf(draft.id, {})).toBe('campaign_is_draft')
    expect((await post(`/campaigns/${id}/fundings`, funding(), people.state)).status).toBe(403)
  })
})

describe('an opening', () => {
  test('needs an agreement, 50 books that exist, and an active box', async () => {
    const open = (id: string, as = people.coordinator) => post(`/campaigns/${id}/opening`, undefined, as)
    const { body: draft } = await post('/campaigns', terms())
    expect((await open(draft.id)).body.code).toBe('campaign_is_draft')
    const { id } = await givenAgreed()
    await givenFunding(id, 2000)
    await givenDelivered(id, 49, 49)
    expect((await open(id)).body).toMatchObject({ code: 'too_few_books', facts: { books: 49 } })
    await givenDelivered(id, 10, 10)
    expect((await open(id)).body.code).toBe('no_active_box')
    expect((await open(id, people.state)).status).toBe(403)
    expect((await open(await givenOpen())).body.code).toBe('campaign_is_open')
  })
})

describe('an open campaign', () => {
  test('keeps its terms, except by an amendment', async () => {
    const id = await givenOpen()
    for (const change of [{ name: 'Autre' }, { endsOn: '2026-07-31' }, { budgetedBooks: 300 }])
      expect((await patch(`/campaigns/${id}`, change)).body).toMatchObject({
        code: 'terms_are_fixed',
        facts: { because: 'open' },
      })
  })

  test('the database keeps its terms too', async () => {
    const id = await givenOpen()
    const kept = { constraint_name: 'an_open_campaign_keeps_its_terms' }
    await expect(sql`update campaigns set face_value_cents = 2000 where id = ${id}`).rejects.toMatchObject(kept)
    await expect(sql`update campaign_funders set part_cents = 500 where campaign_id = ${id}`).rejects.toMatchObject(
      kept,
    )
  })

  test('an ordered one keeps its terms before it is open', async () => {
    const { id } = await givenAgreed()
    await givenRequested(id)
    expect((await patch(`/campaigns/${id}`, { bookSize: 5 })).body.facts.because).toBe('ordered')
  })
})

test('context, targets and decisions are written by coordinators and read by its funders', async () => {
  const { id } = await givenAgreed()
  const target = { indicator: 'usage', target: 60, dueOn: '2026-06-01', responsible: 'Coordination' }
  expect((await post(`/campaigns/${id}/context-notes`, { body: 'Maraudes' })).status).toBe(201)
  expect((await post(`/campaigns/${id}/targets`, target)).body).toMatchObject(target)
  expect((await post(`/campaigns/${id}/decisions`, { body: 'Un atelier de plus' })).status).toBe(201)
  for (const list of ['context-notes', 'targets', 'decisions']) {
    expect((await get(`/campaigns/${id}/${list}`, people.city)).body.items).toHaveLength(1)
    expect((await post(`/campaigns/${id}/${list}`, { body: 'Non', ...target }, people.city)).status).toBe(403)
    expect((await get(`/campaigns/${crypto.randomUUID()}/${list}`)).status).toBe(404)
  }
})
