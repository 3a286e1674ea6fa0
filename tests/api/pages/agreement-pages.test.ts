import { endCampaigns } from '@carnet/api/campaigns/end-campaigns.ts'
import { settleEndings } from '@carnet/api/endings/settle-endings.ts'
import { takeEndingSteps } from '@carnet/api/endings/take-ending-steps.ts'
import { expect, onTestFinished, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'
import { pageReader } from '../../helpers/pages.ts'

const { app, sql, clock, people, operator, funders, get, post, terms, givenOpen, givenFunderMember } =
  await givenBooksWorld()
const { read, send } = pageReader(app)
const { coordinator, state, city, ccas, finance } = people
const pageOf = (id: string) => `/financeur/campagnes/${id}`
const travelTo = (day: string) => {
  clock.now = new Date(`${day}T09:00:00Z`)
}
const html = async (path: string, as = state) => (await read(path, as)).html

test('the agreement is signed on the page by each of its funders, once; before that it waits at the top of their pages', async () => {
  const { id } = (await post('/campaigns', terms())).body
  const at = `${pageOf(id)}/accords`
  for (const page of ['/financeur', pageOf(id)]) expect(await html(page)).toContain(`href="${at}#convention"`)
  expect((await read(at, state)).text).toContain('Signer la convention')
  for (const reader of [coordinator, finance]) expect(await html(at, reader)).not.toContain(`${at}/signature`)
  expect((await send(`${at}/signature`, coordinator)).status).toBe(403)
  expect((await send(`${at}/signature`, await givenFunderMember())).status).toBe(404)
  expect(await send(`${at}/signature`, state)).toMatchObject({ status: 303, location: at })
  expect((await send(`${at}/signature`, state)).status).toBe(422)
  expect(await html(pageOf(id))).not.toContain('#convention')
  await send(`${at}/signature`, city)
  expect((await get(`/campaigns/${id}`)).body.state).toBe('agreed')
})

test('an amendment is proposed, refused where it must be, signed and withdrawn on the page; its calls show there', async () => {
  const id = await givenOpen()
  const at = `${pageOf(id)}/accords`
  expect((await read(at, await givenFunderMember())).status).toBe(404)
  expect((await read(at, ccas)).status).toBe(403)
  expect((await read(at, state)).text).not.toContain('Proposer un avenant')

  const asked = { kind: 'top_up', budgetedBooks: '150', endsOn: '', reason: 'Le stock s’épuise' }
  const again = await send(`${at}/avenants`, coordinator, asked)
  expect(again).toMatchObject({ status: 422 })
  expect(again.text).toContain('Le budget ne peut qu’augmenter')
  for (const change of [
    { reason: '' },
    { budgetedBooks: 'x' },
    { kind: 'extension' },
    { kind: 'extension', endsOn: 'x' },
    { kind: 'extension', endsOn: '9999-12-31' },
  ])
    expect((await send(`${at}/avenants`, coordinator, { ...asked, ...change })).status).toBe(422)
  expect((await send(`${at}/avenants`, coordinator, { ...asked, budgetedBooks: '300' })).location).toBe(at)

  expect(await html(at)).not.toContain('/accords/signature')
  const [signing] = [...(await html(at)).matchAll(/action="([^"]+\/signature)"/g)].map(([, action]) => action!)
  expect((await read(at, state)).text).toContain('Budget porté à 300 carnets')
  for (const signer of [state, city]) expect((await send(signing!, signer)).status).toBe(303)
  expect((await send(signing!, state)).status).toBe(422)
  const paid = (await read(at, coordinator)).text
  expect(paid).toContain('Signé par tous')
  expect(paid.match(/Attendu/g)).toHaveLength(2)

  const late = { ...asked, kind: 'extension', budgetedBooks: '', endsOn: '2026-09-30' }
  await send(`${at}/avenants`, coordinator, late)
  const [withdrawal] = [...(await html(at, coordinator)).matchAll(/action="([^"]+\/retrait)"/g)].map(
    ([, action]) => action!,
  )
  expect((await send(withdrawal!, coordinator)).status).toBe(303)
  expect((await get(`/campaigns/${id}`)).body).toMatchObject({ budgetedBooks: 300, endsOn: '2026-06-30' })

  const call = { funderId: funders.city.id, amount: '1 234,50' }
  expect((await send(`${at}/appel`, coordinator, { ...call, amount: 'beaucoup' })).status).toBe(422)
  expect((await send(`${at}/appel`, coordinator, { ...call, funderId: 'x' })).status).toBe(404)
  expect((await send(`${at}/appel`, coordinator, call)).status).toBe(303)
  expect((await read(at, city)).text).toContain('1 234,50 €')
  expect((await read(at, state)).text).not.toContain('1 234,50 €')
  onTestFinished(() => travelTo('2026-03-10'))
  travelTo('2026-04-10')
  expect((await read(pageOf(id), city)).text).toContain('devait être versé au plus tard le 09/04/2026')
  expect((await send(`${at}/seuil`, coordinator, { percent: '101' })).status).toBe(422)
  expect((await send(`${at}/seuil`, coordinator, { percent: '20' })).status).toBe(303)
})

