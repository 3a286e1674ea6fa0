import { createApp } from '@carnet/api/app.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { addDays, lastDayOfMonth } from '@carnet/api/shared/days.ts'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { givenMember, givenSession, sessionHeaders } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPayoutWorld } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, url, db, keyring, clock, payEverything, givenStatement, givenOpenCampaign, organisations } = world
const now = () => clock.now
const scanning = createScanning({ url, prepare: true, db, keyring, now, mode: 'demo', generation: keyring.generation })
afterAll(scanning.close)
const app = createApp({ db, keyring, now, mode: 'demo', scanning: scanning.parts, publicUrl: 'http://localhost:8080' })
const { read, send } = pageReader(app)

const camille = await givenMember(sql, 'coordinator')
const driss = await givenMember(sql, 'coordinator')
const elise = await givenMember(sql, 'finance_approver')
const henri = await givenMember(sql, 'auditor')
const [someFunder] =
  await sql`insert into funders (name, kind, created_on) values ('Lectrice', 'commune', '2026-01-01') returning id`
const funder = await givenMember(sql, 'funder', someFunder!.id)
const pages = ['', '/remises', '/mois', '/lieux', '/attente/box_on_its_way', '/attente/bank_account']

describe('the pages of the coordination', () => {
  test('are for those who serve the scheme; the auditor reads and finds no button', async () => {
    for (const path of pages) {
      expect((await read(`/coordination${path}`, { headers: {} })).status, path).toBe(401)
      expect((await read(`/coordination${path}`, funder)).status, path).toBe(403)
      for (const reader of [camille, elise, henri])
        expect((await read(`/coordination${path}`, reader)).status, path).toBe(200)
      expect((await read(`/coordination${path}`, henri)).html, path).not.toMatch(
        /<form method="post" action="\/coordination/,
      )
    }
  })

  test('have every list as a file', async () => {
    for (const path of ['remises', 'mois', 'lieux', 'attente/qualification'])
      expect((await read(`/coordination/${path}.csv`, henri)).type, path).toContain('text/csv')
  })
})

describe('an organisation without a SIRET', () => {
  test('is completed by a coordinator, and each mistake stands beside its field', async () => {
    const [{ id }] = (await sql`insert into organisations (legal_name, created_on) values ('Sans numéro', '2026-01-01')
      returning id`) as unknown as [{ id: string }]
    onTestFinished(async () => void (await sql`delete from organisations where id = ${id}`))
    const page = `/coordination/structures/${id}`
    expect((await read('/coordination/structures?q=Sans+num', camille)).html).toContain(`href="${page}"`)
    expect((await read('/coordination/structures?q=Sans+num', henri)).html).not.toContain(page)
    expect((await read(page, henri)).status).toBe(403)
    expect((await send(page, elise, { legalName: 'Autre', siret: '13002526500013' })).status).toBe(403)
    for (const [form, says] of [
      [{ legalName: 'Sans numéro', siret: '13002526500014' }, 'Le numéro SIRET comporte une erreur'],
      [{ legalName: '', siret: '13002526500013' }, 'nom'],
    ] as const)
      expect(await send(page, camille, form)).toMatchObject({ status: 422, text: expect.stringContaining(says) })
    expect(await send(page, camille, { legalName: 'Avec numéro', siret: '130 025 265 00013' })).toMatchObject({
      status: 303,
      location: `${page}?fait=structure`,
    })
    expect((await read(`${page}?fait=structure`, camille)).html).toContain('value="13002526500013"')
    expect((await read('/coordination/structures/00000000-0000-4000-8000-000000000000', camille)).status).toBe(404)
  })
})

