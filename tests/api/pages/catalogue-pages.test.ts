import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'
import { workbookOf } from '../../helpers/workbook.ts'

const csv = readFileSync(new URL('../../../db/seeds/catalogue-129.csv', import.meta.url), 'utf8')
const { app, sql, clock } = await createTestApp()
const coordinator = await givenMember(sql, 'coordinator')
const auditor = await givenMember(sql, 'auditor')
const { read, send: post } = pageReader(app)
const sameOrigin = { 'sec-fetch-site': 'same-origin' }
const send = (path: string, form: Record<string, string> = {}, as = coordinator) => post(path, as, form, sameOrigin)
const home = '/coordination/referentiel'

const api = (path: string, type: string, body: string) =>
  app.request(`/api/v1/catalogue/versions${path}`, {
    method: 'POST',
    headers: { ...coordinator.headers, 'content-type': type },
    body,
  })
const first: { id: string } = await (await api('', 'text/csv', csv)).json()
await api(`/${first.id}/publication`, 'application/json', '{"from":"2026-01-01"}')

/** A file as a browser sends it. */
async function upload(path: string, parts: Record<string, string | Uint8Array>, as = coordinator) {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts))
    form.set(name, typeof part === 'string' ? part : new File([new Uint8Array(part)], 'fichier'))
  const request = new Request(`http://localhost:8080${path}`, { method: 'POST', body: form })
  const body = Buffer.from(await request.arrayBuffer())
  const reply = await app.request(path, {
    method: 'POST',
    headers: {
      ...as.headers,
      ...sameOrigin,
      'content-type': request.headers.get('content-type')!,
      'content-length': String(body.length),
      accept: 'text/html',
    },
    body,
  })
  return { status: reply.status, location: reply.headers.get('location') ?? '', html: await reply.text() }
}
const exported = async (path: string) =>
  Buffer.from(await (await app.request(path, { headers: coordinator.headers })).arrayBuffer())
const contentIn = (html: string) => /name="content" value="([^"]+)"/.exec(html)?.[1] ?? ''
const startDraft = async () => {
  const { location } = await send(`${home}/brouillon`, { copyOf: first.id })
  return location!.split('?')[0]!
}
const service = {
  ...{
    themeCode: 'D',
    code: 'D98',
    title: 'Refaire sa carte grise',
    description: 'Demander une carte grise en ligne.',
  },
  ...{
    level: 'autonomie',
    nationalService: 'Aide aux démarches administratives',
    durationMinutes: '60',
    provenance: 'test',
  },
}

