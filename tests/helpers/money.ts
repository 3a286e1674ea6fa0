import * as bankEvents from '@carnet/api/ledger/bank-events.ts'
import * as decisions from '@carnet/api/ledger/decisions.ts'
import * as events from '@carnet/api/ledger/events.ts'
import type { AccountKind, NewTransfer } from '@carnet/api/ledger/transfer.ts'
import { type Earning, transfersOfStatement } from '@carnet/api/payouts/statement.ts'
import { type Cents, cents } from '@carnet/api/shared/money.ts'
import { MemoryLedger, payingAccountId, Refused } from './memory-ledger.ts'

/** What the model asks of the code under test: a mutant replaces one of them. */
export const rules = { ...events, ...bankEvents, ...decisions, transfersOfStatement }
export type Rules = typeof rules

type Counts = { open: number; frozen: number; reversed: number; corrected: number }
type Campaign = {
  campaignId: string
  face: Cents
  parts: { funderId: string; partCents: Cents }[]
  boxes: { ref: string; vouchers: number }[]
  isEnded: boolean
  expired: number
  of: Counts[]
}
type Payout = {
  ref: string
  organisation: number
  lines: { campaign: Campaign; amountCents: Cents }[]
  state: 'pending' | 'booked' | 'done'
}

export const commandKinds = [
  ...['fund', 'fund', 'activate', 'activate', 'revoke', 'scan', 'scan', 'scan', 'reverse', 'freeze', 'freeze'],
  ...['reverseFrozen', 'reverseFrozen', 'pay', 'book', 'withdraw', 'giveBack', 'end', 'refund', 'reserve', 'repay'],
  ...['suspend', 'attribute', 'fee', 'correct', 'payFromReserve', 'transfer'],
] as const
export type Command = { kind: (typeof commandKinds)[number]; campaign: number; organisation: number; n: number }

export const total = (counts: Counts[], of: (one: Counts) => number) => counts.reduce((sum, one) => sum + of(one), 0)

/** Three organisations, one campaign of 333 + 333 + 334 and one of 350 + 650 on one paying account, and what happens to them. */
export class MoneyModel {
  readonly ledger = new MemoryLedger()
  readonly campaigns = [campaignOf('thirds', [333, 333, 334]), campaignOf('halves', [350, 650])]
  inSuspense = 0
  private receipts: { ref: string; amountCents: Cents }[] = []
  private payouts: Payout[] = []
  private period = 1
  private serial = 0

  private readonly use: Rules

  constructor(use: Rules) {
    this.use = use
  }

  /** Does it, or does nothing when the scheme would refuse it. Throws when something must work and does not. */
  run(command: Command): void {
    const campaign = this.campaigns[command.campaign]!
    this[command.kind](campaign, command.organisation, command.n)
  }

  private ref = (kind: string) => `${kind}:${++this.serial}`
  private pool = ({ campaignId }: Campaign) => ({ payingAccountId, campaignId })
  outstanding = ({ boxes, of, expired }: Campaign) =>
    boxes.reduce((sum, { vouchers }) => sum + vouchers, 0) -
    total(of, (one) => one.open + one.frozen - one.reversed) -
    expired

  private mayBeRefused(post: () => void): boolean {
    try {
      post()
      return true
    } catch (error) {
      if (error instanceof Refused || (error as { kind?: string }).kind === 'conflict') return false
      throw error
    }
  }

