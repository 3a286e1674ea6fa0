import { trainingCode } from '@carnet/api/books/training-code.ts'
import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { filmPaper, pictureOfCover } from '../helpers/camera-video.ts'
import { makeVoucher } from '../helpers/scan-world.ts'
import { chooseService, openScanner, readByHand } from '../helpers/scanner-driver.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
// Ten covers in its box, and four books of them in the lists.
const handed = await world.givenCampaign({ vouchers: 40 })
const [campaign] = await world.sql<{ number: number }[]>`select number from campaigns where id = ${handed.id}`
// A cover lies before the camera: no reader of vouchers takes it for one.
const browser = await launchBrowser(filmPaper([{ shows: pictureOfCover(campaign!.number, 3), seconds: 2 }]))
const training = () => makeVoucher(world.keyring, undefined, { isTraining: true })

async function look(page: Page, name: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name).toBe(true)
  await takePicture(page, name)
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await expectAccessible(page, name)
}

test('the first-day exercise notices each step, and counts nothing', async () => {
  const { page, context } = await openPage(browser)
  await page.clock.setSystemTime(world.clock.now)
  await page.goto(await world.linkFor())
  await page.getByRole('heading', { name: 'Ce téléphone scanne pour' }).waitFor()
  await look(page, 'first-day-linked')
  const before = await world.countRows()
  await page.getByRole('button', { name: 'S’exercer' }).click()
  await page.getByText('Étapes faites : 0 sur 5').waitFor()
  await page.getByRole('button', { name: 'Scanner' }).click()
  await chooseService(page, 'Découvrir la souris')

  const first = training().qr
  await readByHand(page, first)
  await page.getByText('Étapes faites : 1 sur 5').waitFor()
  await page.getByRole('button', { name: 'Annuler ce chèque' }).waitFor()
  await page.getByRole('button', { name: 'Continuer l’exercice' }).last().click()
  await page.getByRole('button', { name: 'Scanner' }).click()
  await readByHand(page, first)
  await page.getByRole('heading', { name: 'Déjà scanné ici' }).waitFor()
  await page.getByRole('button', { name: 'Continuer l’exercice' }).last().click()
  await look(page, 'first-day-exercise')
  await page.getByRole('button', { name: 'Scanner' }).click()
  await context.setOffline(true)
  await readByHand(page, training().qr)
  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
  await page.getByRole('button', { name: 'Continuer l’exercice' }).last().click()
  await page.getByText('Étapes faites : 3 sur 5').waitFor()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Scanner' }).click()
  await page.getByRole('button', { name: 'Taper le code' }).click()
  await page.getByLabel('Code du chèque').fill(formatTypedCode(trainingCode(5)))
  await page.getByRole('button', { name: 'Valider' }).click()
  await page.getByRole('heading', { name: 'Accepté' }).waitFor()
  await page.getByRole('button', { name: 'Annuler ce chèque' }).click()
  await page.getByRole('button', { name: 'Continuer l’exercice' }).last().click()
  await page.getByText('Bravo, vous êtes prêt').waitFor()
  await look(page, 'first-day-done')
  await page.getByRole('button', { name: 'Commencer pour de vrai' }).click()
  await page.getByRole('heading', { name: 'Quel service aujourd’hui' }).waitFor()
  expect(await world.countRows()).toEqual(before)
})

test('a phone that cannot send saves its queue to a file, which the venue gives to the server', async () => {
  const { page, context } = await openScanner(world, browser, { viewport: { width: 320, height: 568 } })
  await context.setOffline(true)
  await readByHand(page, world.takeVoucher().qr)
  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  await page.getByRole('button', { name: 'Service · changer' }).click()
  await page.getByRole('button', { name: 'Réglages' }).click()
  await page.getByRole('button', { name: 'Sauver les chèques en attente' }).click()
  await look(page, 'rescue')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Enregistrer le fichier' }).click()
  const file = JSON.parse(
    await (await (await saved).createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString()),
  )
  const { status, body } = await world.post(`/organisations/${world.venues[0]!.organisationId}/queue-imports`, file)
  expect({ status, ...body }).toMatchObject({ status: 200, accepted: 1, refused: 0 })

  // The phone finds a network after all: told the same, it is one redemption.
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Revenir' }).click()
  await page.goBack()
  await page.getByRole('button', { name: 'Aujourd’hui', exact: true }).click()
  await page.getByText('Payé le 7 avril').waitFor()
})