describe('the catalogue of the coordination', () => {
  test('is edited by the coordinator; the auditor reads', async () => {
    const draft = await startDraft()
    expect((await read(`${draft}/services/D02`, coordinator)).status).toBe(200)
    for (const path of [`${draft}/services/D02`, `${draft}/services/nouveau`, `${home}/import`])
      expect((await read(path, auditor)).status, path).toBe(403)
    for (const path of [home, draft, `${draft}/differences?avec=${first.id}`])
      expect((await read(path, auditor)).html, path).not.toMatch(/method="post" action="\/coordination/)
    expect((await send(`${home}/brouillon`, { copyOf: first.id }, auditor)).status).toBe(403)
    expect((await send(`${draft}/services/nouveau`, service, auditor)).status).toBe(403)
    expect((await send(`${draft}/publication`, { from: '2027-01-01' }, auditor)).status).toBe(403)
    expect((await upload(`${home}/import`, { file: Buffer.from(csv) }, auditor)).status).toBe(403)
    expect((await upload(`${home}/import/confirmation`, { content: 'x' }, auditor)).status).toBe(403)
  })

  test('has a draft where a service is added, edited, retired, and every error stands beside its field', async () => {
    const draft = await startDraft()
    const wrong = await send(`${draft}/services/nouveau`, { ...service, code: 'B98', title: '', durationMinutes: '5' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Remplissez cette case')
    expect(wrong.text).toContain('de 15 à 480')
    expect(wrong.text).toContain('celle par laquelle le code commence')
    expect((await send(`${draft}/services/nouveau`, { ...service, code: 'D02' })).text).toContain('déjà cette valeur')
    expect(await send(`${draft}/services/nouveau`, service)).toMatchObject({
      status: 303,
      location: `${draft}?fait=D98`,
    })

    const repair = { ...service, code: 'Z01', themeCode: '+', themeTitle: 'Réparer', title: 'Changer un écran' }
    expect((await send(`${draft}/services/nouveau`, { ...repair, themeTitle: '' })).text).toContain(
      'Remplissez cette case',
    )
    expect((await send(`${draft}/services/nouveau`, { ...repair, code: 'D97' })).status).toBe(422)
    expect(await send(`${draft}/services/nouveau`, repair)).toMatchObject({ location: `${draft}?fait=Z01` })
    expect((await read(`${draft}?theme=Z`, coordinator)).text).toContain('Z Réparer')

    const page = await read(`${draft}/services/C11`, coordinator)
    expect(page.html).toContain('<datalist id="services">')
    const [c11] = await sql`select * from catalogue_services where code = 'C11' limit 1`
    const old = {
      ...{ themeCode: 'C', title: c11!.title, description: c11!.description, level: c11!.level },
      ...{ nationalService: c11!.national_service, durationMinutes: '60', provenance: 'test' },
    }
    const alone = await send(`${draft}/services/C11`, { ...old, replacedBy: 'C12' })
    expect(alone.text).toContain('Donnez aussi le jour du retrait')
    const retired = { ...old, retiredOn: '2026-06-01', replacedBy: 'c12' }
    expect((await send(`${draft}/services/C11`, retired)).status).toBe(303)

    const differences = await read(`${draft}/differences?avec=${first.id}`, coordinator)
    expect(differences.text).toContain('Services ajoutés : 2. Retirés : 1. Reformulés : 0.')
    expect(differences.text).toContain('Code du service qui le remplace : – C12')

    expect((await read(draft, coordinator)).text).toContain('(services concernés : 3)')
    expect((await send(`${draft}/suppression`, {}, auditor)).status).toBe(403)
    const gone = await send(`${draft}/suppression`, {})
    expect((await read(gone.location!, coordinator)).text).toContain('Le brouillon est supprimé.')
    expect((await read(draft, coordinator)).status).toBe(404)
  })

  test('says what keeps a draft from being published, then publishes it from a day on', async () => {
    const draft = await startDraft()
    const id = draft.split('/').at(-1)!
    await sql`delete from catalogue_services where version_id = ${id} and code = 'M07'`
    expect((await read(draft, coordinator)).text).toContain('M07 a disparu')
    await sql`insert into catalogue_services select (jsonb_populate_record(s, jsonb_build_object('version_id', ${id}::text))).*
      from catalogue_services s where version_id = ${first.id} and code = 'M07'`
    const [row] = await sql`select * from catalogue_services where version_id = ${id} and code = 'C11'`
    await send(`${draft}/services/C11`, {
      ...{ themeCode: 'C', title: row!.title, description: row!.description, level: row!.level, provenance: 'test' },
      ...{ nationalService: row!.national_service, durationMinutes: '60', retiredOn: '2026-06-01', replacedBy: 'C12' },
    })
    expect((await send(`${draft}/publication`, { from: '' })).text).toContain('Écrivez un jour')
    expect((await send(`${draft}/publication`, { from: '2026-01-01' })).text).toContain('après la version actuelle')
    expect((await send(`${draft}/publication`, { from: '2026-06-01' })).location).toBe(`${draft}?fait=publication`)
    expect((await send(`${draft}/services/D02`, service)).status).toBe(409)

    clock.now = new Date('2026-06-01T10:00:00Z')
    const found = await (await app.request('/api/v1/catalogue?q=twitter')).json()
    expect(found.services.map(({ code }: { code: string }) => code)).toContain('C12')
    expect(found.services.map(({ code }: { code: string }) => code)).not.toContain('C11')
    clock.now = new Date('2026-03-10T09:00:00Z')
  })

  test('of nowhere is not found', async () => {
    const nowhere = `${home}/versions/00000000-0000-4000-8000-000000000000`
    expect((await read(nowhere, coordinator)).status).toBe(404)
    expect((await read(`${home}/versions/${first.id}/services/D02`, coordinator)).status).toBe(409)
    expect((await read(`${home}/versions/${first.id}/differences?avec=x`, coordinator)).status).toBe(404)
    expect((await send(`${home}/brouillon`, { copyOf: 'x' })).status).toBe(404)
    expect((await read(`${await startDraft()}/services/Z99`, coordinator)).status).toBe(404)
  })
})

describe('a file', () => {
  const countVersions = async () => (await sql`select count(*)::int as n from catalogue_versions`)[0]!.n as number

  test('exported, imported and exported again is the same, byte by byte', async () => {
    for (const kind of ['csv', 'json', 'xlsx']) {
      const before = await exported(`${home}/versions/${first.id}/services.${kind}`)
      const preview = await upload(`${home}/import`, { file: before })
      expect(preview.status).toBe(200)
      const { location } = await upload(`${home}/import/confirmation`, { content: contentIn(preview.html) })
      expect(await exported(`${location.split('?')[0]}/services.${kind}`)).toEqual(before)
    }
  })

  test('is looked at before anything is written, and nothing is when a cell is wrong', async () => {
    const versions = await countVersions()
    const rows = csv.trim().split('\n').slice(0, 2)
    const cells = rows[0]!.split(',')
    const wrong = await upload(`${home}/import`, { file: workbookOf([cells, ['A01', 'A', '', { formula: '1+1' }]]) })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('Remplacez la formule par sa valeur')
    expect(wrong.html).not.toContain('name="content"')
    const shorter = await upload(`${home}/import`, { file: Buffer.from(rows.join('\n')) })
    expect(shorter.html).toContain('A02 a disparu')
    expect((await upload(`${home}/import`, { file: Buffer.of(0, 1, 2) })).html).toContain('ni un tableau CSV')
    expect((await upload(`${home}/import`, {})).status).toBe(422)
    expect(await countVersions()).toBe(versions)
  })

  test('that the page did not read itself is checked again', async () => {
    const versions = await countVersions()
    const content = Buffer.from(csv.replace('decouverte', 'expert')).toString('base64')
    expect((await upload(`${home}/import/confirmation`, { content })).status).toBe(422)
    expect(await countVersions()).toBe(versions)
  })

  test('of two gigabytes is refused before it is read', async () => {
    const headers = { ...coordinator.headers, ...sameOrigin, 'content-length': String(2 ** 31) }
    const reply = await app.request(`${home}/import`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'x',
    })
    expect(reply.status).toBe(413)
  })
})

test('everybody takes the catalogue along, with its licence', async () => {
  const files = { pdf: 'application/pdf', csv: 'text/csv', json: 'application/json', xlsx: 'openxmlformats' }
  for (const [kind, type] of Object.entries(files)) {
    const reply = await app.request(`/catalogue.${kind}`)
    expect(reply.headers.get('content-type')).toContain(type)
    expect(reply.headers.get('link')).toContain('rel="license"')
    const body = Buffer.from(await reply.arrayBuffer())
    if (kind !== 'pdf') expect(body).toEqual(await exported(`${home}/versions/${first.id}/services.${kind}`))
  }
})
