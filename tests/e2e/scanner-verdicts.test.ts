import { trainingCode } from '@carnet/api/books/training-code.ts'
import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import { messages } from '@carnet/api/shared/messages.ts'
import { refusalReason } from '@carnet/db'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, takePicture } from '../helpers/browser.ts'
import { makeVoucher } from '../helpers/scan-world.ts'
import { chooseService, keptOn, openScanner, readByHand, verdictOf, wordsOf } from '../helpers/scanner-driver.ts'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
const browser = await launchBrowser()

const next = async (page: Page) => {
  await page
    .locator('.verdict-dock button')
    .filter({ hasText: /Chèque suivant|Scanner un autre|Vérifier un autre|Next voucher|Scan another/ })
    .click()
  await expect.poll(() => page.locator('.overlay').count()).toBe(0)
}

/** The server's answers, replaced for one page: the API's own tests make each of them in its real way. */
async function answerWith(page: Page, answer: Record<string, unknown>) {
  await page.unroute('**/device/scans')
  await page.route('**/device/scans', async (route) => {
    const { scans } = route.request().postDataJSON() as { scans: { scanId: string }[] }
    const results = scans.map(({ scanId }) => ({ scanId, ...answer }))
    const serverTime = world.clock.now.toISOString()
    await route.fulfill({ json: { serverTime, generation: 'g', ackedSeq: 1, gaps: [], results, bundleEtag: '' } })
  })
}