  private fund(campaign: Campaign, _organisation: number, n: number) {
    for (const { funderId, partCents } of campaign.parts) {
      const funding = { ...this.pool(campaign), documentRef: this.ref('funding'), funderId }
      this.ledger.post(this.use.fundingReceived({ ...funding, amountCents: cents(partCents * n * 2 + (n % 7)) }))
    }
  }
  private activate(campaign: Campaign, _organisation: number, n: number) {
    if (campaign.isEnded) return
    const box = { ref: this.ref('box'), vouchers: n }
    const event = { ...this.pool(campaign), documentRef: box.ref, parts: campaign.parts, voucherCount: n }
    const { campaignId } = campaign
    const isFunded = campaign.parts.every(
      ({ funderId, partCents }) => this.ledger.balance('available', { campaignId, funderId }) >= n * partCents,
    )
    if (this.mayBeRefused(() => this.ledger.post(this.use.boxActivated(event)))) campaign.boxes.push(box)
    else if (isFunded) throw new Error('A funded box was refused')
  }
  private revoke(campaign: Campaign) {
    const box = campaign.boxes.at(-1)
    if (!box || campaign.isEnded || this.outstanding(campaign) < box.vouchers) return
    const event = { ...this.pool(campaign), documentRef: box.ref, parts: campaign.parts, voucherCount: box.vouchers }
    this.ledger.post(this.use.boxRevoked(event))
    campaign.boxes.pop()
  }
  private scan(campaign: Campaign, organisation: number, n: number) {
    if (!campaign.isEnded) campaign.of[organisation]!.open += Math.min(n, this.outstanding(campaign))
  }
  private reverse(campaign: Campaign, organisation: number) {
    const counts = campaign.of[organisation]!
    if (counts.open > 0) counts.open -= 1
  }
  private freeze(_campaign: Campaign, organisation: number) {
    const organisationId = `${organisation}`
    const key = { periodId: this.period++, organisationId }
    const earned = this.campaigns.filter(({ of }) => of[organisation]!.open > 0)
    const earnings: Earning[] = earned.map(({ campaignId, face, of }) => {
      const voucherCount = of[organisation]!.open
      return { venueId: 'venue', campaignId, payingAccountId, faceValueCents: face, voucherCount }
    })
    const money = this.campaigns.map(({ campaignId, parts }) => ({
      ...{ campaignId, payingAccountId, parts },
      payableCents: this.ledger.balance('payable', { campaignId, organisationId }),
      owesCents: this.ledger.balance('owes', { campaignId, organisationId }),
    }))
    // Two processes decide the same at once: what they post is posted once.
    const both = [0, 1].map(() => this.use.transfersOfStatement(key, earnings, money))
    for (const { transfers } of both) this.ledger.post(transfers)
    for (const { of } of this.campaigns) {
      const counts = of[organisation]!
      counts.frozen += counts.open
      counts.open = 0
    }
  }
  private reverseFrozen(campaign: Campaign, organisation: number) {
    const counts = campaign.of[organisation]!
    if (counts.frozen - counts.corrected === counts.reversed) return
    const organisationId = `${organisation}`
    const { campaignId, parts, face } = campaign
    let from: 'payable' | 'owes' = 'payable'
    const decide = () => {
      from = this.use.sourceOfReversal(
        {
          payableCents: this.ledger.balance('payable', { campaignId, organisationId }),
          owedByAllCents: this.ledger.total('owes'),
          reserveCents: this.ledger.total('reserve'),
        },
        face,
      )
    }
    if (!this.mayBeRefused(decide)) return
    const to = campaign.isEnded ? 'expired' : 'issued'
    const what = { organisationId, periodId: 1, parts, voucherCount: 1, from, to } as const
    this.ledger.post(
      this.use.reversedAfterFreezing({ ...this.pool(campaign), documentRef: this.ref('adjustment'), ...what }),
    )
    counts.reversed += 1
    if (campaign.isEnded) campaign.expired += 1
  }
  private pay(_campaign: Campaign, organisation: number) {
    const ref = this.ref('payout')
    const organisationId = `${organisation}`
    const lines = this.campaigns
      .map((campaign) => ({
        campaign,
        amountCents: this.ledger.balance('payable', { campaignId: campaign.campaignId, organisationId }),
      }))
      .filter(({ amountCents }) => amountCents > 0)
    const payout: Payout = { ref, organisation, lines, state: 'pending' }
    this.ledger.post(this.lines(payout).flatMap((line) => this.use.payoutCreated(line)))
    this.payouts.push(payout)
  }
  private lines = ({ ref, organisation, lines }: Payout) =>
    lines.map(({ campaign, amountCents }) => ({
      ...this.pool(campaign),
      documentRef: ref,
      organisationId: `${organisation}`,
      amountCents,
    }))
  private settle(
    from: Payout['state'],
    to: Payout['state'],
    transfersOf: (line: ReturnType<typeof this.lines>[number]) => NewTransfer[],
  ) {
    const payout = this.payouts.find(({ state }) => state === from)
    if (!payout) return
    for (let time = 0; time < 2; time++) this.ledger.post(this.lines(payout).flatMap(transfersOf))
    payout.state = to
  }
  private book = () => this.settle('pending', 'booked', (line) => this.use.payoutBooked(line))
  private withdraw = () => this.settle('pending', 'done', (line) => this.use.payoutTakenBack(line, 'payout_withdrawn'))
  private giveBack = () => this.settle('booked', 'done', (line) => this.use.payoutReturned(line))
  private end(campaign: Campaign, _organisation: number, n: number) {
    if (!campaign.isEnded && n % 6 > 0) return
    campaign.isEnded = true
    const { campaignId, parts } = campaign
    const issued = parts.map(({ funderId, partCents }) => ({
      partCents,
      issuedCents: this.ledger.balance('issued', { campaignId, funderId }),
    }))
    const voucherCount = this.use.expiringVouchers(
      issued,
      total(campaign.of, ({ open }) => open),
    )
    this.ledger.post(
      this.use.validityEnded({ ...this.pool(campaign), documentRef: this.ref('validity'), parts, voucherCount }),
    )
    campaign.expired += voucherCount
  }
  private poolBalances({ campaignId }: Campaign): decisions.PoolBalances {
    const of = (kind: AccountKind) => this.ledger.total(kind, campaignId)
    return {
      bankCents: of('bank'),
      issuedCents: of('issued'),
      payableCents: of('payable'),
      inPaymentCents: of('in_payment'),
    }
  }
  private refund(campaign: Campaign, _organisation: number, n: number) {
    const from = n % 2 === 0 && !campaign.isEnded ? 'available' : 'expired'
    for (const { funderId } of campaign.parts) this.refundFunder(campaign, funderId, from)
  }
  private refundFunder(campaign: Campaign, funderId: string, from: 'available' | 'expired') {
    const { campaignId, face } = campaign
    const amountCents = this.ledger.balance(from, { campaignId, funderId })
    if (amountCents === 0) return
    const of = (kind: AccountKind) => this.ledger.total(kind, campaignId)
    if (!this.mayBeRefused(() => this.use.checkRefund(this.poolBalances(campaign), amountCents))) return
    const refund = { ...this.pool(campaign), documentRef: this.ref('refund'), funderId, from, amountCents }
    this.ledger.post(this.use.refunded(refund))
    const earnable = this.outstanding(campaign) + total(campaign.of, ({ open }) => open)
    if (of('bank') < of('payable') + of('in_payment') + face * earnable) throw new Error('A refund took what is owed')
  }
  private reserve(_campaign: Campaign, _organisation: number, n: number) {
    this.ledger.post(
      this.use.reserveFunded({ payingAccountId, documentRef: this.ref('reserve'), amountCents: cents(n * 500) }),
    )
  }
  private suspend(_campaign: Campaign, _organisation: number, n: number) {
    const receipt = { documentRef: this.ref('receipt'), payingAccountId, amountCents: cents(n * 100) }
    this.ledger.post(this.use.receivedInSuspense(receipt))
    this.receipts.push({ ref: receipt.documentRef, amountCents: receipt.amountCents })
    this.inSuspense += receipt.amountCents
  }
  private attribute(campaign: Campaign, _organisation: number, n: number) {
    const receipt = this.receipts.shift()
    if (!receipt) return
    const base = { payingAccountId, documentRef: receipt.ref, amountCents: receipt.amountCents }
    const { funderId } = campaign.parts[0]!
    const to = { ...base, ...this.pool(campaign), funderId }
    this.ledger.post(n % 3 > 0 ? this.use.suspenseMatched(to) : this.use.suspenseSentBack(base))
    this.inSuspense -= receipt.amountCents
  }
  private fee(_campaign: Campaign, _organisation: number, n: number) {
    const fee = { payingAccountId, documentRef: this.ref('fee'), amountCents: cents(n * 10) }
    this.mayBeRefused(() => this.ledger.post(this.use.bankFeePaid(fee)))
  }
  private correct(campaign: Campaign, organisation: number) {
    const counts = campaign.of[organisation]!
    const { sealed, corrected } = { sealed: counts.frozen - counts.reversed, corrected: counts.corrected }
    if (!this.mayBeRefused(() => this.use.checkCorrection({ sealed, corrected }, 1))) return
    const about = { documentRef: this.ref('order'), organisationId: `${organisation}`, parts: campaign.parts }
    const correction = { ...this.pool(campaign), ...about, voucherCount: 1 }
    if (this.mayBeRefused(() => this.ledger.post(this.use.correctedAfterSealing(correction)))) counts.corrected += 1
  }
  private payFromReserve(campaign: Campaign, organisation: number, n: number) {
    const about = { documentRef: this.ref('order'), organisationId: `${organisation}`, amountCents: cents(n * 100) }
    const payment = { ...this.pool(campaign), ...about }
    this.mayBeRefused(() => this.ledger.post(this.use.paidFromReserve(payment)))
  }
  private transfer(campaign: Campaign, _organisation: number, n: number) {
    const to = this.campaigns.find((one) => one !== campaign)!
    const from = n % 2 === 0 ? ('available' as const) : ('expired' as const)
    const { funderId } = campaign.parts[0]!
    const amountCents = this.ledger.balance(from, { campaignId: campaign.campaignId, funderId })
    if (amountCents === 0 || !this.mayBeRefused(() => this.use.checkRefund(this.poolBalances(campaign), amountCents)))
      return
    const about = { documentRef: this.ref('order'), funderId, from, toCampaignId: to.campaignId, amountCents }
    this.ledger.post(this.use.movedToCampaign({ ...this.pool(campaign), ...about }))
  }
  private repay(campaign: Campaign) {
    for (const organisationId of ['0', '1', '2']) {
      const amountCents = this.ledger.balance('owes', { campaignId: campaign.campaignId, organisationId })
      const repayment = { ...this.pool(campaign), documentRef: this.ref('repayment'), organisationId, amountCents }
      this.ledger.post(this.use.owesRepaid(repayment))
    }
  }
}

function campaignOf(campaignId: string, parts: number[]): Campaign {
  return {
    campaignId,
    face: cents(parts.reduce((sum, part) => sum + part, 0)),
    parts: parts.map((part, at) => ({ funderId: `${campaignId}-${at}`, partCents: cents(part) })),
    boxes: [],
    isEnded: false,
    expired: 0,
    of: [0, 1, 2].map(() => ({ open: 0, frozen: 0, reversed: 0, corrected: 0 })),
  }
}
