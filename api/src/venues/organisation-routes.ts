import { bankAccountState, vatStatus } from '@carnet/db'
import { createRoute, z } from '@hono/zod-openapi'
import { requireOwn, requireRole } from '../shared/context.ts'
import { createRouter, DayText, Id, json, ListQuery, problems } from '../shared/http.ts'
import { maskedIban } from './bank-account.ts'
import { changeOrganisation } from './change-organisation.ts'
import { createOrganisation } from './create-organisation.ts'
import { type BankAccount, listBankAccounts } from './payee-queries.ts'
import { getOrganisation, listOrganisations } from './queries.ts'
import { submitBankAccount } from './submit-bank-account.ts'
import { verifyBankAccount } from './verify-bank-account.ts'

const Organisation = z
  .object({
    id: z.uuid(),
    legalName: z.string(),
    siret: z.string().nullable().openapi({ description: 'Null: its venues can be neither qualified nor paid' }),
    vatStatus: z.enum(vatStatus.enumValues),
    createdOn: DayText,
  })
  .openapi('Organisation')
const BankAccountShown = z
  .object({
    id: z.uuid(),
    iban: z.string().openapi({ description: 'Its two ends', example: 'FR76 **** 0189' }),
    bic: z.string(),
    holderName: z.string(),
    state: z.enum(bankAccountState.enumValues),
    validFrom: DayText.nullable(),
    validUntil: DayText.nullable(),
  })
  .openapi('BankAccount')

const shown = ({ id, iban, bic, holderName, state, validFrom, validUntil }: BankAccount) => ({
  ...{ id, iban: maskedIban(iban), bic, holderName },
  ...{ state, validFrom, validUntil },
})
const readers = ['coordinator', 'finance_approver', 'auditor', 'venue_manager'] as const

const list = createRoute({
  method: 'get',
  path: '/organisations',
  summary: 'Organisations that run venues and are paid; a venue manager sees its own',
  request: { query: ListQuery.extend({ cursor: z.uuid().optional() }) },
  responses: {
    200: json(
      z.object({
        items: z.array(Organisation.extend({ venues: z.number().int() })),
        nextCursor: z.string().nullable(),
      }),
      'A page of organisations',
    ),
    ...problems('invalid', 'unauthenticated', 'forbidden'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/organisations',
  summary: 'Make an organisation by its SIRET',
  request: {
    body: json(
      z.object({ legalName: z.string().trim().min(1).max(200), siret: z.string().max(30) }),
      'The organisation',
    ),
  },
  responses: {
    201: json(Organisation, 'The organisation'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'conflict'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/organisations/{id}',
  summary: 'One organisation with its bank accounts',
  request: { params: Id },
  responses: {
    200: json(Organisation.extend({ bankAccounts: z.array(BankAccountShown) }), 'The organisation'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found'),
  },
})

const change = createRoute({
  method: 'patch',
  path: '/organisations/{id}',
  summary: 'Change the details of an organisation',
  request: {
    params: Id,
    body: json(
      z
        .object({
          legalName: z.string().trim().min(1).max(200),
          siret: z.string().max(30),
          vatStatus: z.enum(vatStatus.enumValues),
        })
        .partial(),
      'What changes',
    ),
  },
  responses: {
    200: json(Organisation, 'The organisation'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

const submitAccount = createRoute({
  method: 'post',
  path: '/organisations/{id}/bank-accounts',
  summary: 'Give the account to be paid on; somebody else verifies it',
  request: {
    params: Id,
    body: json(
      z.object({ iban: z.string().max(60), bic: z.string().max(20), holderName: z.string().trim().min(1).max(70) }),
      'The account',
    ),
  },
  responses: {
    201: json(BankAccountShown, 'The account, not yet verified'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found'),
  },
})

const verifyAccount = createRoute({
  method: 'post',
  path: '/organisations/{id}/bank-accounts/{accountId}/verification',
  summary: 'Verify or reject a submitted account: another person than the one who gave it',
  request: {
    params: Id.extend({ accountId: z.uuid() }),
    body: json(z.object({ isRight: z.boolean(), from: DayText.optional() }), 'The decision'),
  },
  responses: {
    200: json(BankAccountShown, 'The account'),
    ...problems('invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict'),
  },
})

export const organisationRoutes = createRouter()
  .openapi(list, async (c) => {
    const page = c.req.valid('query')
    const reader = requireRole(c.var.context.actor, ...readers)
    const items = await listOrganisations(c.var.context.db, { ...page, id: reader.tenantId })
    const nextCursor = items.length === page.limit ? (items.at(-1)?.id ?? null) : null
    return c.json({ items, nextCursor }, 200)
  })
  .openapi(create, async (c) => c.json(await createOrganisation(c.var.context, c.req.valid('json')), 201))
  .openapi(read, async (c) => {
    const { id } = c.req.valid('param')
    requireOwn(requireRole(c.var.context.actor, ...readers), id, 'organisation')
    const organisation = await getOrganisation(c.var.context.db, id)
    const accounts = await listBankAccounts(c.var.context.db, id)
    return c.json({ ...organisation, bankAccounts: accounts.map(shown) }, 200)
  })
  .openapi(change, async (c) =>
    c.json(await changeOrganisation(c.var.context, c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(submitAccount, async (c) =>
    c.json(shown(await submitBankAccount(c.var.context, c.req.valid('param').id, c.req.valid('json'))), 201),
  )
  .openapi(verifyAccount, async (c) => {
    const { id: organisationId, accountId } = c.req.valid('param')
    return c.json(
      shown(await verifyBankAccount(c.var.context, { organisationId, accountId, ...c.req.valid('json') })),
      200,
    )
  })
