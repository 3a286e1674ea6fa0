import { describe, expect, test } from 'vitest'
import { pageReader } from '../../helpers/pages.ts'
import { givenPagesWorld } from '../../helpers/pages-world.ts'

const { app, sql, manager } = await givenPagesWorld()
const { read } = pageReader(app)
const anyone = { headers: {} }
const paths = [
  '/',
  '/ou',
  '/ou?commune=16000&rayon=100',
  '/catalogue',
  '/catalogue?q=mot+de+passe',
  '/catalogue?tout=1',
  '/confidentialite',
  '/accessibilite',
  '/donnees',
]

describe.each(['fr', 'en'])('every public page in %s', (lang) => {
  test.each(paths)('%s is small, whole and asks nothing of anybody else', async (path) => {
    const address = `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`
    const { status, html } = await read(address, anyone)
    expect(status).toBe(200)
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${lang}">`))
    // A link is followed by who wants to; nothing else leads elsewhere.
    const unlinked = html.replace(/<a class="no-print" href="https?:/g, '')
    expect(unlinked).not.toMatch(/<script|style="|https?:\/\/(?!localhost|www\.w3\.org)/)
    expect(html).not.toMatch(/undefined|NaN|\[object|\{\w+\}/)
    expect(html.match(/<h1/g)).toHaveLength(1)
    const limit = path.includes('tout') ? 60_000 : 30_000
    expect(Buffer.byteLength(html), `${path} weighs`).toBeLessThan(limit)
  })
})

test('the page on accessibility claims no audit, says whom to tell, and is led to from every page', async () => {
  const { text } = await read('/accessibilite', anyone)
  expect(text).toMatch(/Non auditée par un tiers.*n’a pas encore donné d’adresse.*Défenseur des droits/)
  expect((await read('/', anyone)).html).toContain('href="/accessibilite"')
})

describe('where to use vouchers', () => {
  test('lists the nearest venues with distance, hours and what they do', async () => {
    const { text, html } = await read('/ou?commune=Angoul%C3%AAme+(16000)', anyone)
    expect(text).toMatch(/Angoulême : \d+ lieux à moins de 20 km/)
    expect(text).toContain('Lundi au vendredi, 9 h – 12 h 30 et 13 h 30 – 17 h')
    const distances = [...text.matchAll(/(\d+,\d) km/g)].map(([, km]) => Number(km!.replace(',', '.')))
    expect(distances.length).toBeGreaterThan(5)
    expect(distances).toEqual(distances.toSorted((a, b) => a - b))
    expect(html).toContain('class="map-land"')
  })

  test('finds a place without accents, by postcode, and says when it does not know it', async () => {
    for (const place of ['angouleme', '16000', 'ANGOULEME 16000'])
      expect((await read(`/ou?commune=${encodeURIComponent(place)}`, anyone)).text).toMatch(/Angoulême : \d+ lieux/)
    expect((await read('/ou?commune=Atlantis', anyone)).text).toContain('Aucune commune pour « Atlantis »')
    expect((await read('/ou?commune=%25', anyone)).status).toBe(200)
  })

  test('offers what was meant: of a name with a wrong letter, of several with one name, and where nothing is near', async () => {
    const typo = await read('/ou?commune=Coniac', anyone)
    expect(typo.text).toContain('Aucune commune pour « Coniac »')
    expect(typo.html).toMatch(/Vous vouliez dire.*href="[^"]*commune=Cognac\+%2816100%29"/)
    const homonyms = await read('/ou?commune=saint-denis', anyone)
    expect(homonyms.text).toMatch(/Saint-Denis \(\d{5}\) : aucun lieu .* Vous vouliez dire Saint-Denis \(\d{5}\)/)
    expect(homonyms.text).toMatch(/Charente \d+ lieux dans/)
    expect(homonyms.html).not.toContain('class="map-land"')
  })

  test('lists all the venues on one page, to be printed', async () => {
    const { html } = await read('/ou?commune=16000', anyone)
    const whole = /href="([^"]*tout=1[^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&')
    const count = (page: string) => page.match(/class="venue"/g)!.length
    expect([count(html), count((await read(whole, anyone)).html)]).toEqual([10, expect.toSatisfy((n) => n > 10)])
  })

  test('says that a small commune’s distances are approximate', async () => {
    const [small] =
      await sql`select c.name from communes c where department_code = '16' and population < 300 order by name limit 1`
    expect((await read(`/ou?commune=${encodeURIComponent(small!.name)}&rayon=50`, anyone)).text).toContain(
      'les distances sont à peu près justes',
    )
  })

  test('keeps only venues of a kind, or open when they are wanted, and never one that is not qualified', async () => {
    const count = async (query: string) => {
      const { text } = await read(`/ou?commune=16000&rayon=100&${query}`, anyone)
      return text.includes('aucun lieu') ? 0 : Number(/: (\d+) lieux/.exec(text)?.[1] ?? 1)
    }
    const all = await count('')
    for (const query of [
      'ouvert=saturday',
      'ouvert=evening',
      `besoin=${encodeURIComponent('Insertion professionnelle via le numérique')}`,
    ]) {
      expect(await count(query), query).toBeGreaterThan(0)
      expect(await count(query), query).toBeLessThan(all)
    }
    expect(await count('ouvert=never&besoin=nothing')).toBe(all)
    const [{ id } = { id: '' }] =
      await sql`select q.venue_id as id from venue_qualifications q join venues v on v.id = q.venue_id where q.state = 'qualified' and q.valid_until is null and v.name = 'Cyberbase de Soyaux'`
    await sql`update venue_qualifications set valid_until = '2026-03-10' where venue_id = ${id} and valid_until is null`
    expect(await count('')).toBe(all - 1)
  })
})

describe('the catalogue', () => {
  test('is found by everyday words and by theme, and whole on paper', async () => {
    expect((await read('/catalogue?q=mdp+oubli%C3%A9', anyone)).text).toContain('mots de passe')
    expect((await read('/catalogue?theme=D', anyone)).text).toContain('19 services')
    expect((await read('/catalogue?q=qqqqqq', anyone)).text).toContain('Aucun service pour « qqqqqq »')
    expect((await read('/catalogue?tout=1', anyone)).html.match(/class="service"/g)).toHaveLength(129)
    expect((await read('/catalogue?q=<b>x', anyone)).html).not.toContain('<b>x')
  })
})

describe('privacy', () => {
  test('tells the last sealing with its hash, or that there is none', async () => {
    expect((await read('/confidentialite', anyone)).text).toContain('Aucun mois n’est encore scellé')
    await sql`insert into periods (id, month, state, opened_on, closed_on, frozen_on, sealed_on, sealed_audit_hash)
      values (90, '2025-12-01', 'sealed', '2025-12-01', '2026-01-01', '2026-01-03', '2026-02-02', '\\xabcdef')`
    const { text } = await read('/confidentialite', anyone)
    expect(text).toContain('décembre 2025')
    expect(text).toContain('02/02/2026')
    expect(text).toContain('abcdef')
    for (const limit of [
      'serveur et la clé',
      'sauvegarde volée',
      'sauvegardes anciennes',
      'chèques d’un carnet sont utilisés',
      'finance, remet',
    ])
      expect(text).toContain(limit)
    expect(text).toMatch(/90 jours au plus.*30 jours, c’est notre consigne.*Vos droits/)
    await sql`delete from periods where id = 90`
  })
})

describe('the language', () => {
  test('that was chosen is kept, and an unknown one changes nothing', async () => {
    const reply = await app.request('/?lang=en', { headers: { accept: 'text/html' } })
    expect(reply.headers.get('set-cookie')).toMatch(/^lang=en; .*SameSite=Lax/)
    expect((await read('/ou', { headers: { cookie: 'lang=en' } })).html).toContain('<html lang="en">')
    expect((await read('/ou?lang=fr', { headers: { cookie: 'lang=en' } })).html).toContain('<html lang="fr">')
    expect((await read('/ou?lang=xx', { headers: { cookie: 'lang=<script>' } })).html).toContain('<html lang="fr">')
  })
})

describe('assets', () => {
  test('are served from here, and kept by browsers under an address that changes with them', async () => {
    const { html } = await read('/', anyone)
    const href = /href="(\/assets\/pages\.css\?v=\w+)"/.exec(html)![1]!
    const css = await app.request(href)
    const text = await css.text()
    expect(css.headers.get('cache-control')).toContain('immutable')
    expect(text.length).toBeLessThan(45_000)
    expect(text).not.toMatch(/https?:|@import/)
    for (const [, url] of text.matchAll(/url\("([^"]+)"\)/g)) {
      const font = await app.request(url!)
      expect([font.status, font.headers.get('content-type')], url!).toEqual([200, 'font/woff2'])
      expect((await font.arrayBuffer()).byteLength).toBeLessThan(40_000)
    }
    expect((await app.request('/assets/fonts/../../package.json')).status).toBe(404)
  })
})

test('a session is ended by a form of this site only', async () => {
  const end = (headers: Record<string, string>) =>
    app.request('/deconnexion', { method: 'POST', headers: { cookie: 'carnet-session=x', ...headers } })
  expect((await end({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  const reply = await end({ 'sec-fetch-site': 'same-origin' })
  expect([reply.status, reply.headers.get('location')]).toEqual([303, '/'])
  expect(reply.headers.get('set-cookie')).toMatch(/carnet-session=;/)
})

test('the start page shows who is signed in and the way to their pages', async () => {
  const { text, html } = await read('/', manager)
  expect(text).toContain('Session ouverte : venue_manager, Responsable de lieu.')
  expect(html).toContain('href="/lieu"')
})
