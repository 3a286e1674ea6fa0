import { type ApiDocument, listOperations } from '@carnet/api/shared/api-docs.ts'
import { errorMessages } from '@carnet/api/shared/messages.ts'
import { describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'

const { app } = await createTestApp()
const document: ApiDocument = await (await app.request('/api/openapi.json')).json()
const operations = listOperations(document)

/** The API and the doors into the demo; pages are for people, and described by themselves. */
const isDocumented = (path: string) => /^\/(api\/v1|demo\/sign-in)\//.test(path)

describe('the document', () => {
  test('holds every route that is mounted, and no other', () => {
    const documentedPath = (path: string) =>
      path.replace('/:id{[^/]+\\.pdf}', '/{id}.pdf').replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
    const mounted = app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*') && isDocumented(path))
      .map(({ method, path }) => `${method} ${documentedPath(path)}`)
    const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect([...new Set(mounted)].sort()).toEqual(documented.sort())
  })

  test('is OpenAPI 3.1 and names every kind of caller', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual([
      'session',
      'apiToken',
      'deviceToken',
      'deviceSignature',
    ])
  })

  test('points at nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    const names = Object.keys(document.components?.schemas ?? {})
    expect(references.map(([, name]) => name).filter((name) => !names.includes(name!))).toEqual([])
  })

  test('gives each operation a name of its own', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(operations.map(({ method, path, operation }) => [`${method.toUpperCase()} ${path}`, operation] as const))(
    '%s says what it does, who may call it, and how it refuses',
    (_, { summary, security, responses = {} }) => {
      expect(summary).toMatch(/^[A-Z]/)
      expect(security).toBeDefined()
      const answers = Object.entries(responses) as [string, { content?: Record<string, { schema: object }> }][]
      expect(answers.some(([status]) => status < '400')).toBe(true)
      for (const [status, { content }] of answers.filter(([code]) => code >= '400'))
        expect(content, status).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        })
    },
  )

  test('lists every error code with its sentences', () => {
    const { Problem, ErrorCode } = (document.components?.schemas ?? {}) as Record<string, Record<string, unknown>>
    expect(Problem).toMatchObject({ properties: { code: { $ref: '#/components/schemas/ErrorCode' } } })
    expect(ErrorCode!['x-sentences']).toEqual(errorMessages)
  })
})

describe('the reference page', () => {
  test.each(['fr', 'en'])('in %s shows every route and every code, without a script', async (lang) => {
    const html = await (await app.request(`/api/docs?lang=${lang}`)).text()
    expect(Buffer.byteLength(html)).toBeLessThan(200_000)
    expect(html).not.toMatch(/<script|<link[^>]+https?:|style=/)
    for (const { path } of operations) expect(html).toContain(path)
    for (const code of Object.keys(errorMessages)) expect(html).toContain(`id="${code}"`)
  })

  test('is where the type of an error leads', async () => {
    const { type } = await (await app.request('/api/v1/session')).json()
    expect(type).toBe('/api/docs#sign_in_needed')
  })
})

test('figures are described in the words of the page that explains them, after their own unit', async () => {
  const page = await (await app.request('/methode', { headers: { 'accept-language': 'en' } })).text()
  const plain = (text: string) =>
    text
      .replace(/<[^>]+>/g, ' ')
      .replace(/&#39;/g, "'")
      .replace(/\s+/g, ' ')
  const { Waterfall } = document.components!.schemas as unknown as Record<
    string,
    { properties: Record<string, { description?: string }> }
  >
  const told = Object.entries(Waterfall!.properties).flatMap(([name, { description = '' }]) => {
    const [, unit, formula] = /^In (vouchers|books|cents)\. ([^.]+\.)/.exec(description) ?? []
    return unit && formula ? [{ name, unit, formula }] : []
  })
  expect(told.map(({ name, unit }) => `${name} ${unit}`)).toEqual(
    expect.arrayContaining(['redeemed vouchers', 'booksHandedOut books', 'paidCents cents']),
  )
  for (const { name, formula } of told) expect(plain(page), name).toContain(formula)
})