test('a refund is proposed by one person and refused or approved by another, on the page', async () => {
  const id = await givenOpen()
  const at = `${pageOf(id)}/accords`
  const order = { funderId: funders.state.id, source: 'available', toCampaignId: '', amount: '100', reason: 'En trop' }
  expect((await send(`${at}/ordres`, coordinator, { ...order, reference: 'a' })).status).toBe(422)
  for (const wrong of [{ toCampaignId: 'x' }, { funderId: 'x' }])
    expect((await send(`${at}/ordres`, coordinator, { ...order, ...wrong, reference: 'VIR 0' })).status).toBe(404)
  for (const reference of ['VIR 1', 'VIR 2'])
    expect((await send(`${at}/ordres`, coordinator, { ...order, reference })).status).toBe(303)
  expect(await html(at, coordinator)).not.toMatch(/accords\/ordres\/[0-9a-f-]{36}/)
  const decisions = [...(await html(at, finance)).matchAll(/action="([^"]+\/ordres\/[0-9a-f-]{36})"/g)].map(
    ([, to]) => to!,
  )
  expect(decisions).toHaveLength(2)
  expect((await send(decisions[0]!, finance, { decision: 'approve' })).status).toBe(303)
  expect((await send(decisions[1]!, finance, { decision: 'refuse' })).status).toBe(303)
  const [left] = await sql`
    select balance_cents::int as cents from ledger_accounts where kind = 'available' and campaign_id = ${id} and funder_id = ${funders.state.id}`
  expect(left!.cents).toBe(175_000 - 10_000)
  expect((await read(at, state)).text).toContain('Rendre au financeur')
})

test('the end is followed and signed on pages: by the prescriber, the funders and the coordination', async () => {
  onTestFinished(() => travelTo('2026-03-10'))
  const id = await givenOpen()
  const at = `${pageOf(id)}/fin`
  const [box] = await sql`select first_cover from boxes where campaign_id = ${id}`
  const first = box!.first_cover as number
  expect((await read('/prescripteur', ccas)).text).not.toContain('Ne remettez plus de carnets')
  expect((await read(at, state)).text).not.toContain('J’approuve cette liste')

  travelTo('2026-06-16')
  await takeEndingSteps(operator)
  expect((await read('/prescripteur', ccas)).text).toContain('Ne remettez plus de carnets')
  const leftovers = `/prescripteur/restants/${id}`
  expect((await send(leftovers, ccas, { covers: 'douze' })).status).toBe(422)
  expect((await send(leftovers, ccas, { covers: `${first + 49}-${first + 60}` })).text).toContain('ne sont pas')
  expect((await send(leftovers, ccas, { covers: `${first + 48}-${first + 49}` })).location).toBe(leftovers)
  expect((await read(leftovers, ccas)).text).toContain(`${first + 48}–${first + 49}`)

  const [, sha256 = ''] = /name="sha256" value="([0-9a-f]{64})"/.exec(await html(at)) ?? []
  for (const signer of [state, city]) expect((await send(`${at}/blocage`, signer, { sha256 })).status).toBe(303)
  expect((await send(`${at}/blocage`, state, { sha256: 'x' })).status).toBe(409)
  travelTo('2026-06-24')
  await takeEndingSteps(operator)
  expect((await send(`${at}/tardives`, state)).status).toBe(303)
  const seen = (await read(at, state)).text
  for (const said of ['Fait le 16/06/2026', '2 carnets à bloquer', 'État, le 24/06/2026', 'signatures attendues : 1'])
    expect(seen).toContain(said)
  expect((await read(pageOf(id), state)).text).toContain('Fait le 16/06/2026')

  travelTo('2026-06-30')
  expect((await read('/prescripteur', ccas)).text).toContain('J’ai remis un carnet')
  travelTo('2026-07-01')
  const over = (await read('/prescripteur', ccas)).text
  expect(over).toContain('Écrire le nombre du mois')
  expect(over).not.toContain('J’ai remis un carnet')

  travelTo('2026-08-06')
  await endCampaigns(operator)
  await settleEndings(operator)
  const [statement = ''] = /\/financeur\/campagnes\/[0-9a-f-]+\/etat\/[0-9a-f-]+/.exec(await html(at)) ?? []
  expect((await read(statement, city)).status).toBe(404)
  const [, hash = ''] = /name="sha256" value="([0-9a-f]{64})"/.exec(await html(statement)) ?? []
  for (const signer of [state, coordinator]) expect((await send(statement, signer, { sha256: hash })).status).toBe(303)
  const signed = (await read(statement, state)).text
  expect(signed).toContain('Signé pour la coordination par')
  expect(signed).toContain('Signé pour le financeur par')
  expect(signed).not.toContain('À vous de signer')
})
