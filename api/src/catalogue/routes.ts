import { catalogueState, serviceLevel } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { diffVersions } from './catalogue-version.ts'
import { deleteDraft } from './delete-draft.ts'
import { copyCatalogue, draftCatalogue } from './draft-catalogue.ts'
import { publishCatalogue } from './publish-catalogue.ts'
import { putService } from './put-service.ts'
import { type CatalogueServiceRow, listServices } from './queries.ts'
import { readCatalogue, readVersion, readVersions } from './read-catalogue.ts'

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
const ServiceDetails = z.object({
  theme: z.string().min(1).max(10),
  themeTitle: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'Of a theme that the draft does not have yet' }),
  title: z.string().trim().min(1).max(200),
  description: z.string().trim().min(1).max(500),
  level: z.enum(serviceLevel.enumValues),
  nationalService: z.string().trim().min(1).max(200),
  durationMinutes: z.number().int().min(15).max(480),
  provenance: z.string().trim().min(1).max(200).openapi({ description: 'Where the service comes from' }),
  retiredOn: DayText.nullable().default(null),
  replacedBy: z.string().max(3).nullable().default(null),
})
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
  summary: 'Versions of the catalogue, newest first; drafts are for those who work on them',
  responses: { 200: json(z.object({ items: z.array(Version) }), 'The versions') },
})

const draft = createRoute({
  method: 'post',
  path: '/catalogue/versions',
  summary: 'Make a draft: from a CSV with the columns of the reference catalogue, or as a copy of a version',
  request: {
    query: z.object({ copyOf: z.uuid().optional().openapi({ description: 'Without a body: the version to copy' }) }),
    body: { description: 'UTF-8', content: { 'text/csv': { schema: z.string() } } },
  },
  responses: { 201: json(Version, 'The draft'), ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found') },
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

const remove = createRoute({
  method: 'delete',
  path: '/catalogue/versions/{id}',
  summary: 'Throw a draft away',
  request: { params: Id },
  responses: {
    204: { description: 'It is gone' },
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

const put = createRoute({
  method: 'put',
  path: '/catalogue/versions/{id}/services/{code}',
  summary: 'Write one service of a draft: a new one, or the one of this code',
  request: {
    params: Id.extend({ code: z.string().regex(/^[A-Z]\d{2}$/) }),
    body: json(ServiceDetails, 'The service'),
  },
  responses: {
    200: json(Service, 'The service'),
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
  .openapi(list, async (c) => c.json({ items: await readVersions(c.var.context) }, 200))
  .openapi(draft, async (c) => {
    const { copyOf } = c.req.valid('query')
    const version = copyOf
      ? await copyCatalogue(c.var.context, copyOf)
      : await draftCatalogue(c.var.context, await c.req.text())
    return c.json(version, 201)
  })
  .openapi(read, async (c) => {
    const { db } = c.var.context
    const version = await readVersion(c.var.context, c.req.valid('param').id)
    return c.json({ ...version, services: (await listServices(db, version.id)).map(shown) }, 200)
  })
  .openapi(diff, async (c) => {
    const { db } = c.var.context
    const { id, other } = c.req.valid('param')
    const [before, after] = [await readVersion(c.var.context, id), await readVersion(c.var.context, other)]
    const wording = async (versionId: string) => (await listServices(db, versionId)).map(shown)
    return c.json(diffVersions(await wording(before.id), await wording(after.id)), 200)
  })
  .openapi(publish, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await publishCatalogue(c.var.context, id, c.req.valid('json').from), 200)
  })
  .openapi(put, async (c) => {
    const { id, code } = c.req.valid('param')
    const { theme: themeCode, themeTitle, ...details } = c.req.valid('json')
    return c.json(shown(await putService(c.var.context, id, { code, themeCode, ...details }, themeTitle)), 200)
  })
  .openapi(remove, async (c) => {
    await deleteDraft(c.var.context, c.req.valid('param').id)
    return c.body(null, 204)
  })
