import { readFileSync } from 'node:fs'
import { listen } from '@carnet/api/serve.ts'
import { readStandardCsv, writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { freePort } from '../helpers/command.ts'
import { givenMember, givenSession } from '../helpers/members.ts'
import { givenPagesWorld } from '../helpers/pages-world.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const world = await givenPagesWorld(address)
afterAll(await listen(world.app.fetch, port))
const session = await givenSession(world.sql, (await givenMember(world.sql, 'coordinator')).membershipId)
const browser = await launchBrowser()

async function open(options: BrowserContextOptions = {}) {
  const { page, context } = await openPage(browser, options)
  await context.addCookies([{ name: 'carnet-session', value: session, url: address }])
  return page
}

const rows = readStandardCsv(readFileSync(new URL('../../db/seeds/venues-16.csv', import.meta.url), 'utf8')).rows
const known = (nom: string) => rows.find(({ cells }) => cells.nom === nom)!.cells
const file = {
  name: 'lieux-charente.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    writeStandardCsv([
      { ...known('APEJ'), id: 'autre-1', nom: 'A.P.E.J. – accueil APEJ', telephone: '+33545000000' },
      { ...known('Médiathèque de Cognac'), id: 'autre-2', nom: 'Bibliothèque de Cognac', adresse: '10 r. du Minage' },
      {
        ...known('APEJ'),
        id: 'autre-3',
        nom: 'Le Garage numérique',
        adresse: '2 quai Papin',
        latitude: '45,69',
        frais_a_charge: 'Cher',
      },
      {
        ...known('APEJ'),
        id: 'autre-4',
        nom: 'Tiers-lieu des Chais',
        adresse: '4 rue des Chais',
        latitude: '',
        longitude: '',
      },
    ]),
  ),
}
const variants: BrowserContextOptions[] = [
  { viewport: { width: 1280, height: 900 }, javaScriptEnabled: true },
  { viewport: { width: 390, height: 844 }, javaScriptEnabled: true },
  { viewport: { width: 320, height: 568 }, javaScriptEnabled: true },
]

test('a coordinator checks a file, decides on possible duplicates and imports it, without a script', async () => {
  const page = await open({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } })
  await page.goto(`${address}/coordination/lieux`)
  await page.getByRole('link', { name: 'Importer des lieux' }).click()
  await page.getByLabel('Fichier CSV, en UTF-8').setInputFiles({ ...file, buffer: Buffer.from('PK\u0003\u0004') })
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click()
  await page.getByText('enregistrez-le en CSV UTF-8').waitFor()

  await page.getByLabel('Fichier CSV, en UTF-8').setInputFiles(file)
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click()
  await page.getByText('Pas un nombre').waitFor()
  await page.getByText('Valeur absente du standard').waitFor()
  const reviewed = page.url()

  for (const lang of ['fr', 'en'])
    for (const variant of variants)
      for (const [name, path] of [
        ['venue-file', `${reviewed}?lang=${lang}`],
        ['venue-imports', `${address}/coordination/lieux/import?lang=${lang}`],
      ] as const) {
        const shown = await open(variant)
        await shown.goto(path)
        const label = `page-${name}-${variant.viewport!.width}-${lang}`
        expect(
          await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          label,
        ).toBeLessThanOrEqual(0)
        await expectAccessible(shown, label)
        await takePicture(shown, label)
        await shown.context().close()
      }

  await page.getByLabel('Le même lieu que APEJ, 72 rue de Pons').check()
  await page.getByRole('group', { name: 'Bibliothèque de Cognac' }).getByLabel('Un autre lieu').check()
  await page.getByRole('button', { name: 'Enregistrer ces décisions' }).click()
  await page.getByText('Décidées : 2 sur 2').waitFor()
  await page.getByRole('button', { name: 'Importer', exact: true }).click()
  await page.getByText('Ce que l’import a fait').waitFor()
  const said = await world.sql`select name from venues where standard_row ->> 'telephone' = '+33545000000'
    or name in ('Bibliothèque de Cognac', 'Tiers-lieu des Chais', 'Le Garage numérique') order by name`
  expect(said.map(({ name }) => name)).toEqual([
    'A.P.E.J. – accueil APEJ',
    'Bibliothèque de Cognac',
    'Tiers-lieu des Chais',
  ])
  await page.context().close()
}, 120_000)

test('one that runs shows how far it is, reloads by itself and can be cancelled; only a coordinator sees it', async () => {
  const page = await open({ javaScriptEnabled: false })
  await page.goto(`${address}/coordination/lieux/import`)
  await page.getByLabel('Fichier CSV, en UTF-8').setInputFiles(file)
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click()
  await page.getByRole('heading', { name: 'lieux-charente.csv' }).waitFor()
  const id = page.url().split('/').at(-1)!.split('?')[0]!
  await world.sql`update venue_imports set state = 'checking', rows_done = 3 where id = ${id}`
  expect((await page.goto(`${address}/coordination/lieux/import/${id}`))!.headers().refresh).toBe('3')
  await page.getByText('3 lignes sur 4').first().waitFor()
  await page.getByRole('button', { name: 'Annuler' }).waitFor()
  await world.sql`update venue_imports set touched_at = touched_at - interval '3 minutes' where id = ${id}`
  await page.reload()
  await page.getByRole('button', { name: 'Reprendre la vérification' }).click()
  await page.getByText('Ce que l’import fera').waitFor()
  await world.sql`update venue_imports set state = 'running', rows_done = 2 where id = ${id}`
  const answer = await page.goto(`${address}/coordination/lieux/import/${id}`)
  expect(answer!.headers().refresh).toBe('3')
  await page.getByText('2 lignes sur 4').first().waitFor()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await page.getByText('Annulé, rien n’est écrit').waitFor()
  const auditor = await givenMember(world.sql, 'auditor')
  const refused = await world.app.request(`/coordination/lieux/import/${id}`, { headers: auditor.headers })
  expect(refused.status).toBe(403)
})