describe('what waits', () => {
  const insertBox = async (state: string, on: string, sentBy: string) => {
    const campaign = await givenOpenCampaign()
    const [run] =
      await sql`insert into print_runs (campaign_id, state, book_count, books_per_box, age_recipient, requested_by, requested_on, approved_by, kid, artefact_sha256)
      values (${campaign.id}, 'printed', 10, 10, 'age1', ${sentBy}, ${on}, ${driss.personId}, 1, '\\x01') returning id`
    const [box] =
      await sql`insert into boxes (print_run_id, campaign_id, number, first_cover, last_cover, state, dispatched_on, dispatched_by)
      values (${run!.id}, ${campaign.id}, 1, 5001, 5010, ${state}, ${on}, ${sentBy}) returning id`
    onTestFinished(async () => {
      await sql`delete from boxes where id = ${box!.id}`
      await sql`delete from print_runs where id = ${run!.id}`
    })
    return box!.id as string
  }

  test('never leaves the list by age', async () => {
    await insertBox('dispatched', '2019-05-02', camille.personId)
    const { text } = await read('/coordination', camille)
    expect(text).toMatch(/Colis sans accusé de réception 10 carnets, 100 €.*Depuis 2504 jours déjà/)
    const list = await read('/coordination/attente/box_on_its_way', camille)
    expect(list.text).toContain('02/05/2019')
  })

  test('is done by somebody else than who began it, and then it is gone', async () => {
    const id = await insertBox('dispatched', '2026-03-01', camille.personId)
    const act = `/coordination/attente/box_on_its_way/${id}`
    expect((await read('/coordination/attente/box_on_its_way', driss)).html).toContain(`action="${act}"`)
    const alone = await send(act, camille)
    expect([alone.status, alone.text]).toEqual([403, expect.stringMatching(/Rien n’a été fait.*Une autre personne/s)])
    expect((await send(act, henri)).status).toBe(403)
    expect(await send(act, driss)).toMatchObject({
      status: 303,
      location: '/coordination/attente/box_on_its_way?fait=colis-recu',
    })
    expect((await send(act, driss)).status).toBe(303)
    expect((await read('/coordination', driss)).text).toContain('Colis dont trois chèques sont à essayer')
  })

  test('tells of a bank account and of an application', async () => {
    const [first] = organisations
    const [account] =
      await sql`insert into bank_accounts (organisation_id, iban, bic, holder_name, submitted_by, submitted_at)
      values (${first!.id}, 'FR1420041010050500013M02606', 'PSSTFRPP', 'Nouvelle', ${camille.personId}, '2026-03-02') returning id`
    await sql`insert into venue_qualifications (venue_id, state, valid_from) values (${first!.venueId}, 'applied', '2026-03-02')`
    const { text } = await read('/coordination', camille)
    expect(text).toMatch(/Demandes de qualification.*Depuis 8 jours déjà : Lieu 1/)
    expect(text).toContain('Comptes bancaires à vérifier')
    expect((await send(`/coordination/attente/bank_account/${account!.id}`, camille)).status).toBe(403)
    const stale = await givenSession(sql, elise.membershipId, { authenticatedAt: new Date('2026-01-01') })
    const later = await send(`/coordination/attente/bank_account/${account!.id}`, { headers: sessionHeaders(stale) })
    expect([later.status, later.location]).toEqual([303, expect.stringMatching(/^\/connexion\?to=/)])
    expect(await send(`/coordination/attente/bank_account/${account!.id}`, elise)).toMatchObject({
      status: 303,
      location: '/coordination/attente/bank_account?fait=compte-verifie',
    })
    expect((await read('/coordination', camille)).text).not.toContain('Comptes bancaires à vérifier')
    expect((await read('/coordination/lieux?etat=applied', camille)).text).toContain('Lieux : 1 ')
    expect((await read('/coordination/lieux?q=LIEU+2', camille)).text).toMatch(/Lieux : 1 .*Lieu 2/)
  })

  test('shows each invariant, and an alarm above everything', async () => {
    expect((await read('/coordination', henri)).text).toMatch(/\d+ contrôles tiennent/)
    await sql`alter table ledger_accounts disable trigger user`
    const [broken] = await sql`update ledger_accounts set balance_cents = balance_cents + 1
      where id = (select id from ledger_accounts where kind = 'available' limit 1) returning id`
    const { text } = await read('/coordination', henri)
    await sql`update ledger_accounts set balance_cents = balance_cents - 1 where id = ${broken!.id}`
    await sql`alter table ledger_accounts enable trigger user`
    expect(text).toMatch(/Contrôles qui ne tiennent pas\s: \d+ Arrêtez les paiements/)
    expect(text).toContain('La clé du mois n° 1 manque')
  })
})

