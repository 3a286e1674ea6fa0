import { catalogueState, serviceLevel } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, DayText, json, problems } from '../shared/http.ts'
import { readCatalogue } from './read-catalogue.ts'

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

const Catalogue = z
  .object({
    version: z.object({
      id: z.uuid(),
      number: z.number().int(),
      state: z.enum(catalogueState.enumValues),
      from: DayText,
    }),
    themes: z.array(z.object({ code: z.string(), title: z.string(), services: z.number().int() })),
    total: z.number().int().openapi({ description: 'Services in the whole catalogue' }),
    services: z.array(Service),
  })
  .openapi('Catalogue')

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

export const catalogueRoutes = createRouter().openapi(readCurrent, async (c) => {
  const { q = '', theme } = c.req.valid('query')
  const { version, themes, services, search } = await readCatalogue(c.var.context)
  const byCode = new Map(services.map((service) => [service.code, service]))
  const isOffered = ({ retiredOn }: { retiredOn: string | null }) =>
    retiredOn === null || retiredOn > c.var.context.today()
  const found =
    q.trim() === ''
      ? services
      : search(q)
          .map((code) => byCode.get(code)!)
          .filter(isOffered)
  const inTheme = (code: string) => services.filter((service) => service.themeCode === code).length

  return c.json(
    {
      version: { id: version.id, number: version.number, state: version.state, from: version.publishedFrom! },
      themes: themes.map((item) => ({ ...item, services: inTheme(item.code) })),
      total: services.length,
      services: found
        .filter((service) => theme === undefined || service.themeCode === theme.toUpperCase())
        .map(({ versionId: _version, provenance: _provenance, themeCode, ...service }) => ({
          ...service,
          theme: themeCode,
        })),
    },
    200,
  )
})
