import { randomUUID } from 'node:crypto'
import { type ApiDocument, listOperations } from '@carnet/api/shared/api-docs.ts'
import { type ActorName, givenEveryone } from './actors.ts'
import { sampleOf } from './sample-request.ts'

type Content = Record<string, { schema?: object }> | undefined
type Change = (body: unknown) => unknown

/** The whole world with a request for every route of the reference, made from what the reference says of it. */
export async function givenEveryRoute() {
  const everyone = await givenEveryone()
  const { app, sql, world, made, own, headersOf } = everyone
  const document: ApiDocument = await (await app.request('/api/openapi.json')).json()
  const operations = new Map(
    listOperations(document).map((item) => [`${item.method.toUpperCase()} ${item.path}`, item]),
  )
  const schemas = (document.components?.schemas ?? {}) as Record<string, object>

  const scanId = randomUUID()
  const scan = { scanId, code: world.vouchers[0]!.qr, service: 'A01', day: '2026-03-10' }
  await app.request('/api/v1/device/scans', {
    method: 'POST',
    headers: { ...headersOf.phone, 'content-type': 'application/json' },
    body: JSON.stringify({ scans: [scan] }),
  })

  const [releaseId, shareLinkId] = [randomUUID(), randomUUID()]
  await sql.begin(async (tx) => {
    await tx`insert into releases (id, month, frozen_on, sha256, threshold) values (${releaseId}, '2026-01-01', '2026-02-10', '\\x01', 11)`
    await tx`insert into release_cells values (${releaseId}, 'R1_department_service_month', '16', 'A01', '2026-01', 'rounded', 15)`
  })
  await sql`insert into share_links (id, funder_id, label, token_hash, created_by, created_on, expires_on)
    values (${shareLinkId}, ${world.ids.funder}, 'Lien', '\\x01', ${world.people[0]!}, '2026-03-01', '2026-04-01')`

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
    services: 'A01',
    diff: everyone.versionId,
    'bank-accounts': made.bankAccount!,
    'api-tokens': everyone.tokenId,
    scans: scanId,
    invitations: everyone.invitationId,
    memberships: everyone.colleagueId,
    releases: releaseId,
    tables: 'R1_department_service_month',
    'share-links': shareLinkId,
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
    email: 'someone@example.org',
  }
  const addressOf = (path: string) =>
    path.replace(/([^/]+)\/\{\w+\}/g, (_, noun: string) => `${noun}/${things[noun] ?? `no ${noun} in this world`}`)

  function bodyOf(content: Content, change: Change) {
    const type = Object.keys(content ?? {})[0]
    if (type === undefined) return {}
    const body =
      type === 'application/json' ? JSON.stringify(change(sampleOf(content![type]!.schema!, known, schemas))) : 'id\n'
    return { body, headers: { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) } }
  }

  /** Asks as one of the actors, with the smallest body that the reference allows, changed if need be. */
  async function ask(route: string, actor: ActorName, change: Change = (body) => body, query = '') {
    const { method, path, operation } = operations.get(route)!
    const queries = ((operation.parameters ?? []) as { name: keyof typeof known; in: string; required?: boolean }[])
      .filter((parameter) => parameter.in === 'query' && parameter.required)
      .map(({ name }) => `${name}=${known[name]}`)
    const content = (operation.requestBody as { content?: Content } | undefined)?.content
    const { headers, ...body } = bodyOf(content, change)
    const response = await app.request(`${addressOf(path)}?${[...queries, query].join('&')}`, {
      method: method.toUpperCase(),
      ...body,
      headers: { ...headersOf[actor], ...headers },
    })
    return { response, text: await response.text() }
  }

  return { ...everyone, operations, schemas, ask }
}
