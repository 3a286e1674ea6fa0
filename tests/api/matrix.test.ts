import { randomUUID } from 'node:crypto'
import { type ApiDocument, listOperations } from '@carnet/api/shared/api-docs.ts'
import { describe, expect, test } from 'vitest'
import { accessMatrix } from '../helpers/access-matrix.ts'
import { type ActorName, actorNames, givenEveryone } from '../helpers/actors.ts'
import { sampleOf } from '../helpers/sample-request.ts'

const everyone = await givenEveryone()
const { app, world, made, own, headersOf } = everyone
const document: ApiDocument = await (await app.request('/api/openapi.json')).json()
const operations = new Map(listOperations(document).map((item) => [`${item.method.toUpperCase()} ${item.path}`, item]))

const scanId = randomUUID()
const scan = { scanId, code: world.vouchers[0]!.qr, service: 'A01', day: '2026-03-10' }
await app.request('/api/v1/device/scans', {
  method: 'POST',
  headers: { ...headersOf.phone, 'content-type': 'application/json' },
  body: JSON.stringify({ scans: [scan] }),
})

const things: Record<string, string> = {
  venues: own.id,
  organisations: own.organisationId,
  devices: own.deviceId,
  funders: world.ids.funder,
  campaigns: world.ids.campaign,
  'print-runs': world.ids.run,
  boxes: world.ids.box,
  'stop-orders': made.stopOrder!,
  prescribers: made.prescriber!,
  periods: '1',
  statements: `1.${own.organisationId}`,
  'payment-batches': made.batch!,
  payouts: made.payout!,
  versions: everyone.versionId,
  diff: everyone.versionId,
  'bank-accounts': made.bankAccount!,
  'api-tokens': everyone.tokenId,
  scans: scanId,
  'sign-in': 'unknown'.repeat(5),
}
const known = {
  funderId: world.ids.funder,
  payingAccountId: world.ids.account,
  campaignId: world.ids.campaign,
  prescriberId: made.prescriber,
  organisationId: own.organisationId,
  siret: '73282932000074',
  iban: everyone.iban,
  bic: 'PSSTFRPP',
  ageRecipient: everyone.ageRecipient,
  service: 'A01',
  sha256: '0'.repeat(64),
  scopes: ['accounts'],
  expiresOn: '2026-04-01',
  month: '2026-03-01',
}
const addressOf = (path: string) =>
  path.replace(/([^/]+)\/\{\w+\}/g, (_, noun: string) => `${noun}/${things[noun] ?? `no ${noun} in this world`}`)

function bodyOf(content: Record<string, { schema?: object }> | undefined) {
  const type = Object.keys(content ?? {})[0]
  if (type === undefined) return {}
  const schemas = (document.components?.schemas ?? {}) as Record<string, object>
  const body = type === 'application/json' ? JSON.stringify(sampleOf(content![type]!.schema!, known, schemas)) : 'id\n'
  return { body, headers: { 'content-type': type, 'content-length': String(body.length) } }
}

async function ask(route: string, actor: ActorName) {
  const { method, path, operation } = operations.get(route)!
  const queries = ((operation.parameters ?? []) as { name: keyof typeof known; in: string; required?: boolean }[])
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name }) => `${name}=${known[name]}`)
  const content = (operation.requestBody as { content?: Record<string, { schema?: object }> } | undefined)?.content
  const { headers, ...body } = bodyOf(content)
  const response = await app.request(`${addressOf(path)}?${queries.join('&')}`, {
    method: method.toUpperCase(),
    ...body,
    headers: { ...headersOf[actor], ...headers },
  })
  return { response, text: await response.text() }
}

const letterOf = (status: number) => ({ 401: 'a', 403: 'f', 404: 'n' })[status] ?? (status < 500 ? '+' : '!')
const table = accessMatrix
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [method, path, ...cells] = line.trim().split(/ +/)
    return { route: `${method} ${path}`, cells }
  })

/** What only its own tenant and those who serve the whole scheme may read. */
const { ids } = world
const secrets: Partial<Record<ActorName, string[]>> = {
  public: [ids.funder, ids.campaign, ids.run, ids.box, own.deviceId, everyone.iban, made.payout!, made.prescriber!],
  otherFunder: [
    ids.funder,
    ids.campaign,
    ids.run,
    ids.box,
    own.deviceId,
    everyone.iban,
    made.payout!,
    made.prescriber!,
  ],
  otherManager: [
    ids.funder,
    ids.campaign,
    ids.run,
    ids.box,
    own.deviceId,
    everyone.iban,
    made.payout!,
    made.prescriber!,
  ],
  otherPrescriber: [ids.funder, ids.run, ids.box, own.deviceId, everyone.iban, made.payout!, made.prescriber!],
  otherPhone: [ids.run, ids.box, own.deviceId, everyone.iban, made.payout!, made.prescriber!],
  funder: [made.otherFunder!],
  manager: [everyone.other.deviceId],
  prescriber: [made.otherPrescriber!],
}
/** The demo shows its whole world, and is in no production. */
const openToAll = 'GET /api/v1/demo'
const undocumented: string[] = []
const leaks: string[] = []

describe('the matrix', () => {
  test('has a line for every route, and a route for every line', () => {
    expect(table.map(({ route }) => route).sort()).toEqual([...operations.keys()].sort())
  })

  test.each(table)('$route', async ({ route, cells }) => {
    const answers: string[] = []
    for (const actor of actorNames) {
      const { response, text } = await ask(route, actor)
      answers.push(letterOf(response.status))
      if (!(response.status in (operations.get(route)!.operation.responses ?? {})))
        undocumented.push(`${route}: ${response.status} ${text.slice(0, 120)}`)
      for (const secret of route === openToAll ? [] : (secrets[actor] ?? []))
        if (text.includes(secret)) leaks.push(`${route} tells ${actor} of ${secret}: ${text.slice(0, 120)}`)
    }
    expect(Object.fromEntries(actorNames.map((actor, at) => [actor, answers[at]]))).toEqual(
      Object.fromEntries(actorNames.map((actor, at) => [actor, cells[at]])),
    )
  })

  test('no answer went to another tenant', () => {
    expect(leaks).toEqual([])
  })

  test('every answer is documented', () => {
    expect([...new Set(undocumented)]).toEqual([])
  })
})
