import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, Id, problems } from '../../shared/http.ts'
import { makeBooksPdf } from './make-books-pdf.ts'
import { makeLetterPdf } from './make-letter-pdf.ts'
import { makeProofPdf } from './make-proof-pdf.ts'
import { makeTrainingPdf } from './make-training-pdf.ts'

const pdf = (description: string) => ({
  description,
  content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
})

const Cover = z.coerce.number().int().min(1).optional().openapi({ description: 'To print some books of the run' })

const books = createRoute({
  method: 'get',
  path: '/print-runs/{id}/books.pdf',
  summary: 'The books for a desk printer, until the receipt of the print file is confirmed; in the demo afterwards too',
  request: { params: Id, query: z.object({ firstCover: Cover, lastCover: Cover }) },
  responses: {
    200: pdf(
      'A4: a cover and the vouchers of each book. The same bytes each time. How far it is: `printing` of the print run',
    ),
    ...problems('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid'),
  },
})

const proof = createRoute({
  method: 'get',
  path: '/print-runs/{id}/proof.pdf',
  summary: 'The proof that a funder approves: cover and one sheet as they will be printed, with training codes',
  request: { params: Id },
  responses: { 200: pdf('Two A4 sheets'), ...problems('unauthenticated', 'forbidden', 'not_found', 'unavailable') },
})

const letter = createRoute({
  method: 'get',
  path: '/campaigns/{id}/letter.pdf',
  summary: 'A letter to go with books: the nearest places where they can be used, the same for everybody',
  request: {
    params: Id,
    query: z.object({ place: z.string().max(80).openapi({ description: 'A commune or a postcode' }) }),
  },
  responses: { 200: pdf('One A4 sheet'), ...problems('unauthenticated', 'forbidden', 'not_found', 'invalid') },
})

const training = createRoute({
  method: 'get',
  path: '/training-vouchers.pdf',
  summary: 'Ten training vouchers on one sheet: they work on every screen and never count',
  responses: { 200: pdf('One A4 sheet'), ...problems('unavailable') },
})

/** `publicUrl` is where the covers lead. */
export const createPdfRoutes = (publicUrl: string) =>
  createRouter()
    .openapi(books, async (c) => {
      const { id } = c.req.valid('param')
      return c.body(await makeBooksPdf(c.var.context, id, { publicUrl, covers: c.req.valid('query') }), 200, {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="books-${id}.pdf"`,
        'cache-control': 'no-store',
      })
    })
    .openapi(proof, async (c) => {
      const { id } = c.req.valid('param')
      return c.body(Uint8Array.from(await makeProofPdf(c.var.context, id, publicUrl)), 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="proof-${id}.pdf"`,
        'cache-control': 'no-store',
      })
    })
    .openapi(letter, async (c) => {
      const asked = { campaignId: c.req.valid('param').id, place: c.req.valid('query').place, publicUrl }
      return c.body(Uint8Array.from(await makeLetterPdf(c.var.context, asked)), 200, {
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="letter.pdf"',
      })
    })
    .openapi(training, async (c) =>
      c.body(new Uint8Array(await makeTrainingPdf(c.var.context)), 200, {
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="training-vouchers.pdf"',
      }),
    )
