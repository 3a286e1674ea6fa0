import { type AccountKey, type AccountKind, isAsset, keyText, type NewTransfer } from '@carnet/api/ledger/transfer.ts'
import { type Cents, cents } from '@carnet/api/shared/money.ts'

export const payingAccountId = 'account'

/** The database refuses it: nothing was posted. */
export class Refused extends Error {}

const add = (sums: Map<string, number>, key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount)

type Dimensions = Partial<Record<'campaignId' | 'funderId' | 'organisationId', string>>

/** A second ledger, in memory, with nothing in common with the database's. */
export class MemoryLedger {
  readonly posted = new Map<string, NewTransfer>()
  /** Taken from what organisations earned, less what it settled elsewhere. */
  unmetNetting = 0
  private balances = new Map<string, number>()
  private totals = new Map<string, number>()
  private moved = new Map<string, number>()

  balance(kind: AccountKind, dimensions: Dimensions): Cents {
    return cents(this.balances.get(keyText({ kind, payingAccountId, ...dimensions })) ?? 0)
  }

  total(kind: AccountKind, campaignId?: string): Cents {
    return cents(this.totals.get(campaignId === undefined ? kind : `${kind}|${campaignId}`) ?? 0)
  }

  /** Ever moved from one kind of account to another, for a funder or an organisation in a campaign. */
  sum(debit: AccountKind, credit: AccountKind, campaignId: string, holder: string): number {
    return this.moved.get([debit, credit, campaignId, holder].join('|')) ?? 0
  }

  post(transfers: readonly NewTransfer[]): void {
    const fresh = transfers.filter(({ id }) => !this.posted.has(id))
    const changes = new Map<string, { account: AccountKey; change: number }>()
    for (const { debit, credit, amountCents } of fresh)
      for (const [account, amount] of [[debit, amountCents] as const, [credit, -amountCents] as const]) {
        const key = keyText(account)
        const before = changes.get(key)?.change ?? 0
        changes.set(key, { account, change: before + (isAsset(account.kind) ? amount : -amount) })
      }
    let uncovered = this.total('owes') - this.total('reserve')
    for (const [key, { account, change }] of changes) {
      if ((this.balances.get(key) ?? 0) + change < 0) throw new Refused('not_enough_money')
      if (account.kind === 'owes') uncovered += change
      if (account.kind === 'reserve') uncovered -= change
    }
    if (uncovered > 0) throw new Refused('reserve_exhausted')
    for (const [key, { account, change }] of changes) {
      add(this.balances, key, change)
      add(this.totals, account.kind, change)
      add(this.totals, `${account.kind}|${account.campaignId}`, change)
    }
    for (const transfer of fresh) this.note(transfer)
  }

  private note(transfer: NewTransfer): void {
    if (transfer.kind === 'netting_bank')
      this.unmetNetting += transfer.debit.kind === 'payable' ? transfer.amountCents : -transfer.amountCents
    const { id, debit, credit, amountCents } = transfer
    this.posted.set(id, transfer)
    const holders = [debit.funderId ?? credit.funderId, debit.organisationId ?? credit.organisationId]
    for (const holder of holders.filter((one) => one !== undefined)) {
      const key = [debit.kind, credit.kind, debit.campaignId ?? credit.campaignId, holder].join('|')
      add(this.moved, key, amountCents)
    }
  }
}
