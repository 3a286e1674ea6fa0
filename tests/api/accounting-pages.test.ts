import { describeHolder } from '@carnet/api/accounting/describe-holder.ts'
import { createApp } from '@carnet/api/app.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { callFunds } from '@carnet/api/treasury/call-funds.ts'
import { afterAll, expect, test } from 'vitest'
import { givenMember } from '../helpers/members.ts'
import { pageReader } from '../helpers/pages.ts'
import { givenPayoutWorld } from '../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, url, db, keyring, clock, payingAccountId } = world
const now = () => clock.now
const scanning = createScanning({ url, prepare: true, db, keyring, now, mode: 'demo', generation: keyring.generation })
afterAll(scanning.close)
const app = createApp({ db, keyring, now, mode: 'demo', scanning: scanning.parts, publicUrl: 'http://localhost:8080' })
const { read } = pageReader(app)
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
const campaign = await world.givenOpenCampaign(10)
const { funderId } = campaign.parts[0]!
const funder = await givenMember(sql, 'funder', funderId)

test('a call is invoiced on a page, once; an auditor reads, a funder is kept out', async () => {
  const call = await callFunds(world.coordinator, campaign.id, { funderId, amountCents: cents(5000) })
  await sql`update funders set kind = 'company' where id = ${funderId}`
  await describeHolder(world.coordinator, payingAccountId, {
    ...{ siret: '73282932000074', address: '1 rue du Pont', vatMention: 'TVA non calculée' },
  })
  const issue = (as = coordinator) =>
    app.request(`/coordination/comptes/${call.id}`, {
      method: 'POST',
      body: 'serviceCode=SOLID&commitmentNumber=',
      headers: {
        ...as.headers,
        ...{ 'content-type': 'application/x-www-form-urlencoded', 'content-length': '35', accept: 'text/html' },
      },
    })
  expect((await read('/coordination/comptes', coordinator)).html).toContain(call.reference)
  expect((await read('/coordination/comptes', auditor)).html).not.toContain('name="serviceCode"')
  expect((await issue(auditor)).status).toBe(403)
  expect((await issue()).status).toBe(303)
  expect((await issue()).status).toBe(409)
  const page = await read('/coordination/comptes', auditor)
  expect(page.html).toContain('F2026-0001')
  expect(page.html).toContain(`/api/v1/paying-accounts/${payingAccountId}/journal`)
  const [invoice] = await sql`select service_code, commitment_number from invoices`
  expect(invoice).toMatchObject({ service_code: 'SOLID', commitment_number: null })
  expect((await app.request('/coordination/comptes', { headers: funder.headers })).status).toBe(403)
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
