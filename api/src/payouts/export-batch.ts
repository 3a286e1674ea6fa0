import { createHash } from 'node:crypto'
import type { Database, Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { requireFreshProof } from '../accounts/proof.ts'
import { nextBankDay } from '../calendar/calendar.ts'
import { getCampaign } from '../campaigns/queries.ts'
import { type Context, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import {
  type Batch,
  getBatch,
  listChangedPayees,
  listPayouts,
  lockBatch,
  moveBatch,
  type Payout,
} from './batch-queries.ts'
import { findFileSha256, listPayingAccountsOf } from './export-queries.ts'
import { type PainVersion, type PaymentOrder, pain001 } from './pain-001.ts'
import { batchStateAfter } from './payment-batch.ts'

export type ExportedBatch = Batch & { messageId: string; exportedOn: Day; fileSha256: string }
const usualVersion = '09'

/**
 * Makes the bank file of an approved batch, once: asked again, or by two at once, it is the same file. Throws `forbidden`,
 * `not_found`, `conflict` (`batch_is_…`, `payee_changed`, `payout_settled`: paid or refused before the file was made).
 */
export async function exportBatch(ctx: Context, batchId: string): Promise<ExportedBatch> {
  requireRole(ctx.actor, 'finance_approver')
  requireFreshProof(ctx)
  return ctx.transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId)
    const known = await findExport(tx, batch)
    if (known) return known
    batchStateAfter(batch.state, 'export')
    await checkStillToPay(tx, batchId, ctx.today())

    const exported = { ...batch, messageId: messageIdOf(batch), exportedOn: ctx.today() }
    const fileSha256 = sha256Of(pain001(await orderOf(tx, exported), usualVersion))
    const { messageId, exportedOn } = exported
    const columns = { messageId, exportedOn, fileSha256: Buffer.from(fileSha256, 'hex') }
    const moved = await moveBatch(tx, batch, 'export', columns)
    await recordAudit(tx, ctx, 'batch_exported', { batchId, messageId, fileSha256 })
    return { ...moved, messageId, exportedOn, fileSha256 }
  })
}

/**
 * The file of an exported batch, made again from what was approved: byte for byte the one of the export. Version 03 says the
 * same under the same message id, so that no bank executes both. Throws `forbidden`, `not_found`, `conflict` `batch_is_…`.
 */
export async function readBankFile(ctx: Context, batchId: string, version: PainVersion): Promise<string> {
  requireRole(ctx.actor, 'coordinator', 'finance_approver', 'auditor')
  const batch = await getBatch(ctx.db, batchId)
  const exported = await findExport(ctx.db, batch)
  if (!exported) throw new AppError('conflict', `batch_is_${batch.state}`, 'It is not exported yet')
  const order = await orderOf(ctx.db, exported)
  if (sha256Of(pain001(order, usualVersion)) !== exported.fileSha256)
    throw new Error(`The bank file of batch ${batchId} is not the one that was exported`)
  return pain001(order, version)
}

async function findExport(db: Database | Transaction, batch: Batch): Promise<ExportedBatch | null> {
  const fileSha256 = await findFileSha256(db, batch.id)
  const { messageId, exportedOn } = batch
  return fileSha256 && messageId && exportedOn ? { ...batch, messageId, exportedOn, fileSha256 } : null
}

/** Nothing is paid twice, and nobody is paid to an account that was replaced. */
async function checkStillToPay(tx: Transaction, batchId: string, today: Day): Promise<void> {
  const settled = (await listPayouts(tx, batchId)).filter(({ state }) => state !== 'pending' && state !== 'withdrawn')
  if (settled.length > 0)
    throw new AppError('conflict', 'payout_settled', 'A payout was settled before its file was made', {
      payouts: settled.map(({ id }) => id),
    })
  const changed = await listChangedPayees(tx, batchId, today)
  if (changed.length > 0)
    throw new AppError('conflict', 'payee_changed', 'A bank account changed: withdraw its payout', { payouts: changed })
}

const sha256Of = (file: string) => createHash('sha256').update(file).digest('hex')

/** Another list is another message: banks refuse to execute the same message id twice. */
const messageIdOf = ({ number, sha256 }: Batch) => `CN${String(number).padStart(6, '0')}-${sha256!.slice(0, 16)}`

async function orderOf(
  db: Database | Transaction,
  batch: Pick<ExportedBatch, 'id' | 'number' | 'messageId' | 'exportedOn' | 'executesOn'>,
): Promise<PaymentOrder> {
  const payouts = (await listPayouts(db, batch.id)).filter(({ state }) => state !== 'withdrawn')
  const accounts = await listPayingAccountsOf(db, [...new Set(payouts.map(({ payingAccountId }) => payingAccountId))])
  const names = await namesOfCampaigns(db, payouts)
  const [, latest] = [batch.executesOn, batch.exportedOn].sort()
  return {
    messageId: batch.messageId,
    createdOn: batch.exportedOn,
    executesOn: nextBankDay(latest!),
    payments: accounts.map(({ id, iban, bic, holderName }) => ({
      ...{ iban, bic, holderName },
      transfers: payouts
        .filter(({ payingAccountId }) => payingAccountId === id)
        .map(({ endToEndId, amountCents, payee, lines }) => ({
          ...{ endToEndId, amountCents, iban: payee.iban, bic: payee.bic, holderName: payee.holderName },
          remittance: `Carnet remise ${batch.number} - ${lines.map(({ campaignId }) => names.get(campaignId)).join(', ')}`,
        })),
    })),
  }
}

async function namesOfCampaigns(db: Database | Transaction, payouts: readonly Payout[]): Promise<Map<string, string>> {
  const ids = new Set(payouts.flatMap(({ lines }) => lines.map(({ campaignId }) => campaignId)))
  return new Map(await Promise.all([...ids].map(async (id) => [id, (await getCampaign(db, id)).name] as const)))
}
