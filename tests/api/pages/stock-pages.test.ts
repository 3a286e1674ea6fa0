import { expect, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'

const world = await givenBooksWorld()
const { app, sql, people, ccas, get, post, givenAgreed, givenFunding, givenGenerated, givenOpen, boxesOf } = world
const { read, send } = pageReader(app)
const auditor = people.auditor

test('a box has a sheet: sent, received in part, activated and revoked from it', async () => {
  const { id: campaignId } = await givenAgreed()
  await givenFunding(campaignId, 1000)
  const run = await givenGenerated(campaignId)
  const [box] = await boxesOf(run.id)
  const path = `/colis/${box.id}`
  const refused = await send(`${path}/envoi`, people.coordinator, { prescriberId: ccas.id })
  expect(refused).toMatchObject({ status: 422, text: expect.stringContaining('fichier') })
  await post(`/print-runs/${run.id}/receipt`)
  expect((await send(`${path}/envoi`, people.coordinator, { prescriberId: ccas.id })).location).toBe(
    `${path}?fait=colis-envoye`,
  )
  const sheet = await read(path, people.ccas)
  expect(sheet.text).toMatch(/1–50.*500.*5 000 €.*CCAS/)
  expect(sheet.html).toContain('<svg')
  expect((await read(path, people.coordinator)).text).toContain('Une autre personne doit dire')
  for (const [books, covers, code] of [
    ['48', '', 'dites quels numéros'],
    ['48', '1-47', 'ne font pas le nombre'],
    ['50', 'abc', '1-19, 23-50'],
  ])
    expect((await send(`${path}/reception`, people.ccas, { books: books!, covers: covers! })).text).toContain(code)
  await send(`${path}/reception`, people.ccas, { books: '48', covers: '1-40, 43-50' })
  const [gap] = (await get(`/boxes/${box.id}`)).body.gaps
  expect((await read(path, people.coordinator)).text).toMatch(/Manquants.*Échantillon lu : 0 sur 3/)
  await send(`${path}/manquants/${gap.id}/perte`, people.coordinator)
  await sql`update boxes set good_samples = 3 where id = ${box.id}`
  expect((await read(path, people.coordinator)).text).toContain('Activer 48 carnets')
  expect((await send(`${path}/activation`, people.coordinator)).status).toBe(303)
  expect((await read(path, auditor)).text).toMatch(/1–40, 43–50.*Perdus/)
  expect((await read(`${path}/revocation`, people.coordinator)).text).toContain('4 800 €')
  expect((await read(`${path}/revocation`, people.ccas)).status).toBe(403)
  expect((await read(path, await world.givenPrescriberMember())).status).toBe(404)
  expect((await read('/colis', people.ccas)).text).toContain('Colis 1')
  expect((await read('/colis?etat=printed', people.coordinator)).text).not.toContain('Colis 1 ')
  expect((await read('/colis.csv', people.finance)).type).toContain('text/csv')
  expect((await send(`${path}/revocation`, people.coordinator)).location).toBe(`${path}?fait=colis-revoque`)
  expect((await read(path, people.state)).text).toContain('Révoqué')
})

test('a prescriber counts, replaces, asks and gives back on its own pages', async () => {
  const campaignId = await givenOpen()
  const home = async () => (await read('/prescripteur', people.ccas)).text
  const form = { campaignId }
  await send('/prescripteur/remises', people.ccas, { ...form, books: '1' })
  await send('/prescripteur/mois', people.ccas, { ...form, month: '2026-03-01', total: '12' })
  await send('/prescripteur/remises', people.ccas, { ...form, books: '-1' })
  expect(await home()).toContain('11 en mars 2026')
  expect((await send('/prescripteur/mois', people.ccas, { ...form, month: '2026-03-01', total: 'x' })).text).toContain(
    'nombre entier',
  )
  expect((await send('/prescripteur/mois', people.ccas, { ...form, month: '2026-03-01', total: '99' })).status).toBe(
    422,
  )
  for (const month of ['', '2026-13', '9999-12'])
    expect((await send('/prescripteur/mois', people.ccas, { ...form, month, total: '3' })).status).toBe(422)
  const replaced = await send('/prescripteur/remplacement', people.ccas, { ...form, cover: '9', reason: 'lost' })
  expect(replaced.location).toBe('/prescripteur?fait=remplacement')
  expect((await read('/prescripteur?fait=remplacement', people.ccas)).text).toContain('le remplacement est compté')
  expect((await send('/prescripteur/remplacement', people.ccas, { ...form, cover: '60' })).status).toBe(422)
  await send('/prescripteur/demande', people.ccas, { ...form, wanted: '20' })
  expect((await send('/prescripteur/demande', people.ccas, { ...form, wanted: '20' })).text).toContain('attend déjà')
  expect(await home()).toMatch(/20 carnets de .*En attente/)
  const [request] = (await get('/book-requests', people.ccas)).body.items
  expect((await read('/colis', people.second)).text).toContain('Accepter')
  await send(`/demandes/${request.id}/oui`, people.second)
  expect(await home()).toContain('Acceptée')

  const shelf = `/stock/${campaignId}/${ccas.id}`
  expect((await read(shelf, people.ccas)).text).toMatch(/Restent en stock 38.*Remplacements 1/)
  expect((await send(`${shelf}/mouvement`, people.ccas, { firstCover: '50', lastCover: '10' })).status).toBe(422)
  expect((await send(`${shelf}/mouvement`, people.ccas, { firstCover: '46', lastCover: '50' })).location).toBe(
    `${shelf}?fait=mouvement`,
  )
  const own = `/stock/${campaignId}/campagne`
  expect((await read(own, people.coordinator)).text).toContain('En route depuis CCAS')
  expect((await read(own, people.ccas)).status).toBe(404)
  const [move] = (await get(`/stock-moves?campaignId=${campaignId}`)).body.items
  expect((await send(`/stock/mouvements/${move.id}/reception`, people.coordinator)).location).toBe(
    `${own}?fait=mouvement-recu`,
  )
  const counted = await send(`${own}/comptage`, people.coordinator, { covers: '46-48, 60' })
  expect(counted.text).toMatch(/Il en manque 2.*60.*49–50/)
  expect((await read(own, people.coordinator)).text).toMatch(/3 comptés, 5 attendus/)
  const other = (await post('/prescribers', { name: 'Maraude' })).body
  await send(`${own}/mouvement`, people.coordinator, { firstCover: '46', lastCover: '47', to: other.id })
  const atOther = await givenMember(sql, 'prescriber', other.id)
  expect((await read('/prescripteur', atOther)).text).toContain('2 carnets, couvertures 46–47')
  const [sent] = (await get(`/stock-moves?campaignId=${campaignId}`)).body.items.filter(
    (item: { receivedOn: string | null }) => item.receivedOn === null,
  )
  expect((await send(`/stock/mouvements/${sent.id}/reception`, atOther)).location).toBe(
    `/stock/${campaignId}/${other.id}?fait=mouvement-recu`,
  )
  for (const reader of [people.coordinator, people.finance, people.state])
    expect((await read('/stock', reader)).text).toContain('Maraude')
  expect((await read('/stock', people.ccas)).status).toBe(403)
  expect((await read('/stock.csv', people.state)).type).toContain('text/csv')
})

test('a stop order says what it will do before it does, and a coordinator lifts it', async () => {
  const campaignId = await givenOpen()
  const form = { campaignId, firstCover: '3', lastCover: '6', reason: 'stolen', where: 'stock', askedBy: 'funder' }
  const ask = async (change: Record<string, string> = {}, as = people.coordinator) =>
    read(`/oppositions/nouvelle?${new URLSearchParams({ ...form, ...change })}`, as)
  expect((await ask()).text).toMatch(/4 carnets seront refusés partout.*CCAS.*Volé/)
  expect((await ask({ lastCover: '60' })).text).toContain('n’existent pas')
  expect((await ask({ firstCover: 'x' })).status).toBe(422)
  expect((await ask({}, people.finance)).status).toBe(403)
  expect((await read('/oppositions/nouvelle', people.ccas)).text).not.toContain('À la demande de')
  const { location } = await send('/oppositions', people.coordinator, form)
  expect((await read(location!, people.coordinator)).text).toContain('L’opposition est en place')
  expect((await read('/oppositions?fait=toString', people.coordinator)).status).toBe(200)
  expect((await ask({ firstCover: '6', lastCover: '7', where: 'handed' })).text).toContain('1 le sont déjà')
  expect((await send('/oppositions', people.coordinator, { ...form, firstCover: '5' })).status).toBe(422)
  const list = await read('/oppositions', people.ccas)
  expect(list.text).toMatch(/3–6.*Volé.*Un financeur/)
  expect(list.text).not.toContain('Débloquer')
  const { items } = (await get(`/stop-orders?campaignId=${campaignId}`)).body
  expect((await send(`/oppositions/${items[0].id}/levee`, people.coordinator)).status).toBe(303)
  expect((await read('/oppositions?etat=live', people.coordinator)).text).not.toContain('3–6')
  expect((await read('/oppositions.csv', auditor)).type).toContain('text/csv')
})

test('the state of unused value is a sheet of a day', async () => {
  await givenOpen()
  const sheet = await read('/valeurs-inactives?jour=2026-03-10', people.city)
  expect(sheet.text).toMatch(/Au 10\/03\/2026.*jusqu’au 28\/02\/2026.*dont votre part/)
  expect((await read('/valeurs-inactives?jour=2026-03-01', people.finance)).text).toContain('Aucune valeur en stock')
  expect((await read('/valeurs-inactives.csv?jour=2026-03-10', people.city)).type).toContain('text/csv')
  expect((await read('/valeurs-inactives', people.ccas)).status).toBe(403)
})