describe('the real server', () => {
  test('tells each refusal that a mediator meets, and what to do next', async () => {
    const { page, errors } = await openScanner(world, browser)
    const limited = await world.givenCampaign({ services: ['A03'] })
    const late = await world.givenCampaign({ startsOn: '2025-01-01', endsOn: '2025-12-31' })
    const early = await world.givenCampaign({ state: 'agreed' })
    const inBox = await world.givenCampaign({ boxState: 'delivered' })
    const used = world.takeVoucher()
    await world.phones[1]!.scans([{ scanId: crypto.randomUUID(), code: used.qr, service: 'A01', day: '2026-03-10' }])
    const cases = [
      [limited.vouchers[0]!, 'Cette campagne ne paie pas ce service.'],
      [late.vouchers[0]!, 'Ce chèque n’est plus valable'],
      [early.vouchers[0]!, 'La campagne de ce chèque n’est pas ouverte.'],
      [inBox.vouchers[0]!, 'Ce chèque n’est pas encore actif.'],
      [makeVoucher(world.keyring), 'Ce chèque n’est pas reconnu.'],
      [used, 'Il a payé un accompagnement, un autre jour ou ailleurs.'],
    ] as const
    for (const [{ qr }, sentence] of cases) {
      await readByHand(page, qr)
      await page.locator('.lead', { hasText: sentence }).waitFor()
      await next(page)
    }
    await page.getByRole('button', { name: 'Service · changer' }).click()
    await page.getByRole('button', { name: /À traiter/ }).click()
    await page.getByText('Refusés').waitFor()
    expect(await page.locator('.todo').count()).toBe(cases.length)
    await expectAccessible(page, 'todo')
    await takePicture(page, 'todo')
    await contestTheFirst(page)
    expect(errors).toEqual([])
  })

  test('a check writes nothing, and its voucher can be used at once', async () => {
    const { page } = await openScanner(world, browser)
    const voucher = world.takeVoucher()
    const before = await world.countRows()
    await page.getByRole('button', { name: 'Vérifier seulement' }).click()
    await readByHand(page, voucher.qr)
    await page.getByRole('heading', { name: 'Chèque valable' }).waitFor()
    expect(await world.countRows()).toEqual(before)
    await expectAccessible(page, 'checked')
    await takePicture(page, 'verdict-checked')
    await page.getByRole('button', { name: 'Utiliser ce chèque' }).click()
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    expect((await world.countRows()).redemptions).toBe(before.redemptions! + 1)
  })

  test('a training voucher among real ones says that it pays nothing, and is not counted with them', async () => {
    const { page } = await openScanner(world, browser)
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    await next(page)
    const before = await world.countRows()
    await readByHand(page, makeVoucher(world.keyring, undefined, { isTraining: true }).qr)
    await page.getByRole('heading', { name: 'Chèque d’entraînement' }).waitFor()
    await page.getByText('Il ne paie rien.').waitFor()
    await page.getByText('Entraînement : rien n’est compté').waitFor()
    expect(await world.countRows()).toEqual(before)
    await expectAccessible(page, 'training')
    await takePicture(page, 'verdict-training')
    expect(await page.locator('.tally').textContent()).toMatch(/^1 chèque10/)

    // A typed code says less than the square, and is known all the same, by the phone alone.
    await next(page)
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Taper le code' }).click()
    await page.getByLabel('Code du chèque').fill(formatTypedCode(trainingCode(7)))
    await page.getByRole('button', { name: 'Valider' }).click()
    await page.getByRole('heading', { name: 'Chèque d’entraînement' }).waitFor()
    await page.getByText('Entraînement : rien n’est compté').waitFor()
  })

  test('what is no voucher is not called a refusal, and nothing waits because of it', async () => {
    const { page, errors } = await openScanner(world, browser)
    const cases = [
      [`${world.address}/ou`, 'C’est une couverture'],
      ['0101000003', 'C’est une couverture'],
      ['https://example.org/menu', 'Ce n’est pas un chèque'],
      ['HC1:6BF+70790T9WJWG.FKY*4GO0', 'Ce n’est pas un chèque'],
      [world.takeVoucher().qr.slice(0, 90), 'Chèque mal lu'],
    ] as const
    // What the reader types must not press the button that has the focus: a code may hold a space.
    const check = page.getByRole('button', { name: 'Vérifier seulement' })
    await check.focus()
    await page.keyboard.type('P1 A B C\n')
    expect(await check.getAttribute('aria-pressed')).toBe('false')
    for (const [text, title] of cases) {
      await readByHand(page, text)
      await page.getByRole('heading', { name: title }).waitFor()
      await page.getByText('Rien n’est enregistré.').waitFor()
      await takePicture(page, `verdict-none-${text.slice(0, 4).replace(/\W/g, '')}`)
    }
    await expectAccessible(page, 'no voucher')
    expect(await keptOn(page)).toEqual([])
    expect(errors).toEqual([])
  })

  test('a phone whose memory fails says that the voucher is not kept; opened again it keeps it', async () => {
    const { page } = await openScanner(world, browser)
    await readByHand(page, world.takeVoucher().qr)
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    await next(page)
    const voucher = world.takeVoucher()
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('', 'QuotaExceededError')
      }
    })
    await readByHand(page, voucher.qr)
    await page.getByRole('heading', { name: 'Pas enregistré' }).waitFor()
    await page.getByText('Mettez ce chèque de côté').waitFor()
    await expectAccessible(page, 'not kept')
    await takePicture(page, 'verdict-not-kept')
    await page.getByRole('button', { name: 'Rouvrir l’application' }).click()
    await chooseService(page, 'Découvrir la souris')
    await readByHand(page, voucher.qr)
    await page.getByText('2 chèques dans cet atelier').waitFor()
  })

  test('a correction that the campaign does not pay for is not shown as done', async () => {
    const { page } = await openScanner(world, browser)
    const { vouchers } = await world.givenCampaign({ services: ['A01'] })
    await readByHand(page, vouchers[0]!.qr)
    await page.getByRole('heading', { name: 'Accepté' }).waitFor()
    await next(page)
    await page.getByRole('button', { name: 'Terminer l’atelier' }).click()
    await page.getByRole('button', { name: 'Ce n’était pas ce service' }).click()
    await page.getByLabel('Changer le service').selectOption('A02')
    await page.getByRole('button', { name: 'Corriger', exact: true }).click()
    await page.getByText('1 chèque garde l’ancien service').waitFor()
    await page.getByRole('heading', { name: 'Découvrir la souris' }).waitFor()
    await page.getByRole('button', { name: 'Voir ou annuler un chèque' }).click()
    await page.getByText('Le service n’a pas pu être changé').waitFor()
    await takePicture(page, 'receipt-not-corrected')
  })

  test('a camera that was refused opens once it is allowed, and says when it is taken away', async () => {
    const { page, errors } = await openScanner(world, browser)
    await page.getByText('Pas de caméra sur cet appareil').waitFor()
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    })
    await page.getByRole('button', { name: 'Essayer encore' }).click()
    await page.getByText('La caméra n’est pas autorisée').waitFor()
    await takePicture(page, 'camera-denied')
    // As somebody who comes back from the settings.
    await page.evaluate(() => {
      const canvas = document.createElement('canvas')
      setInterval(() => canvas.getContext('2d')!.fillRect(0, 0, 9, 9), 50)
      navigator.mediaDevices.getUserMedia = async () => canvas.captureStream()
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await page.getByText('Le carré noir et blanc dans le cadre').waitFor()
    // As when somebody calls.
    await page.evaluate(() => {
      const { srcObject } = document.querySelector('video')!
      ;(srcObject as MediaStream).getTracks()[0]!.dispatchEvent(new Event('ended'))
    })
    await page.getByText('La caméra ne s’ouvre pas').waitFor()
    await expectAccessible(page, 'camera taken away')
    expect(errors).toEqual([])
  })

  test('a second tab shows the same queue and knows the same vouchers', async () => {
    const { page, context } = await openScanner(world, browser)
    const other = await context.newPage()
    await other.clock.setSystemTime(world.clock.now)
    await other.goto(`${world.address}/scanner/`)
    await chooseService(other, 'Découvrir la souris')
    await context.setOffline(true)
    const { qr } = world.takeVoucher()
    await readByHand(page, qr)
    await page.getByRole('heading', { name: 'Enregistré sur ce téléphone' }).waitFor()
    await readByHand(other, qr)
    await other.getByRole('heading', { name: 'Déjà scanné ici' }).waitFor()
    expect(await keptOn(page)).toHaveLength(1)
  })
})

