import { AppError } from '../../shared/errors.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { attributeReceipt, type ReceiptOwner } from '../../treasury/attribute-receipt.ts'
import { listPossibleOwners } from '../../treasury/call-queries.ts'
import {
  getBankFile,
  listBankFiles,
  listBankLines,
  listOpenLines,
  listReconciliations,
} from '../../treasury/file-queries.ts'
import { importBankFile } from '../../treasury/import-bank-file.ts'
import { listSuspense } from '../../treasury/order-queries.ts'
import { settleBankLine } from '../../treasury/settle-line.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { BankFilePage, BankPage } from './bank-page.tsx'

const funderShape = new RegExp(`^funder\\.(${idPattern})\\.(${idPattern})$`)
const callShape = new RegExp(`^call\\.(${idPattern})$`)

/** `call.<call>`, `funder.<campaign>.<funder>` or `reserve`, as the page offers them. */
function ownerOf(owner: unknown): ReceiptOwner {
  if (owner === 'reserve') return { to: 'reserve' }
  const text = typeof owner === 'string' ? owner : ''
  const [, callId] = callShape.exec(text) ?? []
  if (callId) return { to: 'call', callId }
  const [, campaignId, funderId] = funderShape.exec(text) ?? []
  if (!campaignId || !funderId) throw new AppError('invalid', 'receipt_owner_missing', 'Choose whose money it is')
  return { to: 'funder', campaignId, funderId }
}

/** The files of the bank: given here, read line by line, what is left open closed. */
export const createBankRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get('/coordination/banque', async (c) => {
      const { db, actor } = c.var.context
      const facts = {
        files: await listBankFiles(db, 100),
        open: await listOpenLines(db),
        suspense: await listSuspense(db),
        owners: await listPossibleOwners(db),
        accounts: await listReconciliations(db),
      }
      const role = actor.kind === 'person' ? actor.role : null
      const mayAct = { mayImport: role !== 'auditor', maySettle: role === 'finance_approver' }
      return draw(c, <BankPage {...propsOf(c, mode)} {...mayAct} facts={facts} />)
    })
    .post('/coordination/banque', async (c) => {
      const { file } = await c.req.parseBody()
      if (!(file instanceof File)) throw new AppError('invalid', 'bank_file_unreadable', 'Choose a file')
      const upload = { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name.slice(0, 100) }
      const { file: kept } = await importBankFile(c.var.context, upload)
      return c.redirect(`/coordination/banque/${kept.id}`, 303)
    })
    .post(`/coordination/banque/recu/:id{${idPattern}}`, async (c) => {
      const { owner } = await c.req.parseBody()
      await attributeReceipt(c.var.context, c.req.param('id'), ownerOf(owner))
      return c.redirect('/coordination/banque', 303)
    })
    .get(`/coordination/banque/:id{${idPattern}}`, async (c) => {
      const { db } = c.var.context
      const id = c.req.param('id')
      const file = await getBankFile(db, id)
      return draw(c, <BankFilePage {...propsOf(c, mode)} file={file} lines={await listBankLines(db, id)} />)
    })
    .post(`/coordination/banque/:id{${idPattern}}/:position{[1-9]\\d{0,6}}`, async (c) => {
      const { settlement, isPosted } = await c.req.parseBody()
      const how = typeof settlement === 'string' ? settlement.trim().slice(0, 500) : ''
      const at = { fileId: c.req.param('id'), position: Number(c.req.param('position')) }
      if (how.length >= 3) await settleBankLine(c.var.context, at, { settlement: how, isPosted: isPosted === '1' })
      return c.redirect('/coordination/banque', 303)
    })
