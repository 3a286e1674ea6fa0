import { catalogueState, serviceLevel } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { diffVersions } from './catalogue-version.ts'
import { draftCatalogue } from './draft-catalogue.ts'
import { publishCatalogue } from './publish-catalogue.ts'
import { type CatalogueServiceRow, getVersion, listServices, listVersions } from './queries.ts'
import { readCatalogue } from './read-catalogue.ts'

const Version = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    state: z.enum(catalogueState.enumValues),
    publishedFrom: DayText.nullable(),
    createdOn: DayText,
  })
  .openapi('CatalogueVersion')
const Service = z
  .object({
    code: z.string().openapi({ example: 'D02' }),
    theme: z.string(),
    title: z.string(),
    description: z.string(),
    level: z.enum(serviceLevel.enumValues),
    nationalService: z.string(),
    durationMinutes: z.number().int(),
    retiredOn: DayText.nullable(),
    replacedBy: z.string().nullable(),
  })
  .openapi('Service')
const Theme = z.object({ code: z.string(), title: z.string(), services: z.number().int() })
const Catalogue = z
  .object({ version: Version, themes: z.array(Theme), total: z.number().int(), services: z.array(Service) })
  .openapi('Catalogue')
const Codes = z.array(z.string())
const Diff = z.object({ added: Codes, retired: Codes, changed: Codes }).openapi('CatalogueDiff')

const shown = ({ versionId: _version, provenance: _provenance, themeCode, ...service }: CatalogueServiceRow) => ({
  ...service,
  theme: themeCode,
})

const readCurrent = createRoute({
  method: 'get',
  path: '/catalogue',
  summary: 'The services a voucher can pay for, found by plain words',
  request: {
    query: z.object({
      q: z
        .string()
        .max(200)
        .optional()
        .openapi({ description: 'Plain words, best match first', example: 'mdp oublié' }),
      theme: z.string().max(10).optional().openapi({ description: 'Only this theme', example: 'D' }),
    }),
  },
  responses: { 200: json(Catalogue, 'The version in force today'), ...problems('invalid', 'not_found') },
})

const list = createRoute({
  method: 'get',
  path: '/catalogue/versions',
  summary: 'All versions of the catalogue, newest first',
  responses: { 200: json(z.object({ items: z.array(Version) }), 'The versions') },
})

const draft = createRoute({
  method: 'post',
  path: '/catalogue/versions',
  summary: 'Make a draft from a CSV with the columns of the reference catalogue',
  request: { body: { description: 'UTF-8', required: true, content: { 'text/csv': { schema: z.string() } } } },
  responses: { 201: json(Version, 'The draft'), ...problems('invalid', 'unauthenticated', 'forbidden') },
})

const read = createRoute({
  method: 'get',
  path: '/catalogue/versions/{id}',
  summary: 'One version with its services',
  request: { params: Id },
  responses: {
    200: json(Version.extend({ services: z.array(Service) }), 'The version'),
    ...problems('invalid', 'not_found'),
  },
})

const diff = createRoute({
  method: 'get',
  path: '/catalogue/versions/{id}/diff/{other}',
  summary: 'What another version adds, retires and words differently',
  request: { params: Id.extend({ other: z.uuid() }) },
  responses: { 200: json(Diff, 'Service codes'), ...problems('invalid', 'not_found') },
})

const publish = createRoute({
  method: 'post',
  path: '/catalogue/versions/{id}/publication',
  summary: 'Publish a draft from a day on; it takes over from the version before it',
  request: { params: Id, body: json(z.object({ from: DayText }), 'The first day') },
  responses: {
    200: json(Version, 'The published version'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

export const catalogueRoutes = createRouter()
  .openapi(readCurrent, async (c) => {
    const { q = '', theme } = c.req.valid('query')
    const { version, themes, services, search } = await readCatalogue(c.var.context)
    const byCode = new Map(services.map((service) => [service.code, service]))
    const today = c.var.context.today()
    const isOffered = ({ retiredOn }: CatalogueServiceRow) => retiredOn === null || retiredOn > today
    const found =
      q.trim() === ''
        ? services
        : search(q)
            .map((code) => byCode.get(code)!)
            .filter(isOffered)
    const inTheme = (code: string) => services.filter((service) => service.themeCode === code)
    return c.json(
      {
        version,
        themes: themes.map((item) => ({ ...item, services: inTheme(item.code).length })),
        total: services.length,
        services: found.filter((service) => !theme || service.themeCode === theme.toUpperCase()).map(shown),
      },
      200,
    )
  })
  .openapi(list, async (c) => c.json({ items: await listVersions(c.var.context.db) }, 200))
  .openapi(draft, async (c) => c.json(await draftCatalogue(c.var.context, await c.req.text()), 201))
  .openapi(read, async (c) => {
    const { db } = c.var.context
    const version = await getVersion(db, c.req.valid('param').id)
    return c.json({ ...version, services: (await listServices(db, version.id)).map(shown) }, 200)
  })
  .openapi(diff, async (c) => {
    const { db } = c.var.context
    const { id, other } = c.req.valid('param')
    const [before, after] = [await getVersion(db, id), await getVersion(db, other)]
    const wording = async (versionId: string) => (await listServices(db, versionId)).map(shown)
    return c.json(diffVersions(await wording(before.id), await wording(after.id)), 200)
  })
  .openapi(publish, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await publishCatalogue(c.var.context, id, c.req.valid('json').from), 200)
  })
