import { createRoute, z } from '@hono/zod-openapi'
import { formatsOf } from '../shared/formats.ts'
import { createRouter, Id, problems, readLocale } from '../shared/http.ts'
import { translate } from '../shared/messages.ts'
import { makeRepaymentPdf, readRepaymentRequest } from './repayment-request.ts'

const pdf = createRoute({
  method: 'get',
  path: '/organisations/{id}/repayment-request.pdf',
  summary: 'What an organisation is asked to pay back, on paper',
  request: { params: Id },
  responses: {
    200: {
      description: 'The paper',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems('unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

export const repaymentRoutes = createRouter()
repaymentRoutes.openapi(pdf, async (c) => {
  const locale = readLocale(c)
  const request = await readRepaymentRequest(c.var.context, c.req.valid('param').id)
  const bytes = await makeRepaymentPdf({ ...request, t: translate(locale), formats: formatsOf(locale) })
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="demande-de-remboursement.pdf"',
  })
})
