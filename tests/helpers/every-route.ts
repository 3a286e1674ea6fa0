import { randomUUID } from 'node:crypto'
import { type ApiDocument, listOperations } from '@carnet/api/shared/api-docs.ts'
import { type ActorName, givenEveryone } from './actors.ts'
import { textOfReply } from './reply-text.ts'
import { sampleOf } from './sample-request.ts'

type Content = Record<string, { schema?: object }> | undefined
type Change = (body: unknown) => unknown

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** The whole world with a request for every route of the reference, made from what the reference says of it. */
export async function givenEveryRoute(options: Parameters<typeof givenEveryone>[0] = {}) {
  const everyone = await givenEveryone(options)
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

  await sql`insert into bank_account_documents (bank_account_id, media_type, content, added_by, added_on)
    values (${made.bankAccount!}, 'application/pdf', 'pdf', ${world.people[0]!}, '2026-03-10')`
  for (const owner of [world.ids.funder, null])
    await sql`insert into logos (funder_id, png, width, height, added_on) values (${owner}, ${onePixel}, 200, 100, '2026-03-01')`
  const treasury = await givenTreasury(sql, world)
  const things: Record<string, string> = {
    ...treasury,
    venues: own.id,
    organisations: own.organisationId,
    devices: own.deviceId,
    funders: world.ids.funder,
    campaigns: world.ids.campaign,
    'print-runs': world.ids.run,
    boxes: world.ids.box,
    'stop-orders': made.stopOrder!,
    'delivery-gaps': made.gap!,
    'stock-moves': made.move!,
    'book-requests': made.bookRequest!,
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
    receiptId: treasury.receipts,
    until: '2026-03-12',
    expiresOn: '2026-04-01',
    month: '2026-03-01',
    email: 'someone@example.org',
    place: 'Nowhere',
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
    return { response, text: await textOfReply(response) }
  }

  return { ...everyone, operations, schemas, things, ask }
}

const jointContent = JSON.stringify({
  ...{
    number: 1,
    madeOn: '2026-03-10',
    operator: 'Opérateur',
    funder: 'Financeur',
    faceValueCents: 1000,
    partCents: 350,
  },
  campaign: {
    ...{ number: 1, name: 'Campagne', startsOn: '2026-03-01', endsOn: '2026-06-30' },
    ...{ usesUntil: '2026-07-31', uploadsUntil: '2026-08-05' },
  },
  vouchers: { issued: 0, used: 0, expired: 0 },
  cents: {
    ...{ received: 0, movedIn: 0, movedOut: 0, refunded: 0, corrected: 0, used: 0, expired: 0 },
    ...{ available: 0, credited: 0, notInvoiced: 0 },
  },
  creditNotes: [],
})

/** One of each thing that waits for a decision about money. */
async function givenTreasury(
  sql: Awaited<ReturnType<typeof givenEveryone>>['sql'],
  { ids, people }: Awaited<ReturnType<typeof givenEveryone>>['world'],
) {
  const names = [
    ...(['money-orders', 'bank-files', 'receipts', 'payout-holds', 'statement-reviews'] as const),
    ...(['funding-calls', 'invoices'] as const),
  ]
  const made = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<(typeof names)[number], string>
  const [venue] = await sql`select id, organisation_id from venues order by id limit 1`
  const [person] = people as [string]
  await sql`insert into bank_files (id, number, kind, version, message_id, name, sha256, content, imported_by, imported_on)
    values (${made['bank-files']}, 1, 'camt.053', 'camt.053.001.08', 'M1', 'm.xml', '\\x01', '\\x01', ${person}, '2026-03-10')`
  await sql`insert into bank_lines (file_id, position, bank_reference, status, outcome, why) values (${made['bank-files']}, 1, '', 'BOOK', 'open', 'unknown_debit')`
  await sql`insert into receipts (id, paying_account_id, bank_reference, amount_cents, booked_on, state)
    values (${made.receipts}, ${ids.account}, 'R1', 500, '2026-03-10', 'suspense')`
  await sql`insert into money_orders (id, kind, reference, amount_cents, paying_account_id, receipt_id, reason, proposed_by, proposed_on)
    values (${made['money-orders']}, 'receipt_sent_back', 'O1', 500, ${ids.account}, ${made.receipts}, 'erreur', ${person}, '2026-03-10')`
  await sql`insert into payout_holds (id, organisation_id, reason, opened_by, opened_on, until)
    values (${made['payout-holds']}, ${venue!.organisation_id}, 'RIB', ${person}, '2026-03-10', '2026-03-12')`
  await sql`insert into statement_reviews (id, organisation_id, venue_id, period_id, reason, opened_on, paid_by)
    values (${made['statement-reviews']}, ${venue!.organisation_id}, ${venue!.id}, 1, 'capacity', '2026-03-10', '2026-03-20')`
  for (const name of ['funding-calls', 'invoices'] as const)
    await sql`insert into funding_calls (id, campaign_id, funder_id, reference, amount_cents, called_on, due_on)
      values (${made[name]}, ${ids.campaign}, ${ids.funder}, ${name}, 500, '2026-03-10', '2026-04-09')`
  await sql`insert into account_holders (paying_account_id, siret, address, vat_mention, described_by, described_on)
    values (${ids.account}, '73282932000074', '1 rue du Pont', 'TVA non calculée', ${person}, '2026-03-10')`
  await sql`insert into invoices (id, kind, paying_account_id, year, number, campaign_id, funder_id, funding_call_id, amount_cents, subject, issuer_name, issuer_siret, issuer_address, vat_mention, customer_name, issued_by, issued_on)
    values (${made.invoices}, 'invoice', ${ids.account}, 2026, 1, ${ids.campaign}, ${ids.funder}, ${made.invoices}, 500, 'Appel', 'Opérateur', '73282932000074', '1 rue du Pont', 'TVA non calculée', 'Financeur', ${person}, '2026-03-10')`
  const contestId = randomUUID()
  await sql`insert into contests (id, answer_mac, organisation_id, venue_id, service_code, day, refusal, reason, asked_on)
    values (${contestId}, ${randomUUID()}, ${venue!.organisation_id}, ${venue!.id}, 'A01', '2026-03-09', 'already_used', 'platform_down', '2026-03-10')`
  const agreed = { amendments: randomUUID(), 'joint-statements': randomUUID() }
  await sql`insert into amendments (id, campaign_id, kind, ends_on, reason, proposed_by, proposed_on)
    values (${agreed.amendments}, ${ids.campaign}, 'extension', '2027-12-31', 'Plus longtemps', ${person}, '2026-03-10')`
  await sql`insert into joint_statements (id, campaign_id, funder_id, number, content, sha256, made_on)
    values (${agreed['joint-statements']}, ${ids.campaign}, ${ids.funder}, 1, ${jointContent}, ${'0'.repeat(64)}, '2026-03-10')`
  return { ...made, ...agreed, contests: contestId, 'paying-accounts': ids.account, lines: '1' }
}
