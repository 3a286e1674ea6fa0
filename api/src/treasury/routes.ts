import { accountKind, bankDirection, bankFileKind, bankLineOutcome, receiptState } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { CentsGiven } from '../campaigns/campaign-schema.ts'
import { requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { CentsNumber, createRouter, DayText, Id, json, problems } from '../shared/http.ts'
import { attributeReceipt } from './attribute-receipt.ts'
import { listBalancesOn } from './balance-queries.ts'
import { callFunds, readCalls } from './call-funds.ts'
import { callState, callStates, type FundingCall } from './call-queries.ts'
import { type BankLine, getBankFile, listBankFiles, listBankLines, listOpenLines } from './file-queries.ts'
import { importBankFile } from './import-bank-file.ts'
import { listSuspense, type Receipt } from './order-queries.ts'
import { settleBankLine } from './settle-line.ts'

const Line = z
  .object({
    fileId: z.uuid(),
    position: z.number().int(),
    payingAccountId: z.uuid().nullable(),
    bankReference: z.string(),
    direction: z.enum(bankDirection.enumValues).nullable(),
    amountCents: CentsNumber.nullable(),
    happenedOn: DayText.nullable(),
    reference: z.string().nullable(),
    status: z.string(),
    counterparty: z.string().nullable(),
    remittance: z.string().nullable(),
    outcome: z.enum(bankLineOutcome.enumValues),
    why: z.string(),
    payoutId: z.uuid().nullable(),
    receiptId: z.uuid().nullable(),
    settledOn: DayText.nullable(),
    settlement: z.string().nullable(),
  })
  .openapi('BankLine')
const File = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    kind: z.enum(bankFileKind.enumValues),
    version: z.string(),
    messageId: z.string(),
    name: z.string(),
    sha256: z.string(),
    importedOn: DayText,
  })
  .openapi('BankFile')
const CountedFile = File.extend({ lines: z.number().int(), open: z.number().int() })
const Report = File.extend({ isNew: z.boolean(), lines: z.array(Line) }).openapi('BankFileReport')
const ReceiptShown = z
  .object({
    id: z.uuid(),
    payingAccountId: z.uuid(),
    bankReference: z.string(),
    amountCents: CentsNumber,
    bookedOn: DayText,
    payer: z.string().nullable(),
    remittance: z.string().nullable(),
    state: z.enum(receiptState.enumValues),
    campaignId: z.uuid().nullable(),
    funderId: z.uuid().nullable(),
    organisationId: z.uuid().nullable(),
  })
  .openapi('Receipt')
const Call = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    funderId: z.uuid(),
    reference: z.string().openapi({ description: 'To write on the transfer' }),
    amountCents: CentsNumber,
    receivedCents: CentsNumber,
    calledOn: DayText,
    dueOn: DayText,
    state: z.enum(callStates).openapi({ description: 'Overdue until it is paid whole' }),
  })
  .openapi('FundingCall')

const lineBody = ({ settledBy: _person, ...line }: BankLine): z.infer<typeof Line> => line
const receiptBody = (receipt: Receipt): z.infer<typeof ReceiptShown> => {
  const { fundingCallId: _call, decidedBy: _person, decidedOn: _day, ...shown } = receipt
  return shown
}
const callBody = (
  { calledBy: _person, amendmentId: _amendment, ...call }: FundingCall,
  today: Day,
): z.infer<typeof Call> => ({ ...call, state: callState(call, today) })
const listOf = <Schema extends z.ZodType>(schema: Schema) => z.object({ items: z.array(schema), nextCursor: z.null() })
const readers = ['coordinator', 'finance_approver', 'auditor'] as const
const everyone = ['unauthenticated', 'forbidden'] as const
const changes = ['invalid', 'not_found', 'conflict', ...everyone] as const

