import { createHash, randomUUID } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { requireSession } from '../accounts/proof.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { cents } from '../shared/money.ts'
import { applyEffects } from './apply-effects.ts'
import type { BankMessage } from './bank-message.ts'
import {
  type BankFile,
  type BankLine,
  findFileBySha256,
  getBankFile,
  insertBalances,
  insertBankFile,
  insertBankLines,
  listBankLines,
  sumBankOf,
} from './file-queries.ts'
import type { MatchedLine } from './known.ts'
import { loadKnown } from './known-queries.ts'
import { matchMessage } from './match.ts'
import { sumOnTheWay } from './order-queries.ts'
import { readBankMessage } from './read-bank-message.ts'

export type FileReport = { file: BankFile; lines: BankLine[]; isNew: boolean }

/**
 * Takes a file of the bank: pain.002, camt.053 or camt.054. Every line is kept with what it led to. The same file again, or two
 * at once, give the same report and move nothing. Throws `forbidden`, `invalid` (see `readBankMessage`).
 */
export async function importBankFile(ctx: Context, upload: { bytes: Uint8Array; name: string }): Promise<FileReport> {
  const person = requireRole(ctx.actor, 'coordinator', 'finance_approver')
  requireSession(ctx)
  const message = readBankMessage(upload.bytes)
  const sha256 = createHash('sha256').update(upload.bytes).digest()
  return ctx.transaction(async (tx) => {
    await takeLock(tx, 'bankFiles')
    const before = await findFileBySha256(tx, sha256)
    if (before) return { file: before, lines: await listBankLines(tx, before.id), isNew: false }
    const { kind, version, messageId } = message
    const fileId = randomUUID()
    const by = { importedBy: person.personId, importedOn: ctx.today() }
    await insertBankFile(tx, {
      id: fileId,
      kind,
      version,
      messageId,
      name: upload.name,
      sha256,
      content: upload.bytes,
      ...by,
    })
    const known = await loadKnown(tx, message)
    const matched = matchMessage(message, known)
    const receiptIds = await applyEffects(tx, ctx, matched)
    await insertBankLines(
      tx,
      matched.map((line, at) => rowOf(line, { fileId, position: at + 1, receiptId: receiptIds.get(line) })),
    )
    await keepBalances(tx, { fileId, message, accounts: known.accounts })
    const report = { file: await getBankFile(tx, fileId), lines: await listBankLines(tx, fileId), isNew: true }
    await recordAudit(tx, ctx, 'bank_file_imported', { fileId, kind, messageId, ...countOutcomes(matched) })
    return report
  })
}

function rowOf(
  { status, movement, outcome, why, payingAccountId, payoutId }: MatchedLine,
  at: { fileId: string; position: number; receiptId: string | undefined },
) {
  const about = {
    ...at,
    receiptId: at.receiptId ?? null,
    outcome,
    why,
    payingAccountId: payingAccountId ?? null,
    payoutId: payoutId ?? null,
  }
  if (movement) {
    const { bankReference, direction, amountCents, on, endToEndId, counterparty, remittance, returnReason } = movement
    const said = { bankReference, direction, amountCents, happenedOn: on, reference: endToEndId, counterparty }
    return { ...about, ...said, status: movement.status, remittance: returnReason ?? remittance }
  }
  const { messageId, paymentInfoId, endToEndId, amountCents, reason } = status!
  const reference = endToEndId ?? paymentInfoId ?? messageId
  return { ...about, bankReference: '', reference, amountCents, status: status!.status, remittance: reason || null }
}

async function keepBalances(
  tx: Transaction,
  { fileId, message, accounts }: { fileId: string; message: BankMessage; accounts: ReadonlyMap<string, string> },
): Promise<void> {
  const rows = new Map<string, Parameters<typeof insertBalances>[1][number]>()
  for (const { iban, balanceCents, isOverdrawn, on } of message.balances) {
    const payingAccountId = accounts.get(iban)
    if (payingAccountId === undefined || (rows.get(payingAccountId)?.endsOn ?? '') > on) continue
    rows.set(payingAccountId, {
      ...{ fileId, payingAccountId, endsOn: on },
      balanceCents: isOverdrawn ? cents(-balanceCents) : balanceCents,
      ledgerCents: await sumBankOf(tx, payingAccountId),
      onTheWayCents: await sumOnTheWay(tx, payingAccountId),
    })
  }
  await insertBalances(tx, [...rows.values()])
}

const countOutcomes = (lines: readonly MatchedLine[]) => {
  const outcomes: Record<string, number> = {}
  for (const { outcome } of lines) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  return { lines: lines.length, outcomes }
}
