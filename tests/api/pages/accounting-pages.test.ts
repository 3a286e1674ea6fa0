import { createApp } from '@carnet/api/app.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { callFunds } from '@carnet/api/treasury/call-funds.ts'
import { afterAll, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPayoutWorld } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, url, db, keyring, clock, payingAccountId } = world
const now = () => clock.now
const scanning = createScanning({ url, prepare: true, db, keyring, now, mode: 'demo', generation: keyring.generation })
afterAll(scanning.close)
const app = createApp({ db, keyring, now, mode: 'demo', scanning: scanning.parts, publicUrl: 'http://localhost:8080' })
const { read, send } = pageReader(app)
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
const approver = await givenMember(sql, 'finance_approver')
const campaign = await world.givenOpenCampaign(10)
const { funderId } = campaign.parts[0]!
const funder = await givenMember(sql, 'funder', funderId)

const root = '/coordination/comptes'
const holder = { siret: '732 829 320 00074', address: '1 rue du Pont', vatMention: 'TVA non calculée' }

test('a call is invoiced on a page once somebody said who invoices; an auditor reads, a funder is kept out', async () => {
  const call = await callFunds(world.coordinator, campaign.id, { funderId, amountCents: cents(5000) })
  await sql`update funders set kind = 'company' where id = ${funderId}`
  expect((await read(root, coordinator)).text).toContain('personne ne facture encore')
  const issue = (form: Record<string, string> = {}, as = coordinator) => send(`${root}/appels/${call.id}`, as, form)
  expect((await issue()).text).toContain('Dites d’abord qui tient ce compte')

  const describe = (form: Record<string, string>, as = coordinator) =>
    send(`${root}/titulaires/${payingAccountId}`, as, form)
  expect(await describe({ ...holder, siret: '1' })).toMatchObject({
    status: 422,
    text: expect.stringContaining('SIRET – Le numéro'),
  })
  expect((await describe({ ...holder, address: '' })).text).toContain('Il manque quelques mots')
  expect((await describe(holder, auditor)).status).toBe(403)
  expect((await describe(holder)).location).toBe(root)
  expect((await read(`${root}/titulaires/${payingAccountId}`, coordinator)).html).toContain('1 rue du Pont')

  expect((await read(root, coordinator)).html).toContain(call.reference)
  expect((await read(root, auditor)).html).not.toContain(`${root}/appels/`)
  expect((await issue({ fee: '12,505' })).text).toContain('deux décimales')
  expect((await issue({}, auditor)).status).toBe(403)
  const made = await issue({ serviceCode: 'SOLID', commitmentNumber: '', fee: '120,50' })
  expect(made.status).toBe(303)
  expect(await issue()).toMatchObject({ status: 422, text: expect.stringContaining('déjà sa facture') })
  const page = await read(root, auditor)
  expect(page.html).toContain('F2026-0001')
  expect(page.html).toContain(`/api/v1/paying-accounts/${payingAccountId}/journal`)
  const [invoice] = await sql`select service_code, commitment_number, fee_cents::int, amount_cents::int from invoices`
  expect(invoice).toEqual({ service_code: 'SOLID', commitment_number: null, fee_cents: 12_050, amount_cents: 17_050 })
  expect((await read(root, funder)).status).toBe(403)
})

test('an invoice is credited on its page by the approver alone, and no more than is left of it', async () => {
  const [{ id } = { id: '' }] = await sql<{ id: string }[]>`select id from invoices`
  const path = `${root}/factures/${id}`
  expect((await read(path, coordinator)).html).not.toContain('/avoir"')
  expect((await read(path, approver)).html).toContain(`${path}/avoir`)
  const credit = (amount: string, as = approver) =>
    send(`${path}/avoir`, as, { amount, reason: 'Trop demandé', expiry: 'yes' })
  expect((await credit('50', coordinator)).status).toBe(403)
  expect((await credit('170,51')).text).toContain('dépasse ce qui reste')
  expect((await credit('-1')).text).toContain('deux décimales')
  const note = await credit('50')
  expect((await read(note.location!, auditor)).text).toContain('Sur la facture F2026-0001')
  const page = await read(path, approver)
  expect(page.text).toContain('Reste à créditer au plus : 120,50 €')
  expect(page.text).toContain('−50,00 €')
  expect(await sql`select is_for_expiry from invoices where kind = 'credit_note'`).toEqual([{ is_for_expiry: true }])
  const list = await read(`${root}?document=credit_note`, coordinator)
  expect([list.html.includes('A2026-0001'), list.html.includes('F2026-0001')]).toEqual([true, false])
  const file = await read(`${root}.csv`, coordinator)
  expect(file.text).toMatch(/A2026-0001;Avoir;2026-03-10;.*;50,00;0,00;SOLID;/)
})