describe('a payment batch', () => {
  test('says what to look at before an approval, and lets a line be taken out with a reason', async () => {
    await payEverything()
    await sql`update bank_accounts set valid_from = '2026-03-01' where organisation_id = ${world.third.id} and state = 'verified'`
    await givenStatement(await givenOpenCampaign(), world.third)
    const { location } = await send('/coordination/remises/preparation', camille)
    await send(`${location}/arret`, camille)
    const shown = await read(location!, elise)
    expect(shown.text).toContain('À regarder avant d’approuver : 1 sur 1, 20,00 €')
    expect(shown.text).toMatch(/Premier versement|Compte changé il y a 9 jours/)
    expect((await read(location!, henri)).html).not.toContain('/retrait"')
    const payout = /name="payout" value="([^"]+)"/.exec(shown.html)![1]!
    const take = (form: Record<string, string>, as = elise) => send(`${location}/retrait`, as, form)
    expect((await take({ payout, reason: 'à vérifier' }, henri)).status).toBe(403)
    expect((await take({ payout, reason: '' })).status).toBe(422)
    expect((await take({ payout: 'x', reason: 'à vérifier' })).status).toBe(404)
    expect((await take({ payout, reason: 'à vérifier' })).location).toBe(location)
    expect((await read(location!, elise)).text).toContain('à vérifier')
    await payEverything()
    await world.expectSoundMoney()
  })

  test('is prepared and frozen by one person, approved by another, on what was shown', async () => {
    await payEverything()
    await givenStatement(await givenOpenCampaign())
    expect((await read('/coordination/remises', camille)).text).toContain('20,00 € sont payables à 1 structure')
    expect((await read('/coordination', camille)).text).toContain('20 € sont dus à 1 structure')
    expect((await send('/coordination/remises/preparation', elise)).status).toBe(403)
    const { location } = await send('/coordination/remises/preparation', camille)
    const draft = await read(location!, camille)
    expect(draft.text).toContain('Figer 1 ligne, 20,00 €')
    expect((await read(location!, elise)).html).not.toContain('<form method="post" action="/coordination')
    expect((await send(`${location}/approbation`, elise, { sha256: '0'.repeat(64) })).status).toBe(409)
    expect(await send(`${location}/arret`, camille)).toMatchObject({ status: 303, location })
    const frozen = await read(location!, camille)
    expect(frozen.text).toContain('En attente d’une autre personne')
    expect((await read('/coordination', elise)).text).toMatch(/Remise de virements à approuver.*20 € pour 1 structure/)
    const shown = await read(location!, elise)
    expect(shown.text).toContain('Approuver 1 ligne, 20,00 €')
    expect(shown.text).toContain('FR14 **** 2606')
    const sha256 = /name="sha256" value="([0-9a-f]{64})"/.exec(shown.html)![1]!
    expect(shown.text).toContain(sha256.slice(0, 4))
    expect((await send(`${location}/approbation`, camille, { sha256 })).status).toBe(403)
    expect((await send(`${location}/approbation`, elise, { sha256: 'f'.repeat(64) })).status).toBe(409)
    expect((await send(`${location}/approbation`, elise)).status).toBe(409)
    expect((await send(`${location}/approbation`, elise, { sha256 })).status).toBe(303)
    expect((await read(location!, camille)).text).toContain('La liste ne peut plus changer')
    expect((await read(location!, elise)).text).toContain('Créer le fichier bancaire, 20,00 €')
    expect((await send(`${location}/export`, camille)).status).toBe(403)
    expect((await send(`${location}/export`, elise)).status).toBe(303)
    const { html } = await read(location!, henri)
    const file = /href="(\/api\/v1\/payment-batches\/[^"]+version=09)"/.exec(html)![1]!
    expect((await read(file, henri)).html).toContain('<InstdAmt Ccy="EUR">20.00</InstdAmt>')
    expect((await read(`${location}.csv`, henri)).html).toContain('Structure 1')
    await world.expectSoundMoney()
  })

  test('takes no form from another site', async () => {
    const foreign = { cookie: 'carnet-session=x', 'sec-fetch-site': 'cross-site' }
    expect((await send('/coordination/remises/preparation', { headers: {} }, {}, foreign)).status).toBe(403)
  })
})

