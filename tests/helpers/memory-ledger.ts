import { type AccountKind, isAsset, keyText, type NewTransfer } from '@carnet/api/ledger/transfer.ts'
import { type Cents, cents } from '@carnet/api/shared/money.ts'

export const payingAccountId = 'account'

/** The database refuses it: nothing was posted. */
export class Refused extends Error {}

type Dimensions = Partial<Record<'campaignId' | 'funderId' | 'organisationId', string>>

/** A second ledger, in memory, with nothing in common with the database's. */
export class MemoryLedger {
  readonly posted = new Map<string, NewTransfer>()
  private balances = new Map<string, number>()
  private moved = new Map<string, number>()

  balance(kind: AccountKind, dimensions: Dimensions): Cents {
    return cents(this.balances.get(keyText({ kind, payingAccountId, ...dimensions })) ?? 0)
  }

  total(kind: AccountKind, campaignId?: string): Cents {
    const start = `${kind}|${payingAccountId}|${campaignId ?? ''}`
    return cents([...this.balances].reduce((sum, [key, balance]) => sum + (key.startsWith(start) ? balance : 0), 0))
  }

  /** Ever moved from one kind of account to another, for a funder or an organisation in a campaign. */
  sum(debit: AccountKind, credit: AccountKind, campaignId: string, holder: string): number {
    return this.moved.get([debit, credit, campaignId, holder].join('|')) ?? 0
  }

  post(transfers: readonly NewTransfer[]): void {
    const after = new Map(this.balances)
    const fresh = transfers.filter(({ id }) => !this.posted.has(id))
    for (const { debit, credit, amountCents } of fresh) {
      const [to, from] = [keyText(debit), keyText(credit)]
      after.set(to, (after.get(to) ?? 0) + (isAsset(debit.kind) ? amountCents : -amountCents))
      after.set(from, (after.get(from) ?? 0) + (isAsset(credit.kind) ? -amountCents : amountCents))
    }
    if ([...after.values()].some((balance) => balance < 0)) throw new Refused('not_enough_money')
    const before = this.balances
    this.balances = after
    if (fresh.some(({ debit }) => debit.kind === 'owes') && this.total('owes') > this.total('reserve')) {
      this.balances = before
      throw new Refused('reserve_exhausted')
    }
    for (const transfer of fresh) this.note(transfer)
  }

  private note(transfer: NewTransfer): void {
    const { id, debit, credit, amountCents } = transfer
    this.posted.set(id, transfer)
    const holders = [debit.funderId ?? credit.funderId, debit.organisationId ?? credit.organisationId]
    for (const holder of holders.filter((one) => one !== undefined)) {
      const key = [debit.kind, credit.kind, debit.campaignId, holder].join('|')
      this.moved.set(key, (this.moved.get(key) ?? 0) + amountCents)
    }
  }
}
