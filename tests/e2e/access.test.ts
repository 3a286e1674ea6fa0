import { createServer } from 'node:http'
import { listen } from '@carnet/api/serve.ts'
import { expect, test } from 'vitest'
import { afterwards } from '../helpers/afterwards.ts'
import { createTestApp } from '../helpers/app.ts'
import { expectAccessible, launchBrowser, openPage, takePicture } from '../helpers/browser.ts'
import { freePort } from '../helpers/command.ts'
import { givenMember, givenSession } from '../helpers/members.ts'

const port = await freePort()
const address = `http://localhost:${port}`
const { app, sql, clock } = await createTestApp({ mode: 'production', publicUrl: address })
clock.now = new Date()
afterwards(await listen(app.fetch, port))
const browser = await launchBrowser()

const [organisation] =
  await sql`insert into organisations (legal_name, created_on) values ('Médiathèque intercommunale', '2026-01-01') returning id`
const [coordinator, colleague, manager] = [
  await givenMember(sql, 'coordinator'),
  await givenMember(sql, 'finance_approver'),
  await givenMember(sql, 'venue_manager', organisation!.id),
]
await sql`insert into memberships (person_id, role, tenant_id) values (${coordinator.personId}, 'venue_manager', ${organisation!.id})`
await sql`insert into devices (organisation_id, label, token_hash, enrolled_on, last_seen_on, expires_on)
  values (${organisation!.id}, 'Accueil', '\\x07', '2026-01-01', '2026-03-01', '2099-01-01')`

async function openAs(membershipId: string | undefined, method = 'passkey') {
  const opened = await openPage(browser, { locale: 'en-GB', viewport: { width: 320, height: 700 } })
  const cookies = [{ name: 'lang', value: 'en', url: address }]
  if (membershipId)
    cookies.push({ name: 'carnet-session', value: await givenSession(sql, membershipId, { method }), url: address })
  await opened.context.addCookies(cookies)
  return opened.page
}

test('every page of access reads well at 320 pixels, in English, and for those who do not see it', async () => {
  const pages: [page: string, membershipId?: string, method?: string][] = [
    ['/connexion'],
    ['/connexion/code'],
    ['/devenir-lieu'],
    ['/connexion/cle', colleague.membershipId, 'code'],
    ['/compte', coordinator.membershipId],
    ['/compte/roles', coordinator.membershipId],
    ['/equipe', coordinator.membershipId],
    [`/equipe/compte/${colleague.membershipId}`, coordinator.membershipId],
    [`/equipe/acces/${colleague.membershipId}`, coordinator.membershipId],
    ['/coordination/candidatures', coordinator.membershipId],
    ['/equipe', manager.membershipId],
    ['/lieu/telephones', manager.membershipId],
  ]
  for (const [path, membershipId, method] of pages) {
    const page = await openAs(membershipId, method)
    const name = `${path} of ${membershipId ?? 'everybody'}`
    expect((await page.goto(address + path))?.status(), name).toBe(200)
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(320)
    expect(await page.getAttribute('html', 'lang'), name).toBe('en')
    await expectAccessible(page, name)
    await takePicture(page, `access${path.replaceAll('/', '-').slice(0, 24)}`)
    await page.context().close()
  }
})

test('no page is drawn in a frame of another site, with a session or without', async () => {
  const framed = ['/compte', '/connexion', `/equipe/compte/${colleague.membershipId}`]
  const html = framed.map((path) => `<iframe src="${address}${path}"></iframe>`).join('')
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
  const evilPort = await freePort()
  await new Promise<void>((ready) => server.listen(evilPort, '127.0.0.1', ready))
  afterwards(() => new Promise<void>((closed) => void server.close(() => closed())))
  const page = await openAs(coordinator.membershipId)
  const blocked: string[] = []
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'net::ERR_BLOCKED_BY_RESPONSE') blocked.push(request.url())
  })
  // The same host name, so that the session is sent along.
  await page.goto(`http://localhost:${evilPort}/`)
  await expect.poll(() => blocked.length, { timeout: 60_000 }).toBe(framed.length)
  for (const frame of page.frames().slice(1))
    await expect.poll(() => frame.url(), { timeout: 60_000 }).toMatch(/^chrome-error:/)
})
