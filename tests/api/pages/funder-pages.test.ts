import { readXlsx } from '@carnet/api/catalogue/xlsx-table.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'

const world = await givenBooksWorld()
const { app, sql, clock, people, ccas, get, post, givenAgreed, givenOpen, givenRequested, givenFunderMember } = world
const { read, send } = pageReader(app)
const pageOf = (id: string) => `/financeur/campagnes/${id}`

function travelTo(day: string) {
  clock.now = new Date(`${day}T09:00:00Z`)
  onTestFinished(() => {
    clock.now = new Date('2026-03-10T09:00:00Z')
  })
}
const accept = (campaignId: string, day: string, count: number) =>
  sql`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key, state)
    select 1, gen_random_uuid(), ${campaignId}, gen_random_uuid(), gen_random_uuid(), 'A01', ${day}, false, 1, 'accepted'
      from generate_series(1, ${count})`
const handOut = (campaignId: string, books: number, month = '2026-02-01') =>
  post(`/prescribers/${ccas.id}/handouts`, { month, books, campaignId }, people.ccas)

describe('the pages of a funder', () => {
  test('are for funders and for those who serve the scheme', async () => {
    const { id } = await givenAgreed()
    for (const path of ['/financeur', pageOf(id), `${pageOf(id)}/usages`]) {
      expect((await read(path, { headers: {} })).status, path).toBe(401)
      expect((await read(path, people.ccas)).status, path).toBe(403)
      for (const reader of [people.state, people.coordinator, people.finance, people.auditor])
        expect((await read(path, reader)).status, path).toBe(200)
    }
  })

  test('show nothing of another funder’s campaign, not even that it exists', async () => {
    const id = await givenOpen({ name: 'Campagne à nous seuls' })
    const stranger = await givenFunderMember()
    for (const path of [
      '',
      '/usages',
      '/usages.csv',
      '/chiffres.csv',
      '/rapport.pdf',
      '/rapport.xlsx',
      '/commandes',
      '/paiements',
      '/notes',
    ])
      expect((await read(pageOf(id) + path, stranger)).status, path).toBe(404)
    expect((await read('/financeur', stranger)).text).not.toContain('Campagne à nous seuls')
    expect((await read(pageOf('no-uuid'), people.state)).status).toBe(404)
  })

  test('stay closed to a token of a few scopes', async () => {
    const narrow = await givenMember(sql, 'auditor')
    await sql`update api_tokens set scopes = '{"catalogue"}' where membership_id = ${narrow.membershipId}`
    expect((await read('/financeur', { headers: narrow.bearer })).status).toBe(403)
  })
})

describe('a rate', () => {
  test('stands with its note, its author, its day, numerator and denominator; without a note it stands nowhere', async () => {
    const id = await givenOpen()
    await handOut(id, 10)
    await accept(id, '2026-03-10', 25)
    travelTo('2026-04-05')
    const bare = await read(pageOf(id), people.state)
    expect(bare.text).toContain('25 chèques utilisés sur 100 chèques remis au 31/03/2026')
    expect(bare.text).toContain('Aucune note de contexte')
    expect(bare.text).not.toContain('25,0 %')
    await post(`/campaigns/${id}/context-notes`, { body: 'Rencontrés en maraude : peu de rendez-vous' })
    const told = await read(pageOf(id), people.state)
    expect(told.text).toContain('25,0 %')
    expect(told.html).toContain('maraude\u202f: peu')
    expect((await read('/financeur', people.city)).text).toMatch(
      /25,0 % 25 chèques utilisés sur 100 chèques remis au 31\/03\/2026.*Rencontrés en maraude/,
    )
    const english = await read(`${pageOf(id)}?lang=en`, people.state)
    expect(english.text).toContain('25 vouchers used out of 100 handed out by 31/03/2026')
  })

  test('is of months that are over; what was used since is a count beside it', async () => {
    const id = await givenOpen()
    await post(`/campaigns/${id}/context-notes`, { body: 'Rencontrés en maraude' })
    await handOut(id, 10)
    await accept(id, '2026-03-10', 25)
    travelTo('2026-03-31')
    const { text } = await read(pageOf(id), people.state)
    expect(text).toContain('0 chèques utilisés sur 100 chèques remis au 28/02/2026')
    expect(text).toContain('Depuis : 25 chèques de plus')
    expect(text).not.toContain('25,0 %')
    const usage = { until: '2026-02-28', numerator: 0, denominator: 100, rate: 0, usedSince: 25 }
    expect((await get(`/campaigns/${id}/usage`, people.state)).body).toMatchObject(usage)
    const file = (await read(`${pageOf(id)}/chiffres.csv`, people.state)).html
    expect(file).toContain('2026-02-28;handed_out;100000\n2026-03-30;redeemed;25000')
  })
})