/** From the list on the phone to the coordination and back: kept first, told, answered, seen. */
async function contestTheFirst(page: Page) {
  await page.getByRole('button', { name: 'Contester le refus' }).first().click()
  await page.getByRole('heading', { name: 'Contester ce refus' }).waitFor()
  await page.context().setOffline(true)
  await page.getByLabel('Ce chèque devrait payer ce service, ici').check()
  await page.getByRole('button', { name: 'Envoyer à la coordination' }).click()
  await page.getByText('Contestation enregistrée').waitFor()
  await page.context().setOffline(false)
  await page.getByText('Envoyé à la coordination').waitFor()
  const [contest] = await world.sql`select id, refusal, reason from contests`
  expect(contest).toMatchObject({ refusal: 'service_not_covered', reason: 'rule_is_wrong' })
  await world.post(`/contests/${contest!.id}/answer`, { state: 'upheld', answer: 'rule_applies' })
  await page.reload()
  await page.getByRole('button', { name: /À traiter/ }).click()
  await page.getByText('Le refus est maintenu').waitFor()
  await expectAccessible(page, 'contested')
  await page.getByRole('button', { name: 'C’est vu' }).click()
  await page.getByText('Contestés').waitFor({ state: 'hidden' })
}

const variants = [
  ['light', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
  ['small', { colorScheme: 'light', viewport: { width: 320, height: 568 }, reducedMotion: 'reduce' }],
  ['english', { locale: 'en-GB', viewport: { width: 320, height: 568 } }],
] as const

describe.each(variants)('every answer, %s', (variant, options) => {
  test('has its own words, is accessible, and nothing runs off the screen', async () => {
    const { page, errors } = await openScanner(world, browser, options)
    const language = variant === 'english' ? 'en' : 'fr'
    const answers: [string, Record<string, unknown>][] = [
      ['accepted', { outcome: 'accepted', now: 'accepted', receipt: 'A', paidOn: '2026-04-07' }],
      ['used_here', { outcome: 'refused', reason: 'already_used', usedHere: true }],
      ['retry', { outcome: 'retry' }],
      ...refusalReason.enumValues.map((reason): [string, Record<string, unknown>] => [
        reason,
        { outcome: 'refused', reason, usedHere: false },
      ]),
    ]
    for (const [name, answer] of answers) {
      await answerWith(page, answer)
      await readByHand(page, makeVoucher(world.keyring).qr)
      await verdictOf(page).waitFor()
      await page.getByText(messages['scanner.verdict.sending'][language], { exact: true }).waitFor({ state: 'hidden' })
      const text = (await page.locator('.overlay').textContent())!
      expect(text).toContain(nextOf(name)[language])
      // Said at once to whoever does not see it: what it is, and what to do.
      const alert = page.locator('.overlay').getByRole('alert')
      expect(await alert.textContent()).toContain((await verdictOf(page).textContent())!)
      expect(await alert.textContent()).toContain(nextOf(name)[language])
      if ('reducedMotion' in options) expect(await page.evaluate(() => document.getAnimations().length), name).toBe(0)
      if (name === 'retry') expect(text).toContain(messages['scanner.verdict.unknown.lead'][language])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name).toBe(true)
      await expectAccessible(page, `${variant} ${name}`)
      await takePicture(page, `verdict-${variant}-${name}`)
      await next(page)
    }
    const t = wordsOf(options)
    const see = async (name: string) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name).toBe(true)
      await takePicture(page, `contest-${variant}-${name}`)
      await expectAccessible(page, `${variant} ${name}`)
    }
    await page.getByRole('button', { name: t('scanner.service.change') }).click()
    await page.getByRole('button', { name: t('scanner.tab.todo') }).click()
    await see('todo')
    await page
      .getByRole('button', { name: t('scanner.contest.short') })
      .first()
      .click()
    await page.getByRole('radio').first().check()
    await see('ask')
    await page.getByRole('button', { name: t('scanner.contest.send') }).click()
    // The server that knows these scans is another one.
    await page.getByText(t('scanner.contest.not_taken')).waitFor()
    await page.getByText(t('scanner.contest.not_taken')).scrollIntoViewIfNeeded()
    await see('answered')
    expect(errors).toEqual([])
  })
})

function nextOf(reason: string): { fr: string; en: string } {
  const all: Record<string, { fr: string; en: string }> = messages
  return all[`refusal.${reason}.next`] ?? { fr: '', en: '' }
}