test('a prescriber’s phone counts books without a network, takes one back, and stops a lost one', async () => {
  const { body: prescriber } = await world.post('/prescribers', { name: 'CCAS de Saint-Aubin' })
  await world.sql`update boxes set prescriber_id = ${prescriber.id as string}, dispatched_on = '2026-01-02' where id = ${handed.boxId}`
  const { body } = await world.post(`/prescribers/${prescriber.id}/enrolment-tokens`)
  const { page, context, errors } = await openPage(browser, { viewport: { width: 320, height: 568 } })
  await page.clock.setSystemTime(world.clock.now)
  await page.goto(`${world.address}/scanner/#token=${body.token}`)
  await page.getByRole('heading', { name: 'Ce téléphone compte pour : CCAS de Saint-Aubin' }).waitFor()
  await page.getByRole('button', { name: 'Commencer' }).click()
  const books = async () =>
    (
      await world.sql<{ books: number }[]>`select books from handouts where prescriber_id = ${prescriber.id as string}`
    )[0]?.books
  const plus = page.getByRole('button', { name: '1 carnet remis' })
  await look(page, 'handing')
  await plus.click()
  await expect.poll(books).toBe(1)

  await context.setOffline(true)
  await plus.click()
  await plus.click()
  await page.locator('.counter b', { hasText: '3' }).waitFor()
  await page.reload()
  await page.locator('.counter b', { hasText: '3' }).waitFor()
  await page.getByRole('button', { name: 'Enlever le dernier (2)' }).click()
  await page.locator('.counter b', { hasText: '2' }).waitFor()
  expect(await books()).toBe(1)
  await context.setOffline(false)
  await expect.poll(books, { timeout: 30_000 }).toBe(2)

  await page.getByRole('button', { name: 'Carnet perdu' }).click()
  await page.getByLabel('Numéro de couverture').fill('99')
  await page.getByText('La couverture 99 n’est pas dans vos colis').waitFor()
  await page.getByLabel('Numéro de couverture').fill('1')
  await page.getByRole('button', { name: 'Bloquer ce carnet' }).click()
  await page.getByText('Bloquer le carnet 1 ?').waitFor()
  await look(page, 'lost-book')
  await page.getByRole('button', { name: 'Bloquer ce carnet' }).click()
  await page.getByText('Le carnet 1 est bloqué.').waitFor()
  await expect.poll(async () => (await world.sql`select 1 from stop_orders`).length).toBe(1)
  // By its cover: the best reader that this phone has, then the one that always works, then the number as it is printed.
  for (const decoder of ['', '?decoder=zxing']) {
    if (decoder) {
      await page.goto(`${world.address}/scanner/${decoder}`)
      await page.getByRole('button', { name: 'Carnet perdu' }).click()
    }
    await page.getByRole('button', { name: 'Lire la couverture' }).click()
    if (!decoder) await takePicture(page, 'lost-book-camera')
    await expect
      .poll(() => page.getByLabel('Numéro de couverture').inputValue(), { timeout: 30_000 })
      .toBe('0101000003')
    await page.getByText('Fermer l’appareil photo').waitFor({ state: 'hidden' })
  }
  await page.getByLabel('Numéro de couverture').fill('0999-000003')
  await page.getByText('La couverture 3 n’est pas dans vos colis').waitFor()
  await page.getByLabel('Numéro de couverture').fill('0101-000003')
  await page.getByRole('button', { name: 'Bloquer ce carnet' }).click()
  await page.getByText('Bloquer le carnet 3 ?').waitFor()
  await page.getByRole('button', { name: 'Bloquer ce carnet' }).click()
  await page.getByText('Le carnet 3 est bloqué.').waitFor()
  await expect.poll(async () => (await world.sql`select 1 from stop_orders`).length).toBe(2)
  await page.getByLabel('Numéro de couverture').fill('9')
  await page.getByRole('button', { name: 'Bloquer ce carnet' }).click()
  await page.getByRole('button', { name: 'Bloquer ce carnet' }).click()
  await page.getByText('Le carnet 9 n’a pas pu être bloqué').waitFor()
  await page.getByRole('button', { name: 'Mes colis' }).click()
  await page.getByText('Couvertures 1 – 10').waitFor()
  await look(page, 'boxes')
  expect(errors).toEqual([])
})
