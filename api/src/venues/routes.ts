import { qualificationState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { type Context, requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, ListQuery, problems } from '../shared/http.ts'
import { importVenues } from './import-venues.ts'
import { listOf, publicCells, writeStandardCsv } from './national-standard.ts'
import { qualifyVenue } from './qualify-venue.ts'
import { getStandardRow, getVenue, listStandardRows, listVenues } from './queries.ts'
import { standardColumns } from './standard-columns.ts'
import { addVenue, changeVenue } from './write-venue.ts'

const Venue = z
  .object({
    id: z.uuid(),
    standardId: z.string().openapi({ description: 'The id of the national standard' }),
    organisationId: z.uuid(),
    organisation: z.string(),
    name: z.string(),
    address: z.string(),
    postalCode: z.string(),
    communeCode: z.string(),
    commune: z.string(),
    departmentCode: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    openingHours: z.string().nullable().openapi({ description: 'As OpenStreetMap writes them' }),
    qualification: z
      .enum(qualificationState.enumValues)
      .nullable()
      .openapi({ description: 'Today; null: nobody applied' }),
    updatedOn: DayText,
  })
  .openapi('Venue')
const VenueDetail = Venue.extend({
  nationalServices: z.array(z.string()),
  standardRow: z.record(z.string(), z.string()).openapi({ description: 'The filled columns of the national standard' }),
}).openapi('VenueDetail')

const Count = z.number().int()
const ImportReport = z
  .object({
    isCommitted: z.boolean(),
    rows: Count,
    created: Count,
    updated: Count,
    unchanged: Count,
    refused: Count,
    aside: Count.openapi({ description: 'Left out: they may be a venue that is known' }),
    organisationsCreated: Count,
    venues: z.array(
      z.object({
        row: Count,
        id: z.string(),
        name: z.string(),
        outcome: z.enum(['created', 'updated', 'unchanged', 'refused', 'aside']),
      }),
    ),
    errors: z.array(
      z.object({ row: Count, column: z.string(), value: z.string(), code: z.string(), message: z.string() }),
    ),
    errorCount: Count.openapi({ description: 'Of the whole file; the first 2,000 are told' }),
    duplicates: z
      .array(
        z.object({
          ...{ row: Count, id: z.string(), name: z.string(), address: z.string(), commune: z.string() },
          candidates: z.array(
            z.object({
              ...{ venueId: z.uuid().nullable(), row: Count.nullable(), name: z.string(), address: z.string() },
              metres: Count.nullable(),
            }),
          ),
        }),
      )
      .openapi({ description: 'New rows that may be a venue that is known, or a row above' }),
    duplicateCount: Count,
  })
  .openapi('VenueImportReport')

const Qualification = z
  .object({
    id: z.uuid(),
    state: z.enum(qualificationState.enumValues),
    validFrom: DayText,
    validUntil: DayText.nullable(),
  })
  .openapi('Qualification')

const csvBody = (description: string) => ({ description, content: { 'text/csv': { schema: z.string() } } })

const list = createRoute({
  method: 'get',
  path: '/venues',
  summary: 'Places where a voucher can be spent, or that could be',
  request: { query: ListQuery.extend({ cursor: z.uuid().optional() }) },
  responses: {
    200: json(z.object({ items: z.array(Venue), nextCursor: z.string().nullable() }), 'A page of venues'),
    ...problems('invalid'),
  },
})

const exportCsv = createRoute({
  method: 'get',
  path: '/venues.csv',
  summary:
    'All venues in the national standard, its 32 columns; for a coordinator or an auditor also those that imports brought',
  request: { query: z.object({ columns: z.enum(['standard', 'all']).default('standard') }) },
  responses: {
    200: csvBody('The national standard "lieux de médiation numérique", 1.0.2'),
    ...problems('invalid', 'unauthenticated', 'forbidden'),
  },
})

const importCsv = createRoute({
  method: 'post',
  path: '/venues/imports',
  summary: 'Import a file of the national standard; without commit it only says what would happen',
  request: {
    query: z.object({
      commit: z.enum(['true', 'false']).default('false'),
      duplicates: z
        .enum(['add', 'aside'])
        .default('add')
        .openapi({ description: 'What happens to places that may be known: added, or left out' }),
    }),
    body: { ...csvBody('UTF-8, comma or semicolon'), required: true },
  },
  responses: {
    200: json(ImportReport, 'What the import did, or would do'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'too_large', 'unsupported'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/venues/{id}',
  summary: 'One venue',
  request: { params: Id },
  responses: { 200: json(VenueDetail, 'The venue'), ...problems('invalid', 'not_found') },
})

const handWritten = standardColumns
  .map(({ name }) => name)
  .filter((name) => !['id', 'pivot', 'date_maj'].includes(name))
const StandardColumns = z
  .strictObject(Object.fromEntries(handWritten.map((name) => [name, z.string().max(5000).optional()])))
  .transform((row) =>
    Object.fromEntries(Object.entries(row).flatMap(([name, cell]) => (cell === undefined ? [] : [[name, cell]]))),
  )

const add = createRoute({
  method: 'post',
  path: '/venues',
  summary: 'Add a venue of an organisation, by the columns of the national standard',
  request: {
    body: json(z.object({ organisationId: z.uuid(), standardRow: StandardColumns }), 'The venue'),
  },
  responses: {
    201: json(VenueDetail, 'The venue'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found'),
  },
})

const change = createRoute({
  method: 'patch',
  path: '/venues/{id}',
  summary: 'Change what a venue says of itself and what it offers',
  request: {
    params: Id,
    body: json(
      z.object({
        standardRow: StandardColumns.optional(),
        services: z
          .array(z.string().max(3))
          .min(1)
          .max(500)
          .nullable()
          .optional()
          .openapi({ description: 'Null: every service of the catalogue' }),
      }),
      'What changes',
    ),
  },
  responses: {
    200: json(VenueDetail, 'The venue'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found'),
  },
})

const qualify = createRoute({
  method: 'post',
  path: '/venues/{id}/qualification',
  summary: 'Apply for a qualification, or decide on it, from a day on',
  request: {
    params: Id,
    body: json(z.object({ state: z.enum(qualificationState.enumValues), from: DayText.optional() }), 'The decision'),
  },
  responses: {
    201: json(Qualification, 'The decision'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

async function readDetail({ db, today }: Context, id: string) {
  const [venue, standardRow] = await Promise.all([getVenue(db, today(), id), getStandardRow(db, id)])
  return { ...venue, nationalServices: listOf(standardRow.services ?? ''), standardRow: publicCells(standardRow) }
}

export const venueRoutes = createRouter()
  .openapi(list, async (c) => {
    const page = c.req.valid('query')
    const context = c.var.context
    const items = await listVenues(context.db, context.today(), page)
    const nextCursor = items.length === page.limit ? (items.at(-1)?.id ?? null) : null
    return c.json({ items, nextCursor }, 200)
  })
  .openapi(exportCsv, async (c) => {
    const isWhole = c.req.valid('query').columns === 'all'
    if (isWhole) requireRole(c.var.context.actor, 'coordinator', 'auditor')
    const rows = await listStandardRows(c.var.context.db)
    const csv = writeStandardCsv(isWhole ? rows : rows.map(publicCells))
    return c.body(csv, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${c.var.context.today()}_lieux-de-mediation-numerique.csv"`,
    })
  })
  .openapi(importCsv, async (c) => {
    requireRole(c.var.context.actor, 'coordinator')
    const { commit, duplicates } = c.req.valid('query')
    const file = new Uint8Array(await c.req.arrayBuffer())
    return c.json(await importVenues(c.var.context, file, { commit: commit === 'true', duplicates }), 200)
  })
  .openapi(read, async (c) => c.json(await readDetail(c.var.context, c.req.valid('param').id), 200))
  .openapi(add, async (c) => {
    const id = await addVenue(c.var.context, c.req.valid('json'))
    return c.json(await readDetail(c.var.context, id), 201)
  })
  .openapi(change, async (c) => {
    const { id } = c.req.valid('param')
    await changeVenue(c.var.context, id, c.req.valid('json'))
    return c.json(await readDetail(c.var.context, id), 200)
  })
  .openapi(qualify, async (c) => {
    const { id } = c.req.valid('param')
    const { state, validFrom, validUntil, id: decisionId } = await qualifyVenue(c.var.context, id, c.req.valid('json'))
    return c.json({ id: decisionId, state, validFrom, validUntil }, 201)
  })
