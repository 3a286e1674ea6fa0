import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { exportBatch, readBankFile } from './export-batch.ts'
import { painVersions } from './pain-001.ts'

const guarded = ['invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'] as const

const ExportedBatch = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    state: z.enum(['exported', 'sent']),
    messageId: z.string(),
    exportedOn: DayText,
    fileSha256: z.string().openapi({ description: 'Of pain.001.xml in version 09' }),
  })
  .openapi('ExportedPaymentBatch')

const toBank = createRoute({
  method: 'post',
  path: '/payment-batches/{id}/export',
  summary: 'Make the bank file of an approved batch; asked again, it is the same file',
  request: { params: Id },
  responses: { 200: json(ExportedBatch, 'The exported batch'), ...problems(...guarded) },
})

const file = createRoute({
  method: 'get',
  path: '/payment-batches/{id}/pain.001.xml',
  summary: 'The bank file, byte for byte the one of the export',
  request: { params: Id, query: z.object({ version: z.enum(painVersions).default('09') }) },
  responses: {
    200: { description: 'ISO 20022 pain.001.001.09, or .03', content: { 'application/xml': { schema: z.string() } } },
    ...problems(...guarded),
  },
})

export const exportRoutes = createRouter()
  .openapi(toBank, async (c) => {
    const { id, number, state, messageId, exportedOn, fileSha256 } = await exportBatch(
      c.var.context,
      c.req.valid('param').id,
    )
    const exported = state === 'sent' ? ('sent' as const) : ('exported' as const)
    return c.json({ id, number, state: exported, messageId, exportedOn, fileSha256 }, 200)
  })
  .openapi(file, async (c) => {
    const { version } = c.req.valid('query')
    const { id } = c.req.valid('param')
    return c.body(await readBankFile(c.var.context, id, version), 200, {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="pain.001.001.${version}-${id}.xml"`,
      'cache-control': 'no-store',
    })
  })