describe('a month', () => {
  test('says what holds up its next step', async () => {
    const [frozen] = await sql`select id, month::text from periods where state = 'frozen' order by id limit 1`
    await sql`insert into statement_reviews (organisation_id, venue_id, period_id, reason, opened_on, paid_by)
      values (${organisations[0]!.id}, ${organisations[0]!.venueId}, ${frozen!.id}, 'capacity', '2026-03-10', '2026-04-10')`
    const { text } = await read('/coordination/mois', camille)
    expect(text).toMatch(/examens ouverts : 1, payés d’office le/)
    expect(text).toContain('la clé manque dans le trousseau')
    expect((await read('/coordination/mois.csv', camille)).html).toMatch(/reviews key/)
  })

  test('says when it will be sealed and what stands in its way', async () => {
    const { text } = await read('/coordination/mois', camille)
    expect(text).toMatch(/Mois à sceller .*À partir du .*Au plus tard .*Ce qui l’empêche encore/)
    expect(text).toMatch(/examens ouverts.*la clé manque dans le trousseau/)
    expect(text).toContain('Aucun mois n’est encore scellé')
    const hash = 'ab'.repeat(32)
    await sql`insert into periods (id, month, state, opened_on, sealed_on, sealed_audit_hash)
      values (99, '2025-06-01', 'sealed', '2025-06-01', '2025-08-01', ${Buffer.from(hash, 'hex')})`
    expect((await read('/coordination/mois', henri)).text).toMatch(
      new RegExp(`Dernier scellement .*juin 2025 .*${hash}`),
    )
    expect((await read('/coordination/mois.csv', camille)).html).toContain(hash)
    await sql`delete from periods where id = 99`
  })

  test.each([
    ['44', 44, null],
    ['45', 45, 'n’est pas encore scellé, 45 jours après sa fin'],
    ['55', 55, 'doit être scellé dans les quatre jours'],
    ['59', 59, 'est au dernier jour, ou en retard'],
  ] as const)('not sealed on day %s is told at the start of everything', async (_, day, words) => {
    const [frozen] = await sql`select id, month::text from periods where state = 'frozen' order by id limit 1`
    const before = world.clock.now
    world.clock.now = new Date(`${addDays(lastDayOfMonth(frozen!.month), day)}T09:00:00Z`)
    const { text } = await read('/coordination', camille)
    world.clock.now = before
    const alarms = ['n’est pas encore scellé', 'dans les quatre jours', 'au dernier jour'].filter((part) =>
      new RegExp(`mois n° ${frozen!.id} [^.]*${part}`, 'i').test(text),
    )
    expect(alarms).toHaveLength(words ? 1 : 0)
    if (words) expect(text).toContain(words)
  })

  test('is closed and frozen from the page, by a coordinator', async () => {
    const [open] = await sql`select id from periods where state = 'open'`
    expect((await send(`/coordination/mois/${open!.id}/cloture`, henri)).status).toBe(403)
    expect((await send('/coordination/mois/x/cloture', camille)).status).toBe(404)
    expect((await send('/coordination/mois/99/arret', camille)).status).toBe(404)
  })
})
