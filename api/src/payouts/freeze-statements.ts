import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { listParts } from '../campaigns/queries.ts'
import { post } from '../ledger/ledger.ts'
import { listBalances, lockPayingAccounts } from '../ledger/queries.ts'
import { getPeriod } from '../periods/queries.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { sumCents } from '../shared/money.ts'
import { amountOf, type CampaignMoney, type Earning, type StatementKey, transfersOfStatement } from './statement.ts'
import {
  countEarnings,
  findStatement,
  insertStatement,
  listOrganisationsToFreeze,
  takeStatementNumber,
} from './statement-queries.ts'
import { tellOfStatement, type WrittenStatement } from './tell-of-statement.ts'

/**
 * Writes the statement of every organisation that earned something in a frozen period, each in a transaction of its own:
 * number, lines, transfers, netting and audit line. After a crash the same call goes on with the organisations that are left.
 * Gives how many it wrote. Throws `forbidden`, `not_found`, `conflict` (`period_is_open`, `period_is_closed`).
 */
export async function freezeStatements(ctx: Context, periodId: number): Promise<number> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const organisationIds = await ctx.transaction(async (tx) => {
    const { state } = await getPeriod(tx, periodId)
    if (state === 'open' || state === 'closed')
      throw new AppError('conflict', `period_is_${state}`, 'Freeze the period first')
    return listOrganisationsToFreeze(tx, periodId)
  }, 'carnet_jobs')

  let written = 0
  for (const organisationId of organisationIds)
    if (await ctx.transaction((tx) => freezeStatement(tx, ctx, { periodId, organisationId }), 'carnet_jobs')) written++
  return written
}

const freezeStatement = (tx: Transaction, ctx: Context, key: StatementKey) =>
  writeStatement(tx, ctx, key, {
    listEarnings: () => countEarnings(tx, key),
    tell: (written) => tellOfStatement(tx, ctx, key, written),
  })

/**
 * Writes one statement with its transfers and audit line, and tells of it. False when it is written already.
 * Throws `conflict` `not_enough_money`.
 */
export async function writeStatement(
  tx: Transaction,
  ctx: Context,
  key: StatementKey,
  {
    listEarnings,
    tell,
  }: { listEarnings: () => Promise<Earning[]>; tell?: (written: WrittenStatement) => Promise<void> },
): Promise<boolean> {
  const number = await takeStatementNumber(tx)
  if (await findStatement(tx, key)) return false
  const earnings = await listEarnings()
  await lockPayingAccounts(
    tx,
    earnings.map(({ payingAccountId }) => payingAccountId),
  )
  const money = await readMoney(tx, key.organisationId, earnings)
  const { transfers, nettedCents } = transfersOfStatement(key, earnings, money)
  const totals = {
    voucherCount: earnings.reduce((sum, line) => sum + line.voucherCount, 0),
    totalCents: sumCents(earnings.map(amountOf)),
    nettedCents,
  }
  await insertStatement(tx, { ...key, number, ...totals, frozenOn: ctx.today() }, earnings)
  await post(tx, ctx, transfers)
  await tell?.({ number, ...totals })
  await recordAudit(tx, ctx, 'statement_frozen', { ...key, number, ...totals })
  return true
}

/** Of every campaign it earned in, and of every other it has a balance in on the same paying accounts. */
async function readMoney(
  tx: Transaction,
  organisationId: string,
  earnings: readonly Earning[],
): Promise<CampaignMoney[]> {
  const balances = await listBalances(tx, { kinds: ['payable', 'owes'], organisationId })
  const accounts = new Map(earnings.map(({ campaignId, payingAccountId }) => [campaignId, payingAccountId]))
  const locked = new Set(accounts.values())
  for (const { campaignId, payingAccountId, balanceCents } of balances)
    if (campaignId !== null && balanceCents > 0 && locked.has(payingAccountId))
      accounts.set(campaignId, payingAccountId)
  const balanceOf = (kind: 'payable' | 'owes', id: string) =>
    sumCents(balances.filter((one) => one.kind === kind && one.campaignId === id).map((one) => one.balanceCents))
  const money: CampaignMoney[] = []
  for (const [campaignId, payingAccountId] of accounts)
    money.push({
      ...{ campaignId, payingAccountId },
      parts: await listParts(tx, campaignId),
      payableCents: balanceOf('payable', campaignId),
      owesCents: balanceOf('owes', campaignId),
    })
  return money
}
