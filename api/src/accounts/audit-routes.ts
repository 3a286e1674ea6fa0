import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../shared/context.ts'
import { createRouter, DayText, json, problems, streamOf } from '../shared/http.ts'
import { verifyAuditChain } from './audit.ts'
import { findAuditHead, listAuditEntries } from './audit-queries.ts'
import { type AuditFormat, exportAudit } from './export-audit.ts'

const hashText = 'SHA-256 over this line and the hash of the line before it, in hexadecimal'
const AuditEntry = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    actor: z.string(),
    person: z.string().nullable(),
    action: z.string(),
    details: z.record(z.string(), z.unknown()),
    hash: z.string().openapi({ description: hashText }),
  })
  .openapi('AuditEntry')
const AuditHead = z.object({ seq: z.number().int(), on: DayText, hash: z.string() }).openapi('AuditHead')
const Seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

const listAudit = createRoute({
  method: 'get',
  path: '/audit-log',
  summary: 'Who did what in administration and money, newest first',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: Seq.optional(),
      action: z.string().max(100).optional(),
      person: z.string().max(200).optional().openapi({ description: 'Part of a name' }),
      from: DayText.optional(),
      to: DayText.optional(),
      q: z.string().max(200).optional().openapi({ description: 'Part of the details: an id, an amount' }),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(AuditEntry), nextCursor: z.string().nullable() }), 'A page of lines'),
    ...problems('invalid', 'unauthenticated', 'forbidden'),
  },
})
const verifyAudit = createRoute({
  method: 'get',
  path: '/audit-log/verification',
  summary: 'Whether every line still holds',
  responses: {
    200: json(
      z.object({ ok: z.boolean(), firstBrokenSeq: z.number().int().nullable(), head: AuditEntry.nullable() }),
      'The first line that does not hold, and the newest line, whose hash vouches for all before it',
    ),
    ...problems('unauthenticated', 'forbidden'),
  },
})
const readHead = createRoute({
  method: 'get',
  path: '/audit-log/head',
  summary: 'The newest line’s number, day and hash, for everybody to keep',
  responses: { 200: json(z.object({ head: AuditHead.nullable() }), 'Null while nothing was done') },
})
const types: Record<AuditFormat, string> = { csv: 'text/csv', jsonl: 'application/jsonl' }
const exportRoute = (format: AuditFormat) =>
  createRoute({
    method: 'get',
    path: `/audit-log.${format}`,
    summary: `The log as ${format === 'csv' ? 'CSV' : 'JSON lines'}, oldest first, to be verified by anybody (docs/audit-log.md)`,
    request: {
      query: z.object({ fromSeq: Seq.default(1).openapi({ description: 'Where the file kept before ended' }) }),
    },
    responses: {
      200: { description: 'Every line from there on', content: { [types[format]]: { schema: z.string() } } },
      ...problems('invalid', 'unauthenticated', 'forbidden'),
    },
  })
const exportCsv = exportRoute('csv')
const exportLines = exportRoute('jsonl')

const readers = ['coordinator', 'auditor'] as const

export const auditRoutes = createRouter()
  .openapi(listAudit, async (c) => {
    requireRole(c.var.context.actor, ...readers)
    const { limit, cursor, ...search } = c.req.valid('query')
    const items = await listAuditEntries(c.var.context.db, { beforeSeq: cursor, limit, search })
    return c.json({ items, nextCursor: items.length === limit ? String(items.at(-1)!.seq) : null }, 200)
  })
  .openapi(verifyAudit, async (c) => {
    const { actor, db } = c.var.context
    requireRole(actor, ...readers)
    const firstBrokenSeq = await verifyAuditChain(db)
    const [head = null] = await listAuditEntries(db, { beforeSeq: undefined, limit: 1 })
    return c.json({ ok: firstBrokenSeq === null, firstBrokenSeq, head }, 200)
  })
  .openapi(readHead, async (c) => c.json({ head: (await findAuditHead(c.var.context.db)) ?? null }, 200))
for (const [format, route] of [
  ['csv', exportCsv],
  ['jsonl', exportLines],
] as const)
  auditRoutes.openapi(route, (c) => {
    requireRole(c.var.context.actor, ...readers)
    const file = exportAudit(c.var.context, { format, fromSeq: c.req.valid('query').fromSeq })
    return c.body(streamOf(file), 200, {
      'content-type': `${types[format]}; charset=utf-8`,
      'content-disposition': `attachment; filename="audit-log.${format}"`,
    })
  })