const upload = createRoute({
  method: 'post',
  path: '/bank-files',
  summary: 'Import a file of the bank: pain.002, camt.053 or camt.054. The same file again gives the same report',
  request: { body: { content: { 'application/xml': { schema: z.string() } }, required: true } },
  responses: { 200: json(Report, 'What each line led to'), ...problems('invalid', ...everyone) },
})
const files = createRoute({
  method: 'get',
  path: '/bank-files',
  summary: 'Files of the bank, newest first',
  responses: {
    200: json(listOf(CountedFile), 'Files'),
    ...problems(...everyone),
  },
})
const report = createRoute({
  method: 'get',
  path: '/bank-files/{id}',
  summary: 'A file of the bank with what each line led to',
  request: { params: Id },
  responses: { 200: json(Report, 'The report'), ...problems('invalid', 'not_found', ...everyone) },
})
const open = createRoute({
  method: 'get',
  path: '/bank-lines',
  summary: 'Lines of bank files that wait for a person',
  responses: { 200: json(listOf(Line), 'Open lines'), ...problems(...everyone) },
})
const settle = createRoute({
  method: 'post',
  path: '/bank-files/{id}/lines/{position}/settlement',
  summary: 'Close an open line: what was done by hand, and where it can be read',
  request: {
    params: Id.extend({ position: z.coerce.number().int().min(1).max(1_000_000) }),
    body: json(
      z.object({ settlement: z.string().trim().min(3).max(500), isPosted: z.boolean().default(false) }),
      'How',
    ),
  },
  responses: { 200: json(Line, 'The line'), ...problems(...changes) },
})
const suspense = createRoute({
  method: 'get',
  path: '/receipts',
  summary: 'Money in suspense: it came, and nobody knows for what',
  responses: { 200: json(listOf(ReceiptShown), 'Receipts'), ...problems(...everyone) },
})
const attribute = createRoute({
  method: 'post',
  path: '/receipts/{id}/attribution',
  summary: 'Say whose money in suspense is',
  request: {
    params: Id,
    body: json(
      z.discriminatedUnion('to', [
        z.object({ to: z.literal('funder'), campaignId: z.uuid(), funderId: z.uuid() }),
        z.object({ to: z.literal('debt'), campaignId: z.uuid(), organisationId: z.uuid() }),
        z.object({ to: z.literal('reserve') }),
        z.object({ to: z.literal('call'), callId: z.uuid() }),
      ]),
      'Whose',
    ),
  },
  responses: { 200: json(ReceiptShown, 'The receipt'), ...problems(...changes) },
})
const call = createRoute({
  method: 'post',
  path: '/campaigns/{id}/funding-calls',
  summary: 'Ask a funder to pay, under a reference that its transfer carries',
  request: { params: Id, body: json(z.object({ funderId: z.uuid(), amountCents: CentsGiven }), 'Whom, and how much') },
  responses: { 201: json(Call, 'The call'), ...problems(...changes) },
})
const calls = createRoute({
  method: 'get',
  path: '/campaigns/{id}/funding-calls',
  summary: 'What funders were asked for, and what came',
  request: { params: Id },
  responses: { 200: json(listOf(Call), 'Calls'), ...problems('invalid', 'not_found', ...everyone) },
})

const balances = createRoute({
  method: 'get',
  path: '/ledger/balances',
  summary: 'Every account as it stood at the end of a day',
  request: { query: z.object({ asOf: DayText.optional(), campaignId: z.uuid().optional() }) },
  responses: {
    200: json(
      z.object({
        asOf: DayText,
        items: z.array(
          z.object({
            kind: z.enum(accountKind.enumValues),
            payingAccountId: z.uuid(),
            campaignId: z.uuid().nullable(),
            funderId: z.uuid().nullable(),
            organisationId: z.uuid().nullable(),
            balanceCents: CentsNumber,
          }),
        ),
        nextCursor: z.null(),
      }),
      'Replayed from the transfers until that day',
    ),
    ...problems('invalid', ...everyone),
  },
})

export const treasuryRoutes = createRouter()
  .openapi(balances, async (c) => {
    const { actor, db, today } = c.var.context
    requireRole(actor, ...readers)
    const { asOf = today(), campaignId } = c.req.valid('query')
    return c.json({ asOf, items: await listBalancesOn(db, { asOf, campaignId }), nextCursor: null }, 200)
  })
  .openapi(upload, async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const { file, lines, isNew } = await importBankFile(c.var.context, { bytes, name: 'API' })
    return c.json({ ...File.parse(file), isNew, lines: lines.map(lineBody) }, 200)
  })
  .openapi(files, async (c) => {
    requireRole(c.var.context.actor, ...readers)
    return c.json(
      { items: z.array(CountedFile).parse(await listBankFiles(c.var.context.db, 500)), nextCursor: null },
      200,
    )
  })
  .openapi(report, async (c) => {
    const { actor, db } = c.var.context
    requireRole(actor, ...readers)
    const { id } = c.req.valid('param')
    const file = await getBankFile(db, id)
    return c.json({ ...File.parse(file), isNew: false, lines: (await listBankLines(db, id)).map(lineBody) }, 200)
  })
  .openapi(open, async (c) => {
    requireRole(c.var.context.actor, ...readers)
    return c.json({ items: (await listOpenLines(c.var.context.db)).map(lineBody), nextCursor: null }, 200)
  })
  .openapi(settle, async (c) => {
    const { id, position } = c.req.valid('param')
    return c.json(lineBody(await settleBankLine(c.var.context, { fileId: id, position }, c.req.valid('json'))), 200)
  })
  .openapi(suspense, async (c) => {
    requireRole(c.var.context.actor, ...readers)
    return c.json({ items: (await listSuspense(c.var.context.db)).map(receiptBody), nextCursor: null }, 200)
  })
  .openapi(attribute, async (c) =>
    c.json(receiptBody(await attributeReceipt(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 200),
  )
  .openapi(call, async (c) =>
    c.json(
      callBody(await callFunds(c.var.context, c.req.valid('param').id, c.req.valid('json')), c.var.context.today()),
      201,
    ),
  )
  .openapi(calls, async (c) => {
    const items = (await readCalls(c.var.context, c.req.valid('param').id)).map((call) =>
      callBody(call, c.var.context.today()),
    )
    return c.json({ items, nextCursor: null }, 200)
  })