describe('the figures', () => {
  test('are of the evening before: what is scanned today shows tomorrow', async () => {
    const id = await givenOpen()
    await handOut(id, 10)
    await accept(id, '2026-03-10', 7)
    await accept(id, '2026-03-11', 5)
    travelTo('2026-03-11')
    expect((await read(pageOf(id), people.state)).text).toContain('soit 7 accompagnements')
    travelTo('2026-03-12')
    const { text } = await read(pageOf(id), people.state)
    expect(text).toMatch(
      /120 € utilisés, soit 12 accompagnements ?\. 1 000 € étaient remis aux personnes le 28\/02\/2026/,
    )
    expect(text).toContain('Chiffres du 11/03/2026 au soir')
    expect((await read(`${pageOf(id)}?au=2026-03-10`, people.state)).text).toContain('soit 7 accompagnements')
    expect((await read(`${pageOf(id)}?au=never`, people.state)).text).toContain('soit 12 accompagnements')
  })

  test('of fewer than 100 books are of the last Sunday, and the page says why', async () => {
    const { id } = await givenAgreed({ budgetedBooks: 99 })
    expect((await read(pageOf(id), people.state)).text).toContain('Chiffres du dimanche 08/03/2026 au soir')
  })

  test('of a day that was sealed give the newest situation and the first day that is kept', async () => {
    const id = await givenOpen()
    await sql`insert into periods (id, month, state, opened_on) values (200, '2026-02-01', 'sealed', '2026-02-01') on conflict do nothing`
    await sql`insert into sealed_campaigns (period_id, campaign_id, accepted_count, is_counted) values (200, ${id}, 40, true)`
    const { status, text } = await read(`${pageOf(id)}?au=2026-02-03`, people.state)
    expect(status).toBe(200)
    expect(text).toContain('Choisissez le 28/02/2026 ou plus tard')
    const list = await read(`${pageOf(id)}/usages`, people.state)
    expect(list.text).toContain('février 2026 40 40 0')
    await sql`delete from sealed_campaigns where period_id = 200`
    await sql`delete from periods where id = 200`
  })

  test('say the same in the page and in the file', async () => {
    const id = await givenOpen()
    await handOut(id, 3)
    await accept(id, '2026-03-09', 11)
    travelTo('2026-03-11')
    const file = await read(`${pageOf(id)}/usages.csv`, people.state)
    expect(file.type).toContain('text/csv')
    expect(file.html).toContain('2026-02;0;0;3\n2026-03;11;11;')
    expect((await read(`${pageOf(id)}/usages`, people.state)).text).toContain('mars 2026 11 11 –')
    const figures = (await read(`${pageOf(id)}/chiffres.csv`, people.state)).html
    expect(figures).toContain('2026-03-10;redeemed;11000')
    expect(figures).toContain('2026-03-10;redeemed: Ville;7150')
    expect(figures).toContain('2026-03-10;redeemed: État;3850')
    expect((await read(`${pageOf(id)}/versements`, people.state)).text).toMatch(/État 3 500,00 €.*Total 10 000,00 €/)
    expect((await read(`${pageOf(id)}/remises.csv`, people.state)).html).toContain('CCAS;50;3;0;47;47;0;2026-02')
  })

  test('say the same in the report, with their day, their note and what they mean', async () => {
    const id = await givenOpen()
    await handOut(id, 10)
    await accept(id, '2026-03-09', 37)
    travelTo('2026-04-03')
    const report = async () => {
      const file = await app.request(`${pageOf(id)}/rapport.xlsx`, people.state)
      return readXlsx(new Uint8Array(await file.arrayBuffer()), { mostRows: 200 }).map(({ cells }) => cells)
    }
    const bare = await report()
    expect(bare.some(([, figure]) => figure === 'Taux d’usage')).toBe(false)
    await post(`/campaigns/${id}/context-notes`, { body: 'Rencontrés en maraude' })
    const rows = await report()
    const { text } = await read(pageOf(id), people.state)
    for (const [part, figure, raw, shown, of, day] of [
      ['L’argent', 'Utilisé', '370', '370,00 €', '', '2026-04-02'],
      ['L’argent', 'Remis', '1000', '1 000,00 €', '', '2026-03-31'],
      ['Les taux', 'Taux d’usage', '0.37', '37,0 %', '37 sur 100 chèques', '2026-03-31'],
    ]) {
      expect(rows).toContainEqual([part, figure, raw, expect.anything(), of, day])
      expect(text.replaceAll(/\s/g, ' ')).toContain(shown!.replace(',00', ''))
    }
    expect(rows.flat().join()).toContain('Rencontrés en maraude')
    expect((await read(`${pageOf(id)}/rapport.pdf`, people.state)).type).toBe('application/pdf')
  })

  test('take no hand-out of a month that is not over: read each day, it would tell the day of each', async () => {
    const id = await givenOpen()
    const told = async () => {
      const waterfall = await get(`/campaigns/${id}/waterfall`, people.state)
      const files = ['remises', 'usages'].map((name) => read(`${pageOf(id)}/${name}.csv`, people.state))
      return [waterfall.body.booksHandedOut, ...(await Promise.all(files)).map(({ html }) => html)]
    }
    travelTo('2026-03-30')
    const before = await told()
    expect(before[0]).toBe(0)
    expect((await handOut(id, 4, '2026-03-01')).status).toBe(200)
    expect(await told()).toEqual(before)
    travelTo('2026-03-31')
    expect(await told()).toEqual(before)
    travelTo('2026-04-01')
    const after = [4, expect.stringContaining('CCAS;50;4;0;46;46;0;2026-03'), expect.stringContaining('2026-03;0;0;4')]
    expect(await told()).toEqual(after)
  })

  test('of payments name no organisation', async () => {
    const id = await givenOpen()
    const { text } = await read(`${pageOf(id)}/paiements`, people.state)
    expect(text).toContain('La structure payée n’est pas montrée')
  })
})

