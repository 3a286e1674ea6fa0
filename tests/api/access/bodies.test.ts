import * as schema from '@carnet/db'
import { getTableColumns, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { type ActorName, actorNames } from '../../helpers/actors.ts'
import { givenEveryRoute } from '../../helpers/every-route.ts'
import { listTables } from '../../helpers/walls.ts'

/*
 * The rule for every body of the API: a field that the reference does not name is ignored, at every depth, and whatever an id
 * in a body names is looked up as it is for who asks.
 */
const everyone = await givenEveryRoute()
const { operations, schemas, ask, sql, other, made } = everyone

const planted = { uuid: '5eed5eed-5eed-4eed-8eed-5eed5eed5eed', text: 'planted', day: '2031-12-31', number: 77_777_777 }

function valueFor({
  columnType,
  dataType,
  enumValues,
}: {
  columnType: string
  dataType: string
  enumValues?: string[] | undefined
}) {
  if (enumValues?.length) return enumValues.at(-1)
  if (columnType === 'PgUUID') return planted.uuid
  if (columnType === 'PgDateString' || columnType === 'PgTimestamp') return planted.day
  return { number: planted.number, string: planted.text }[dataType] ?? true
}

/** A value for each column of the database, under the name by which a careless `values(body)` would take it. */
const columns = Object.values<unknown>(schema)
  .filter((table): table is PgTable => is(table, PgTable))
  .flatMap((table) => Object.entries(getTableColumns(table)))
  .map(([name, column]) => [name, valueFor(column)] as const)

/** The fields that the reference names for a body, at any depth. */
function namesOf(part: unknown, seen = new Set<unknown>()): string[] {
  if (part === null || typeof part !== 'object' || seen.has(part)) return []
  seen.add(part)
  const { $ref, properties } = part as { $ref?: string; properties?: object }
  const named = $ref ? namesOf(schemas[$ref.split('/').at(-1)!], seen) : []
  return [...Object.keys(properties ?? {}), ...named, ...Object.values(part).flatMap((value) => namesOf(value, seen))]
}

/** The body with all these fields in each of its objects. */
function plant(body: unknown, fields: object): unknown {
  if (Array.isArray(body)) return body.map((item) => plant(item, fields))
  if (body === null || typeof body !== 'object') return body
  const own = Object.entries(body).map(([name, value]) => [name, plant(value, fields)] as const)
  return { ...fields, ...Object.fromEntries(own) }
}

const bodies = new Map(
  [...operations].flatMap(([route, { operation }]) => {
    const content = (operation.requestBody as { content?: Record<string, { schema?: object }> } | undefined)?.content
    const json = content?.['application/json']?.schema
    return json ? [[route, new Set(namesOf(json))] as const] : []
  }),
)

test('fields that the reference does not name end in no row, whatever the route and whoever asks', async () => {
  const accepted = new Set<string>()
  for (const [route, names] of bodies) {
    const fields = Object.fromEntries(columns.filter(([name]) => !names.has(name)))
    for (const actor of actorNames) {
      const { response, text } = await ask(route, actor, (body) => plant(body, fields))
      expect(response.status, `${route} as ${actor}: ${text.slice(0, 200)}`).toBeLessThan(500)
      if (response.ok) accepted.add(route)
    }
  }
  expect(accepted.size).toBeGreaterThan(15)
  for (const { name } of await listTables(sql)) {
    const rows = JSON.stringify([...(await sql.unsafe(`select to_jsonb(t) as row from ${name} t`))])
    for (const [kind, value] of Object.entries(planted))
      expect(rows.includes(String(value)), `${name}: a ${kind}`).toBe(false)
  }
})

test('a field that it does name is found in its row, so that the search above can find', async () => {
  const { response } = await ask('POST /api/v1/api-tokens', 'funder', (body) => ({
    ...Object(body),
    label: planted.text,
  }))
  expect(response.status).toBe(201)
  expect(await sql`select from api_tokens where label = ${planted.text}`).toHaveLength(1)
})

const foreignIds: Record<string, unknown> = {
  organisationId: other.organisationId,
  tenantId: other.organisationId,
  venueId: other.id,
  funderId: made.otherFunder,
  prescriberId: made.otherPrescriber,
  campaignId: crypto.randomUUID(),
  membershipId: crypto.randomUUID(),
}

test('an id of another tenant in a body is refused', async () => {
  const tried: string[] = []
  for (const [route, names] of bodies) {
    const ids = Object.fromEntries(Object.entries(foreignIds).filter(([name]) => names.has(name)))
    // Scans are answered one by one.
    if (Object.keys(ids).length === 0 || /(scans|checks|queue-imports)$/.test(route)) continue
    for (const actor of ['funder', 'manager', 'prescriber', 'phone'] satisfies ActorName[]) {
      const { response } = await ask(route, actor, (body) => ({ ...Object(body), ...ids }))
      expect(response.status, `${route} as ${actor}`).toBeGreaterThanOrEqual(400)
      expect(response.status, `${route} as ${actor}`).toBeLessThan(500)
      tried.push(route)
    }
  }
  expect(tried).toContain('POST /api/v1/stop-orders')
})

test('a scan or a check at a venue of another organisation is refused by itself', async () => {
  const scan = await ask('POST /api/v1/device/scans', 'phone', (body) => ({
    scans: (body as { scans: object[] }).scans.map((item) => ({ ...item, venueId: other.id })),
  }))
  expect(scan.text).toContain('venue_not_qualified')
  const check = await ask('POST /api/v1/device/checks', 'phone', (body) => ({ ...Object(body), venueId: other.id }))
  expect(check.text).toContain('venue_not_qualified')
})
