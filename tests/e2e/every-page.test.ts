import { listen } from '@carnet/api/serve.ts'
import { afterAll, describe, test } from 'vitest'
import { expectReadable, launchBrowser, openPage, screens } from '../helpers/browser.ts'
import { freePort } from '../helpers/command.ts'
import { givenEveryRoute } from '../helpers/every-route.ts'
import { listWalk } from '../helpers/page-walk.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const everything = await givenEveryRoute()
afterAll(await listen(everything.app.fetch, port))
const walk = await listWalk(everything)
const actors = [...new Set(walk.map(({ as }) => as))]
const browser = await launchBrowser()

describe.each([
  ['fr', screens.wide],
  ['en', screens.narrow],
] as const)('in %s', (lang, screen) => {
  test.each(actors)('every page of %s fits every screen and is accessible', { timeout: 600_000 }, async (actor) => {
    const { page, context } = await openPage(browser, screen)
    const session = /carnet-session=([^;]+)/.exec(everything.headersOf[actor].cookie ?? '')?.[1]
    if (session) await context.addCookies([{ name: 'carnet-session', value: session, url: address }])
    for (const { path, route } of walk.filter(({ as }) => as === actor)) {
      await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      await expectReadable(page, `walk${route.replace(/\W+/g, '-')}-${lang}`)
    }
    await context.close()
  })
})
