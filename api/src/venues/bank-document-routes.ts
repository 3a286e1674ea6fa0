import { createRoute, z } from '@hono/zod-openapi'
import { createRouter, Id, problems } from '../shared/http.ts'
import { documentNameOf, documentTypes } from './bank-document.ts'
import { proveBankAccount, readBankDocument } from './prove-bank-account.ts'

const Account = Id.extend({ accountId: z.uuid() })
const path = '/organisations/{id}/bank-accounts/{accountId}/document'
const file = Object.fromEntries(documentTypes.map((type) => [type, { schema: z.string() }]))

const add = createRoute({
  method: 'put',
  path,
  summary: 'Add the bank’s own paper to a submitted account, once: PDF, PNG or JPEG, 2 MB at most',
  request: { params: Account, body: { content: file, required: true } },
  responses: {
    204: { description: 'Kept' },
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})
const read = createRoute({
  method: 'get',
  path,
  summary: 'The bank’s own paper of an account, for who pays and for its organisation',
  request: { params: Account },
  responses: {
    200: { description: 'The document', content: file },
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found'),
  },
})

export const bankDocumentRoutes = createRouter()
  .openapi(add, async (c) => {
    const { id: organisationId, accountId } = c.req.valid('param')
    await proveBankAccount(c.var.context, { organisationId, accountId }, new Uint8Array(await c.req.arrayBuffer()))
    return c.body(null, 204)
  })
  .openapi(read, async (c) => {
    const { id: organisationId, accountId } = c.req.valid('param')
    const { mediaType, content } = await readBankDocument(c.var.context, { organisationId, accountId })
    return c.body(Buffer.from(content), 200, {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${documentNameOf(mediaType)}"`,
    })
  })
