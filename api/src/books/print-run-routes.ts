import { printRunState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { Campaign } from '../campaigns/campaign-schema.ts'
import { readCampaign, requireCampaignReader } from '../campaigns/read-campaign.ts'
import { createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { approveProof } from './approve-proof.ts'
import { cancelGeneration } from './cancel-generation.ts'
import { confirmReceipt } from './confirm-receipt.ts'
import { generateBooks } from './generate-books.ts'
import { progressOfGeneration } from './generation-progress.ts'
import { makeArtefact } from './make-artefact.ts'
import { openCampaign } from './open-campaign.ts'
import { progressOfPrinting } from './pdf/print-progress.ts'
import { getPrintRun, listPrintRuns, type PrintRun as PrintRunRow } from './queries.ts'
import { requestPrintRun } from './request-print-run.ts'
import { revokePrintRun } from './revoke-boxes.ts'

const PrintRun = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    state: z.enum(printRunState.enumValues),
    bookCount: z.number().int(),
    booksPerBox: z.number().int(),
    ageRecipient: z.string().nullable(),
    coverText: z.string().nullable(),
    firstCover: z.number().int().nullable(),
    kid: z.number().int().nullable(),
    printedLastDay: DayText.nullable(),
    requestedOn: DayText,
    generatedOn: DayText.nullable(),
    artefactSha256: z
      .string()
      .nullable()
      .openapi({ description: 'Of the print file before encryption: the encrypted bytes differ each time' }),
    receiptConfirmedOn: DayText.nullable(),
    revokedOn: DayText.nullable(),
  })
  .openapi('PrintRun')
const PrintRunWithProgress = PrintRun.extend({
  generating: z
    .object({ doneVouchers: z.number().int(), totalVouchers: z.number().int() })
    .nullable()
    .openapi({ description: 'How far its codes are, while they are made' }),
  printing: z
    .object({ doneBooks: z.number().int(), totalBooks: z.number().int() })
    .nullable()
    .openapi({ description: 'How far books.pdf is, while somebody takes it' }),
}).openapi('PrintRunWithProgress')

const PrintRunDetails = z.object({
  bookCount: z.number().int().min(1).max(100_000),
  booksPerBox: z.number().int().min(1).max(100_000).default(50),
  ageRecipient: z
    .string()
    .max(4000)
    .nullish()
    .openapi({ description: "The printer's age public key, age1…; without one the books are printed at a desk" }),
  coverText: z
    .string()
    .max(400)
    .nullish()
    .openapi({ description: "A sentence of the campaign's own on the covers: 120 characters at most" }),
})

const guarded = ['unauthenticated', 'forbidden', 'not_found'] as const

const act = <const Act extends string>(name: Act, summary: string) =>
  createRoute({
    method: 'post',
    path: `/print-runs/{id}/${name}`,
    summary,
    request: { params: Id },
    responses: { 200: json(PrintRun, 'The print run'), ...problems(...guarded, 'conflict', 'unavailable') },
  })

const open = createRoute({
  method: 'post',
  path: '/campaigns/{id}/opening',
  summary: 'Open a campaign that has an active box and 50 books',
  request: { params: Id },
  responses: { 200: json(Campaign, 'The campaign'), ...problems(...guarded, 'invalid', 'conflict') },
})

const request = createRoute({
  method: 'post',
  path: '/campaigns/{id}/print-runs',
  summary: 'Order books of a campaign',
  request: { params: Id, body: json(PrintRunDetails, 'The order') },
  responses: { 201: json(PrintRun, 'The print run'), ...problems(...guarded, 'invalid', 'conflict') },
})

const list = createRoute({
  method: 'get',
  path: '/campaigns/{id}/print-runs',
  summary: 'The print runs of a campaign',
  request: { params: Id },
  responses: { 200: json(z.object({ items: z.array(PrintRun) }), 'Print runs'), ...problems(...guarded) },
})

const read = createRoute({
  method: 'get',
  path: '/print-runs/{id}',
  summary: 'One print run',
  request: { params: Id },
  responses: { 200: json(PrintRunWithProgress, 'The print run'), ...problems(...guarded) },
})

const artefact = createRoute({
  method: 'get',
  path: '/print-runs/{id}/artefact.age',
  summary: "The print file, encrypted to the printer's key, until its receipt is confirmed",
  request: { params: Id },
  responses: {
    200: {
      description: 'age encryption of a CSV file: cover,voucher,qr,typed',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems(...guarded, 'conflict'),
  },
})

function show({ artefactSha256, requestedBy: _r, proofApprovedBy: _p, approvedBy: _a, face, ...run }: PrintRunRow) {
  return {
    ...run,
    coverText: face?.text ?? null,
    artefactSha256: artefactSha256 && Buffer.from(artefactSha256).toString('hex'),
  }
}

export const printRunRoutes = createRouter()
  .openapi(open, async (c) => c.json(await openCampaign(c.var.context, c.req.valid('param').id), 200))
  .openapi(request, async (c) => {
    const run = await requestPrintRun(c.var.context, c.req.valid('param').id, c.req.valid('json'))
    return c.json(show(run), 201)
  })
  .openapi(list, async (c) => {
    const { id } = await readCampaign(c.var.context, c.req.valid('param').id)
    return c.json({ items: (await listPrintRuns(c.var.context.db, id)).map(show) }, 200)
  })
  .openapi(read, async (c) => {
    requireCampaignReader(c.var.context.actor)
    const run = await getPrintRun(c.var.context.db, c.req.valid('param').id)
    await readCampaign(c.var.context, run.campaignId)
    return c.json({ ...show(run), generating: progressOfGeneration(run.id), printing: progressOfPrinting(run.id) }, 200)
  })
  .openapi(act('proof-approval', 'Approve the proof, as a funder'), async (c) =>
    c.json(show(await approveProof(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('generation', 'Make the codes, as another person than the requester'), async (c) =>
    c.json(show(await generateBooks(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('generation/cancellation', 'Stop making the codes: the run is as it was'), async (c) =>
    c.json(show(await cancelGeneration(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('receipt', 'Confirm that the print file was received: its key is destroyed'), async (c) =>
    c.json(show(await confirmReceipt(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(act('revocation', 'Revoke a run of which no voucher was accepted'), async (c) =>
    c.json(show(await revokePrintRun(c.var.context, c.req.valid('param').id)), 200),
  )
  .openapi(artefact, async (c) => {
    const { id } = c.req.valid('param')
    const stream = await makeArtefact(c.var.context, id)
    return c.body(stream, 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="print-run-${id}.csv.age"`,
      'cache-control': 'no-store',
    })
  })
