import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createApp } from '@carnet/api/app.ts'
import { listen } from '@carnet/api/serve.ts'
import { readNetworks } from '@carnet/api/shared/http-caller.ts'
import { createLimit, rateRules } from '@carnet/api/shared/rate-limit.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { type AppRoute, listAppRoutes } from '../../helpers/app-routes.ts'
import { freePort } from '../../helpers/command.ts'
import { crawl, type Form, formsOf, type Request } from '../../helpers/crawl.ts'
import { givenEveryRoute } from '../../helpers/every-route.ts'

const world = await givenEveryRoute()
const { db, keyring, clock, scanning, operations, headersOf } = world
const limitClock = { ms: 0 }
const lines: string[] = []
const parts = {
  ...{
    db,
    keyring,
    now: () => clock.now,
    mode: 'demo' as const,
    publicUrl: 'http://localhost',
    scanning: scanning.parts,
  },
  log: (line: string) => void lines.push(line),
}
const limited = () =>
  createApp({ ...parts, limit: createLimit(() => limitClock.ms).limit, trustedProxies: readNetworks('127.0.0.1') })

describe('on the wire', async () => {
  const port = await freePort()
  const patience = { requestTimeout: 1500, headersTimeout: 700, connectionsCheckingInterval: 100 }
  afterAll(await listen(limited().fetch, port, patience))
  const head = 'POST /api/v1/funders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

  /** Sends bytes as they are and reads until the server ends the connection. */
  async function send(bytes: string, { ends = true } = {}): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(bytes)
    if (ends) socket.end()
    return text(socket)
  }
  const statusOf = (answer: string) => answer.slice(9, 12)

  test.each([
    ['in pieces without a length', `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, '411'],
    ['longer than it may be', `${head}Content-Length: 99999999\r\n\r\n`, '413'],
    ['with a length that is none', `${head}Content-Length: 0x10\r\n\r\n`, '400'],
    ['with two lengths', `${head}Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}`, '400'],
    ['with a length and in pieces', `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '400'],
    ['compressed', `${head}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`, '415'],
    [
      'of several parts',
      `${head.replace('application/json', 'multipart/form-data; boundary=x')}Content-Length: 2\r\n\r\n{}`,
      '415',
    ],
    ['with headers without end', `${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
    ['with a header of two lines', `${head}X-A: 1\n X-B: 2\r\n\r\n`, '400'],
  ])('a body %s is refused', async (_, bytes, status) => {
    expect(statusOf(await send(bytes))).toBe(status)
  })

  const promise = (path: string, type: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${2 ** 31}\r\n\r\n`

  test.each([
    ['/api/v1/venues/imports', 'text/csv'],
    ['/api/v1/catalogue/versions', 'text/csv'],
    ['/coordination/lieux/import', 'multipart/form-data; boundary=x'],
    ['/coordination/referentiel/import', 'multipart/form-data; boundary=x'],
  ])('two gigabytes for %s are refused at the promise', async (path, type) => {
    expect(statusOf(await send(promise(path, type)))).toBe('413')
  })

  test.each([
    ['/api/v1/catalogue/versions', 'application/json', 'nobody', '401'],
    ['/api/v1/venues/imports', 'text/csv', 'prescriber', '403'],
    ['/api/v1/bank-files', 'text/xml', 'manager', '403'],
    ['/lieu/compte-bancaire/envoi', 'multipart/form-data; boundary=x', 'nobody', '401'],
    ['/coordination/lieux/import', 'multipart/form-data; boundary=x', 'funder', '403'],
    [`/api/v1/organisations/${randomUUID()}/queue-imports`, 'application/json', 'nobody', '401'],
  ] as const)('a long body for %s (%s) is not read from %s', async (path, type, actor, status) => {
    const { cookie, ...more } = actor === 'nobody' ? { cookie: '' } : headersOf[actor]
    const own = { ...(cookie && { cookie }), ...more, 'idempotency-key': randomUUID() }
    const lines = Object.entries(own).map(([name, value]) => `${name}: ${value}\r\n`)
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${type}\r\n`
    const promised = `${head}${lines.join('')}Content-Length: 1000000\r\n\r\n`
    expect(statusOf(await send(promised, { ends: false }))).toBe(status)
  })

  test('what is sent after that all the same is kept nowhere', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(promise('/api/v1/venues/imports', 'text/csv'))
    await once(socket, 'data')
    const before = process.memoryUsage().arrayBuffers
    const piece = Buffer.alloc(1_048_576, 'a')
    let most = 0
    for (let sent = 0; sent < 200 && !socket.destroyed; sent += 1) {
      await new Promise((taken) => socket.write(piece, taken))
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    socket.destroy()
    expect(most).toBeLessThan(100 * 1_048_576)
  })

  test('a request that never ends is answered and cut', async () => {
    expect(statusOf(await send('POST /api/v1/funders HTTP/1.1\r\nHost: loc', { ends: false }))).toBe('408')
    const slow = `${head}Authorization: ${headersOf.coordinator.authorization ?? 'none'}\r\nContent-Length: 50\r\n\r\n{`
    expect(await send(slow, { ends: false })).toMatch(/^(HTTP\/1\.1 (408|401|403) |$)/)
  })

  test('what was cut is no bug and leaves no line in the log', () => {
    expect(lines).toEqual([])
  })
})

describe('a body that is small and strange', () => {
  const deep = '['.repeat(30_000) + ']'.repeat(30_000)
  const wide = `{${Array.from({ length: 5000 }, (_, at) => `"f${at}":0`).join(',')}}`
  const fields = Array.from({ length: 5000 }, (_, at) => `f${at}=`).join('&')

  test.each(
    [...operations]
      .filter(([route]) => !route.startsWith('GET') && !route.startsWith('DELETE'))
      .map(([route]) => route),
  )('%s', async (route) => {
    const { path } = operations.get(route)!
    const [method = ''] = route.split(' ')
    for (const body of [deep, `{"a":${deep}}`.slice(0, 65_000), wide, 'null', '1', '"x"']) {
      const response = await world.app.request(path.replace(/\{\w+\}/g, '1'), {
        method,
        body,
        headers: {
          ...headersOf.coordinator,
          'content-type': 'application/json',
          'content-length': String(body.length),
        },
      })
      expect(response.status, body.slice(0, 20)).toBeLessThan(500)
    }
  })

  test('every form of a page takes 5,000 fields without breaking', async () => {
    const headers = {
      ...headersOf.coordinator,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(fields.length),
    }
    const forms = listAppRoutes(world.app).filter(({ method, path }) => method === 'POST' && !path.startsWith('/api/'))
    const send = async ({ address }: AppRoute) => {
      const { status } = await world.app.request(address, { method: 'POST', body: fields, headers })
      expect(status, address).not.toBe(500)
    }
    for (const form of forms) if (!form.endsSession) await send(form)
    const account = await world.app.request('/compte', { headers: headersOf.coordinator })
    expect(account.status, 'the session lived').toBe(200)
    for (const form of forms) if (form.endsSession) await send(form)
  })
})

describe('rubbish where a day, a number or an id belongs', async () => {
  const unknown = 'c0ffee00-0000-4000-8000-000000000000'
  const days = ['2026-13', '2026-05-99', '0000-01-01', '9999-12-31']
  const rubbish = ['', 'x', ...days, '-'.repeat(36), '9'.repeat(20), unknown]
  const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
  const actors = ['coordinator', 'finance', 'funder', 'manager', 'prescriber'] as const
  const roots = ['/ou', '/donnees', '/transparence', '/lieu', '/financeur', '/coordination', '/prescripteur', '/equipe']
  /** Good enough to come as far as the field beside it. */
  const filled: Record<string, string> = {
    ...{ amount: '10', endsOn: '2027-01-31', expiresOn: '2026-05-01', from: '2026-04-20', validUntil: '2026-05-01' },
    ...{ total: '2', cover: '7', firstCover: '7', lastCover: '7', covers: '7', wanted: '3', books: '1' },
    ...{ email: 'someone@example.org', budgetedBooks: '200000', percent: '20' },
  }
  type Site = { pages: Map<string, string>; forms: Map<string, Form>; names: Set<string> }

  /** One page and one form of each kind, and every name that an address gives a value to. */
  async function readSite(actor: (typeof actors)[number]): Promise<Site> {
    const site: Site = { pages: new Map(), forms: new Map(), names: new Set() }
    const request: Request = (at, headers) => world.app.request(at, { headers })
    for await (const { path, text } of crawl(request, roots, headersOf[actor])) {
      const { pathname, searchParams } = new URL(path, 'http://site')
      for (const name of searchParams.keys()) site.names.add(name)
      for (const [, inside = ''] of text.matchAll(/<form[^>]*method="get"(.*?)<\/form>/gs))
        for (const [, name = ''] of inside.matchAll(/ name="([^"]+)"/g)) site.names.add(name)
      site.pages.set(pathname.replace(ids, 'id'), pathname)
      for (const form of formsOf(text)) {
        const fields = [...new URLSearchParams(form.body).keys()].join().replace(ids, 'id')
        site.forms.set(`${form.action.replace(ids, 'id')} ${fields}`, form)
      }
    }
    return site
  }
  /** A page and a form of one kind are asked once, by the first who has them. */
  const seen = new Set<string>()
  const onlyNew = <Item>(all: Map<string, Item>) =>
    [...all].filter(([kind]) => !seen.has(kind) && seen.add(kind)).map(([, item]) => item)
  const read = await Promise.all(actors.map(async (actor) => ({ actor, ...(await readSite(actor)) })))
  const sites = read.map(({ actor, pages, forms, names }) => ({
    ...{ actor, names, pages: onlyNew(pages), forms: onlyNew(forms) },
  }))

  test('is tried on most of the site', () => {
    expect(sites.flatMap(({ pages }) => pages).length).toBeGreaterThan(60)
    expect(sites.flatMap(({ forms }) => forms).length).toBeGreaterThan(25)
  })

  test.each(sites)('in the addresses that $actor reads', async ({ actor, pages, names }) => {
    const broken: string[] = []
    const ofNothing = pages.flatMap((path) => [path.replace(ids, unknown), path.replace(/\/\d{4}-\d{2}\b/, '/0000-01')])
    for (const path of new Set([...pages, ...ofNothing]))
      for (const value of rubbish) {
        const query = new URLSearchParams([...names].map((name) => [name, value]))
        const { status } = await world.app.request(`${path}?${query}`, { headers: headersOf[actor] })
        if (status >= 500 && status !== 503) broken.push(`${path} ${value}`)
      }
    expect(broken).toEqual([])
  })

  test.each(sites)('in the forms that $actor sends', async ({ actor, forms }) => {
    const broken: string[] = []
    const send = async (action: string, fields: URLSearchParams) => {
      const body = fields.toString()
      const headers = {
        ...headersOf[actor],
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
      }
      const { status } = await world.app.request(action, { method: 'POST', headers, body })
      if (status >= 500 && status !== 503) broken.push(`${action} ${body}`)
    }
    for (const { action, body } of forms) {
      const fields = [...new URLSearchParams(body)].map(([name, value]) => [
        name,
        value || (filled[name] ?? 'Un texte'),
      ])
      for (const [name = ''] of fields)
        for (const value of rubbish) {
          const changed = new URLSearchParams(fields as [string, string][])
          changed.set(name, value)
          await send(action, changed)
        }
    }
    expect(broken).toEqual([])
  })
})

describe('too many requests', () => {
  const from = (address: string, agent = 'x', headers: Record<string, string> = {}) => ({
    request: { headers: { 'user-agent': agent, 'x-forwarded-for': address, ...headers } },
    env: { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
  })
  async function askUntil(app: ReturnType<typeof limited>, path: string, { request, env }: ReturnType<typeof from>) {
    for (let asked = 0; asked < 4000; asked += 1) {
      const response = await app.request(path, request, env)
      if (response.status === 429) return { asked, response }
    }
    throw new Error('never refused')
  }

  test('of one reader are told when to come back; its neighbours at the same address go on', async () => {
    const app = limited()
    const { asked, response } = await askUntil(app, '/nowhere', from('192.0.2.1'))
    expect(asked).toBe(rateRules.public_read.burst)
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await response.json()).toMatchObject({ code: 'too_many_requests', facts: { retryAfterS: 1 } })
    const again = async ({ request, env }: ReturnType<typeof from>) =>
      (await app.request('/nowhere', request, env)).status
    expect(await again(from('192.0.2.1', 'another browser'))).toBe(404)
    expect(await again(from('192.0.2.2'))).toBe(404)
    expect(await again(from('192.0.2.1'))).toBe(429)
    const page = from('192.0.2.1', 'x', { accept: 'text/html' })
    const shown = await app.request('/nowhere', page.request, page.env)
    expect([shown.status, shown.headers.get('retry-after')]).toEqual([429, '1'])
    limitClock.ms += 1000
    expect(await again(from('192.0.2.1'))).toBe(404)
  })

  test('of one account count together, whatever its address; files count more closely', async () => {
    const app = limited()
    const { asked } = await askUntil(app, '/api/v1/audit-log.csv', from('192.0.2.1', 'x', headersOf.auditor))
    expect(asked).toBe(rateRules.export.burst)
    const other = from('192.0.2.9', 'y', headersOf.auditor)
    expect((await app.request('/api/v1/audit-log.csv', other.request, other.env)).status).toBe(429)
    expect((await app.request('/api/v1/session', other.request, other.env)).status).toBe(200)
  })

  test('of one phone count together, and a phone has plenty', async () => {
    const app = limited()
    const { asked } = await askUntil(app, '/api/v1/device/nowhere', from('192.0.2.1', 'x', headersOf.phone))
    expect(asked).toBe(rateRules.phone.burst)
    const other = from('192.0.2.1', 'x', headersOf.otherPhone)
    expect((await app.request('/api/v1/device/nowhere', other.request, other.env)).status).toBe(404)
  })
})