describe('targets', () => {
  test('have their gap, between what is done and what was voted', async () => {
    const id = await givenOpen()
    await post(`/campaigns/${id}/targets`, {
      indicator: 'vouchers_used',
      target: 61,
      dueOn: '2026-03-31',
      responsible: 'Comité',
    })
    await post(`/campaigns/${id}/targets`, {
      indicator: 'Nouveaux lieux',
      target: 3,
      dueOn: '2026-03-31',
      responsible: 'Comité',
    })
    await accept(id, '2026-03-05', 4)
    await post(`/campaigns/${id}/decisions`, { body: 'Vingt carnets passent à la maraude' })
    travelTo('2026-03-11')
    const { text } = await read(pageOf(id), people.state)
    expect(text).toContain('14 chèques de moins que prévu à ce jour')
    expect(text).toContain('Chèques utilisés 31/03/2026 61 4 −57 Comité')
    expect(text).toContain('Nouveaux lieux 31/03/2026 3 non compté ici –')
    expect(text).toContain('Vingt carnets passent à la maraude')
  })
})

describe('services', () => {
  test('come from a release alone; before it, the page says when', async () => {
    const id = await givenOpen()
    await accept(id, '2026-03-05', 40)
    const before = await read(pageOf(id), people.state)
    expect(before.text).toContain('Première publication le 10/04/2026')
    await sql.begin(async (tx) => {
      const [release] =
        await tx`insert into releases (month, frozen_on, sha256, threshold) values ('2025-12-01', '2026-01-12', '\\x01', 11) returning id`
      const cell = (subject: string, status: string, value: number | null) =>
        tx`insert into release_cells values (${release!.id}, 'R4_campaign_theme_quarter', ${id}, ${subject}, '2025-Q4', ${status}, ${value})`
      await cell('D', 'rounded', 35)
      await cell('A', 'secret', null)
    })
    const after = await read(pageOf(id), people.state)
    expect(after.text).toContain('Accompagnements publiés pour T4 2025, publication du 12/01/2026')
    expect(after.text).toMatch(/D 35.*A moins de 11/)
    expect(after.text).not.toContain('Première publication')
  })
})

describe('a proof', () => {
  test('is approved by its funder, once, from a page of this site', async () => {
    const { id } = await givenAgreed()
    const run = await givenRequested(id)
    const list = `${pageOf(id)}/commandes`
    const act = `${pageOf(id)}/tirages/${run.id}/bon-a-tirer`
    expect((await read(list, people.state)).html).toContain(`action="${act}"`)
    expect((await read(list, people.state)).text).toContain(
      'Approuver autorise l’impression de 50 carnets, soit 5 000 € au plus',
    )
    for (const reader of [people.coordinator, people.auditor])
      expect((await read(list, reader)).html).not.toContain(act)
    expect((await send(act, people.auditor)).status).toBe(403)
    expect((await send(act, await givenFunderMember())).status).toBe(404)
    const foreign = { cookie: 'carnet-session=x', 'sec-fetch-site': 'cross-site' }
    expect((await send(act, { headers: {} }, {}, foreign)).status).toBe(403)
    expect(await send(act, people.state)).toMatchObject({ status: 303, location: `${list}?fait=bon-a-tirer` })
    expect((await send(act, people.state)).status).toBe(409)
    const [row] = await sql`select state from print_runs where id = ${run.id}`
    expect(row!.state).toBe('proof_approved')
  })
})
