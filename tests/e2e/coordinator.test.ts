import { listen } from '@carnet/api/serve.ts'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { expectReadable, launchBrowser, openPage, screens } from '../helpers/browser.ts'
import { freePort } from '../helpers/command.ts'
import { givenMember, givenSession } from '../helpers/members.ts'
import { givenPagesWorld } from '../helpers/pages-world.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const world = await givenPagesWorld(address)
afterAll(await listen(world.app.fetch, port))
const { sql, first } = world
const campaign = await world.givenOpenCampaign()
await world.givenStatement(campaign, first, 7)
const [printRun] = await sql<{ id: string }[]>`select id from print_runs where campaign_id = ${campaign.id}`
const browser = await launchBrowser()

/** A session as the sign-in link gives it. */
async function givenSessionAs(
  role: 'coordinator' | 'finance_approver' | 'auditor' | 'funder',
  tenantId: string | null = null,
) {
  return givenSession(sql, (await givenMember(sql, role, tenantId)).membershipId)
}
const coordinator = await givenSessionAs('coordinator')
const approver = await givenSessionAs('finance_approver')
const funder = await givenSessionAs('funder', campaign.parts[0]!.funderId)

async function open(session: string, options: BrowserContextOptions = {}): Promise<Page> {
  const { page, context } = await openPage(browser, options)
  await context.addCookies([{ name: 'carnet-session', value: session, url: address }])
  return page
}

const pages = {
  coordination: [coordinator, '/coordination'],
  batches: [coordinator, '/coordination/remises'],
  months: [coordinator, '/coordination/mois'],
  venues: [coordinator, '/coordination/lieux?etat=qualified&tri=-commune'],
  reference: [coordinator, '/coordination/referentiel?q=caf'],
  waiting: [coordinator, '/coordination/attente/box_on_its_way'],
  queue: [coordinator, '/coordination/lieux/a-qualifier?tous=oui'],
  shelf: [coordinator, `/stock/${campaign.id}/campagne?fait=mouvement`],
  campaigns: [funder, '/financeur'],
  campaign: [funder, `/financeur/campagnes/${campaign.id}`],
  uses: [funder, `/financeur/campagnes/${campaign.id}/usages`],
  order: [coordinator, '/coordination/impressions/commande'],
  printRun: [coordinator, `/coordination/impressions/${printRun!.id}`],
  logos: [coordinator, '/coordination/logos'],
  agreements: [coordinator, `/financeur/campagnes/${campaign.id}/accords`],
  ending: [funder, `/financeur/campagnes/${campaign.id}/fin`],
} as const

describe.each([
  ['fr', screens.narrow],
  ['en', screens.wide],
] as const)('in %s', (lang, screen) => {
  test('every page with much on it fits every screen and is accessible', { timeout: 600_000 }, async () => {
    for (const [name, [session, path]] of Object.entries(pages)) {
      const page = await open(session, screen)
      const answer = await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      const label = `page-${name}-${lang}`
      expect(answer?.status(), label).toBe(200)
      expect((await answer!.body()).length, `${label} is heavy`).toBeLessThan(30_720)
      await expectReadable(page, label)
      await page.context().close()
    }
  })
})

test('two people pay, by forms alone', async () => {
  const first = await open(coordinator, { javaScriptEnabled: false })
  await first.goto(`${address}/coordination`)
  await first.getByRole('link', { name: 'Préparer' }).click()
  await first.getByRole('button', { name: 'Préparer une remise' }).click()
  await first.getByRole('button', { name: /^Figer 1 ligne, 70,00/ }).click()
  await first.getByText('En attente d’une autre personne').waitFor()
  const second = await open(approver, { javaScriptEnabled: false })
  await second.goto(`${address}/coordination`)
  await second.getByRole('link', { name: 'Examiner' }).click()
  await second.getByRole('button', { name: /^Approuver 1 ligne, 70,00/ }).click()
  await second.getByRole('button', { name: /^Créer le fichier bancaire, 70,00/ }).click()
  await second.getByRole('link', { name: 'pain.001.001.09' }).waitFor()
})

test('a form that another site sends is refused', async () => {
  const page = await open(coordinator)
  await page.goto('data:text/html,<title>elsewhere</title>')
  const answer = await page.request.post(`${address}/coordination/remises/preparation`, {
    headers: {
      cookie: `carnet-session=${coordinator}`,
      origin: 'https://elsewhere.example',
      'sec-fetch-site': 'cross-site',
    },
  })
  expect(answer.status()).toBe(403)
})