test('a funder reads its own calls, invoices and year, and nobody else’s', async () => {
  const papers = await read('/financeur/factures', funder)
  for (const told of ['F2026-0001', 'A2026-0001']) expect(papers.html).toContain(told)
  expect(papers.text).toContain('Il reste 50,00 € à verser')
  expect((await read('/financeur/factures.csv', funder)).text).toContain('F2026-0001;Facture;')
  const stranger = await givenMember(sql, 'funder', campaign.parts[1]!.funderId)
  expect((await read('/financeur/factures', stranger)).html).not.toContain('F2026-0001')
  expect((await read('/financeur/factures', coordinator)).status).toBe(403)

  clock.now = new Date('2026-03-12T09:00:00Z')
  const year = await read('/financeur/compte-annuel', funder)
  expect(year.text).toContain('Solde de clôture 33,30 €')
  expect(year.text).toContain('frais de l’opérateur facturés 120,50 €')
  expect((await read('/financeur/compte-annuel?annee=2027', funder)).status).toBe(422)
  expect((await read('/financeur/compte-annuel?annee=x', funder)).status).toBe(422)
  expect((await read(`/financeur/compte-annuel?financeur=${funderId}`, auditor)).text).toContain(
    'Solde de clôture 33,30 €',
  )
  expect((await read('/financeur/compte-annuel', auditor)).status).toBe(404)
  const theirs = await read(`/financeur/compte-annuel?financeur=${funderId}`, stranger)
  expect(theirs.text).not.toContain('120,50')
  expect((await read('/financeur/compte-annuel.pdf', funder)).type).toBe('application/pdf')
  expect((await read('/financeur/compte-annuel.csv', funder)).text).toMatch(/;0,00;33,30;/)

  const path = `/api/v1/funders/${funderId}/annual-account`
  const asJson = async (query: string, { headers }: typeof funder) =>
    (await app.request(path + query, { headers })).json()
  const sums = { closingCents: 3330, feesCents: 12_050 }
  for (const account of [await asJson('', funder), await asJson('?year=2026', auditor)])
    expect(account).toMatchObject({
      ...{ funder: { id: funderId }, year: 2026, from: '2026-01-01', until: '2026-03-11' },
      ...{ campaigns: [{ campaignId: campaign.id, ...sums }], whole: sums },
    })
  expect(await asJson('?year=2027', funder)).toMatchObject({ status: 422, code: 'year_not_told' })
  expect(await asJson('', stranger)).toMatchObject({ status: 404, code: 'funder_not_found' })
})

test('a funder works out what it pays and what comes back, and what is wrong is told beside its field', async () => {
  const text = (html: string) => html.replace(/[\u202f\u00a0]/g, ' ')
  const sound = await read(
    '/financeur/simulateur?books=500&bookSize=10&faceEuros=10&statePercent=35&usedPercent=38',
    funder,
  )
  expect(text(sound.html)).toContain('17 500,00 €')
  expect(text(sound.html)).toContain('20 150,00 €')
  const wrong = await read('/financeur/simulateur?statePercent=66&books=%22%3E', funder)
  expect(wrong.html.match(/aria-invalid="true"/g)).toHaveLength(2)
  expect(wrong.html).not.toContain('value="">')
  expect(text(wrong.html)).not.toContain('<table')
})
