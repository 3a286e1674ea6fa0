import { expect, test } from 'vitest'
import { launchBrowser, openPage } from '../helpers/browser.ts'
import { filmPaper, pictureOf } from '../helpers/camera-video.ts'
import { chooseService, openScanner, readByHand, verdictOf } from '../helpers/scanner-driver.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
const states = async () =>
  (await world.sql<{ state: string }[]>`select state from redemptions order by state`).map(({ state }) => state)

test.each(['wasm', 'zxing'])(
  'a voucher before the camera is accepted; shown again it is already scanned (%s)',
  async (decoder) => {
    const voucher = world.takeVoucher()
    const before = (await states()).length
    const camera = filmPaper([
      { shows: pictureOf(voucher.qr), seconds: 2 },
      { shows: null, seconds: 2 },
    ])
    const { page, errors } = await openScanner(world, await launchBrowser(camera), { decoder })

    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    expect(await page.locator('.lead').textContent()).toMatch(/^10\s€, payé le 7 avril$/)
    expect(await states()).toHaveLength(before + 1)
    await page.getByRole('heading', { name: 'Déjà scanné ici' }).waitFor()
    expect(await page.locator('.lead').textContent()).toBe('C’est le chèque 1 de cet atelier.')
    expect(await states()).toHaveLength(before + 1)
    expect(errors).toEqual([])
  },
)

test('without network a scan is kept, survives a reload, and is accepted when the network is back', async () => {
  const voucher = world.takeVoucher()
  const before = (await states()).length
  const browser = await launchBrowser(
    filmPaper([
      { shows: null, seconds: 3 },
      { shows: pictureOf(voucher.qr), seconds: 3 },
    ]),
  )
  const { page, context, errors } = await openScanner(world, browser)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await context.setOffline(true)

  await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
  expect(await states()).toHaveLength(before)
  await page.reload()
  await page.getByRole('button', { name: 'À traiter' }).click()
  await page.getByText('Pas encore envoyé').waitFor()
  await context.setOffline(false)

  await page.getByText('Rien à traiter').waitFor()
  await page.getByRole('button', { name: 'Aujourd’hui' }).click()
  await page.getByText('Payé le 7 avril').waitFor()
  expect(await states()).toHaveLength(before + 1)
  expect(errors).toEqual([])
})

test('a typed code says which group to look at, is accepted, undone, and leaves a receipt', async () => {
  const voucher = world.takeVoucher()
  const { page, errors } = await openScanner(world, await launchBrowser())
  await page.getByRole('button', { name: 'Taper le code' }).click()
  const typed = voucher.typed.replaceAll('-', '')
  const wrong = typed.slice(0, 5) + (typed[5] === 'A' ? 'B' : 'A') + typed.slice(6)
  for (const key of wrong) await page.keyboard.press(key)
  await page.getByText('Regardez encore le groupe 2').first().waitFor()
  await page.getByLabel('Code du chèque').fill(typed)
  await page.getByRole('button', { name: 'Valider' }).click()

  await page.getByRole('heading', { name: 'Accepté' }).waitFor()
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  await page.getByRole('button', { name: 'Terminer l’atelier' }).click()
  await page.getByText('1 chèque accepté').waitFor()
  await page.getByRole('button', { name: 'Voir ou annuler un chèque' }).click()
  await page.getByRole('button', { name: 'Annuler le chèque 1' }).click()
  await page.getByText('1 annulé, non compté').waitFor()
  await expect.poll(states, { timeout: 15_000 }).toContain('reversed')
  expect(errors).toEqual([])
})

test('a workshop that was cut off goes on where it was, and one that was finished does not', async () => {
  const { page } = await openScanner(world, await launchBrowser())
  await readByHand(page, world.takeVoucher().qr)
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  await page.reload()
  await chooseService(page, 'Découvrir la souris')
  await readByHand(page, world.takeVoucher().qr)
  await page.getByText('2 chèques dans cet atelier').waitFor()
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  await page.getByRole('button', { name: 'Terminer l’atelier' }).click()
  await page.getByRole('button', { name: 'Nouvel atelier' }).click()
  await chooseService(page, 'Découvrir la souris')
  await page.getByText('Chaque chèque lu s’ajoute ici.').waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByRole('button', { name: 'Aujourd’hui', exact: true }).click()
  await page.getByRole('button', { name: 'Reprendre l’atelier' }).click()
  await page.locator('.tally', { hasText: '20' }).waitFor()
})

test('the wrong service is corrected in place', async () => {
  const { page } = await openScanner(world, await launchBrowser())
  await readByHand(page, world.takeVoucher().qr)
  await verdictOf(page).waitFor()
  await page.getByRole('button', { name: 'Chèque suivant' }).click()
  await page.getByRole('button', { name: 'Terminer l’atelier' }).click()
  await page.getByRole('button', { name: 'Ce n’était pas ce service' }).click()
  await page.getByLabel('Changer le service').selectOption('A02')
  await page.getByRole('button', { name: 'Corriger', exact: true }).click()
  await page.getByRole('heading', { name: 'Déclarer ses impôts en ligne' }).waitFor()
  const [row] = await world.sql<
    { count: number }[]
  >`select count(*)::int as count from redemptions where service_code = 'A02'`
  expect(row!.count).toBe(1)
  await page.getByRole('button', { name: 'Nouvel atelier' }).click()
  await chooseService(page, 'Envoyer un courriel')
})

test('the first load is at most 100 kB of JavaScript, and the app starts without network ever after', async () => {
  const browser = await launchBrowser()
  const { page, context } = await openPage(browser)
  const sizes: number[] = []
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) sizes.push(Number((await response.allHeaders())['content-length']))
  })
  await page.goto(await world.linkFor())
  await page.getByText('Scanner tout de suite').waitFor()
  const total = sizes.reduce((sum, size) => sum + size, 0)
  expect(total).toBeGreaterThan(10_000)
  expect(total).toBeLessThan(100_000)

  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('heading', { name: 'Quel service aujourd’hui' }).waitFor()
})

test('without network the answer stands on the screen within 300 ms of the code', async () => {
  const { page, context } = await openScanner(world, await launchBrowser())
  await context.setOffline(true)
  const delays: number[] = []
  for (let count = 0; count < 5; count++) {
    const qr = world.takeVoucher().qr
    const delay = await page.evaluate(async (line) => {
      const start = performance.now()
      for (const key of [...line, 'Enter']) dispatchEvent(new KeyboardEvent('keydown', { key }))
      while (!document.querySelector('#verdict-title')) await new Promise((next) => requestAnimationFrame(next))
      return performance.now() - start
    }, qr)
    delays.push(Math.round(delay))
    await page.getByRole('button', { name: 'Chèque suivant' }).click()
  }
  console.info(`without network, ms from code to answer: ${delays.join(', ')}`)
  expect(delays.sort((a, b) => a - b)[2]).toBeLessThan(300)
})
