import { releaseTable } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { monthOf } from '../shared/days.ts'
import { createRouter, DayText, Id, json, ListQuery, problems, readLocale } from '../shared/http.ts'
import { freezeRelease } from './freeze-release.ts'
import { describeReleases, licence, readReleases, readTable } from './read-releases.ts'
import { tableCsv } from './release-file.ts'
import { getRelease } from './release-queries.ts'
import { reviseRelease } from './revise-release.ts'

const Table = z.enum(releaseTable.enumValues)
const Licence = z.object({ name: z.literal(licence.name), url: z.literal(licence.url) })
const Revision = z.object({ note: z.string(), revisedOn: DayText }).openapi('ReleaseRevision')
const Release = z
  .object({
    id: z.uuid(),
    month: DayText.openapi({ description: 'First day of the month' }),
    frozenOn: DayText,
    threshold: z.number().int().openapi({ description: 'No count below it is told' }),
    sha256: z.string().openapi({ description: 'Of all cells, sorted: a release never changes' }),
    tables: z.array(
      z.object({
        table: Table,
        span: z.string().openapi({ example: '2026-Q1' }),
        cells: z.number().int(),
        told: z.number().int(),
      }),
    ),
    revisions: z.array(Revision).openapi({ description: 'What was found wrong later; the figures stay' }),
  })
  .openapi('Release')

const Row = z
  .object({
    span: z.string(),
    place: z.string(),
    placeName: z.string(),
    subject: z.string().openapi({ description: 'A service, a theme, or `*` for all together' }),
    subjectName: z.string().nullable(),
    status: z.enum(['published', 'rounded', 'secret']),
    value: z.number().int().nullable().openapi({ description: 'A multiple of five; null when it is secret' }),
    shown: z.string().openapi({ description: 'The number, or in words why there is none' }),
  })
  .openapi('ReleasedCell')

const TableParams = Id.extend({ name: Table })

const list = createRoute({
  method: 'get',
  path: '/releases',
  summary: 'What was published, newest month first',
  request: { query: ListQuery.extend({ cursor: DayText.optional() }) },
  responses: {
    200: json(z.object({ items: z.array(Release), nextCursor: DayText.nullable() }), 'Releases'),
    ...problems('invalid'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/releases/{id}',
  summary: 'A release and its tables',
  request: { params: Id },
  responses: { 200: json(Release, 'The release'), ...problems('invalid', 'not_found') },
})

const table = createRoute({
  method: 'get',
  path: '/releases/{id}/tables/{name}',
  summary: 'A table of a release; as CSV, whole, by Accept: text/csv',
  request: { params: TableParams, query: ListQuery },
  responses: {
    200: {
      description: 'Its cells. They do not add up to each other: each is rounded on its own',
      content: {
        'application/json': {
          schema: z.object({
            releaseId: z.uuid(),
            month: DayText,
            table: Table,
            licence: Licence,
            items: z.array(Row),
            nextCursor: z.string().nullable(),
          }),
        },
        'text/csv': { schema: z.string() },
      },
    },
    ...problems('invalid', 'not_found'),
  },
})

const freeze = createRoute({
  method: 'post',
  path: '/releases',
  summary: 'Publish a month, once; asked again, the same release comes back',
  request: { body: json(z.object({ month: DayText }), 'First day of a month that is closed') },
  responses: {
    200: json(Release, 'The release'),
    ...problems('unauthenticated', 'forbidden', 'conflict', 'invalid', 'unavailable'),
  },
})

const revise = createRoute({
  method: 'post',
  path: '/releases/{id}/revisions',
  summary: 'Say what was found wrong in a release: its figures stay',
  request: {
    params: Id,
    body: json(z.object({ note: z.string().trim().min(10).max(1000) }), 'In one or two sentences'),
  },
  responses: {
    200: json(Revision, 'The note'),
    ...problems('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid'),
  },
})

const wantsCsv = (accept: string | undefined) => accept?.split(',')[0]?.trim().startsWith('text/csv') ?? false

export const releaseRoutes = createRouter()
  .openapi(list, async (c) => c.json(await readReleases(c.var.context.db, c.req.valid('query')), 200))
  .openapi(one, async (c) => {
    const { db } = c.var.context
    const release = await getRelease(db, c.req.valid('param').id)
    return c.json((await describeReleases(db, [release]))[0]!, 200)
  })
  .openapi(table, async (c) => {
    const { id, name } = c.req.valid('param')
    const { cursor, limit } = c.req.valid('query')
    const asked = { releaseId: id, table: name, locale: readLocale(c) }
    c.header('vary', 'Accept, Accept-Language, Cookie')
    if (wantsCsv(c.req.header('accept')))
      return c.body(tableCsv(await readTable(c.var.context.db, asked)), 200, {
        'content-type': 'text/csv; charset=utf-8',
      })
    const { release, rows, nextCursor } = await readTable(c.var.context.db, { ...asked, cursor, limit })
    return c.json({ releaseId: id, month: release.month, table: name, licence, items: rows, nextCursor }, 200)
  })
  .openapi(freeze, async (c) => {
    const release = await freezeRelease(c.var.context, monthOf(c.req.valid('json').month))
    return c.json((await describeReleases(c.var.context.db, [release]))[0]!, 200)
  })
  .openapi(revise, async (c) =>
    c.json(await reviseRelease(c.var.context, c.req.valid('param').id, c.req.valid('json').note), 200),
  )
