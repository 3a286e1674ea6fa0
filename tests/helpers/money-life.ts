import { randomUUID } from 'node:crypto'
import { boxRevoked } from '@carnet/api/ledger/events.ts'
import { post } from '@carnet/api/ledger/ledger.ts'
import { expireUnearned } from '@carnet/api/payouts/expire-unearned.ts'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { recordBankFee, recordRepayment } from '@carnet/api/payouts/move-funds.ts'
import { postReversalAfterFreezing } from '@carnet/api/payouts/reverse-after-freezing.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { attributeReceipt } from '@carnet/api/treasury/attribute-receipt.ts'
import { decideOrder } from '@carnet/api/treasury/decide-order.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import type { OrderAsked } from '@carnet/api/treasury/money-order.ts'
import { proposeOrder } from '@carnet/api/treasury/propose-order.ts'
import { camt } from './bank-files.ts'
import { roomyShelves } from './money-clearing.ts'
import { createPayoutLife } from './money-life-payouts.ts'
import {
  balanceOf,
  givenActiveBox,
  givenFrozenPeriod,
  givenFunding,
  givenPrintedBox,
  givenReserve,
  givenScans,
  type MoneyCampaign,
  type MoneyWorld,
  reverseOne,
} from './money-world.ts'

/** What can happen to money; some more often than others. */
export const lifeKinds = [
  ...[
    'fund',
    'fund',
    'issue',
    'activate',
    'activate',
    'revoke',
    'stop',
    'scan',
    'scan',
    'scan',
    'reverse',
    'freeze',
    'freeze',
  ],
  ...[
    'reverseFrozen',
    'reverseFrozen',
    'reserve',
    'reserve',
    'correct',
    'correct',
    'net',
    'repay',
    'refund',
    'transfer',
    'fee',
  ],
  ...[
    'payFromReserve',
    'suspend',
    'attribute',
    'prepare',
    'prepare',
    'withdraw',
    'approve',
    'export',
    'export',
    'accept',
  ],
  ...['reject', 'book', 'book', 'bookSum', 'giveBack', 'expire', 'close', 'seal'],
] as const
/**
 * `n`, 1 to 12, is how much of it: vouchers, scans, or steps of an amount. Where a kind has several ways its remainder chooses one: who
 * acts, which funder or source, whose money it was, and of `close` whether it happens at all.
 */
export type LifeEvent = { kind: (typeof lifeKinds)[number]; campaign: number; organisation: number; n: number }
type Organisation = MoneyWorld['organisations'][number]
/** False when there was nothing that it could happen to. */
type Act = (campaign: MoneyCampaign, organisation: Organisation, n: number) => Promise<unknown>

/**
 * Two campaigns of the same funders and three organisations, and everything that can happen to their money, by the use cases
 * themselves on PostgreSQL. What a rule forbids throws a conflict.
 */
export function createMoneyLife(world: MoneyWorld, campaigns: MoneyCampaign[]) {
  const boxes = new Map<string, Awaited<ReturnType<typeof givenActiveBox>>['event'][]>(
    campaigns.map(({ id }) => [id, []]),
  )
  const stopped = new Set<string>()
  const parts = { boxes, stopped, campaigns }
  const acts = { ...voucherActs(world, parts), ...fundActs(world, campaigns), ...createPayoutLife(world) } as Record<
    LifeEvent['kind'],
    Act
  >
  return ({ kind, campaign, organisation, n }: LifeEvent) =>
    acts[kind](campaigns[campaign]!, world.organisations[organisation]!, n)
}

const frozenPeriod = (world: MoneyWorld) => givenFrozenPeriod(world, roomyShelves)

const livePeriods = async ({ sql }: MoneyWorld, ...states: string[]) =>
  (await sql<{ id: number }[]>`select id from periods where state::text in ${sql(states)} order by id`).map(
    ({ id }) => id,
  )

async function earnable({ sql }: MoneyWorld, { id }: MoneyCampaign): Promise<number> {
  const [row] =
    await sql`select coalesce((select sum(last_cover) from boxes where campaign_id = ${id} and state = 'active'), 0)::int
    - (select count(*) from redemptions where campaign_id = ${id} and state = 'accepted')::int
    - (select coalesce(sum(accepted_count), 0) from sealed_campaigns where campaign_id = ${id})::int as count,
    (select state from campaigns where id = ${id}) in ('open') as "isOpen"`
  return row!.isOpen ? (row!.count as number) : 0
}

function voucherActs(
  world: MoneyWorld,
  { boxes, stopped }: { boxes: Map<string, { documentRef: string; voucherCount: number }[]>; stopped: Set<string> },
): Partial<Record<LifeEvent['kind'], Act>> {
  const { sql, operator, coordinator } = world
  return {
    issue: (campaign, _organisation, n) => givenPrintedBox(world, campaign, n),
    activate: async (campaign, _organisation, n) => {
      const [row] = await sql`select state from campaigns where id = ${campaign.id}`
      if (row!.state !== 'open') return false
      const [printed] = await sql<{ id: string; vouchers: number }[]>`
        select id, last_cover as vouchers from boxes where campaign_id = ${campaign.id} and state = 'printed' order by number limit 1`
      const { event } = await givenActiveBox(world, campaign, printed?.vouchers ?? n, printed?.id)
      return boxes.get(campaign.id)!.push(event)
    },
    revoke: async (campaign) => {
      const box = boxes.get(campaign.id)!.at(-1)
      if (!box || (await earnable(world, campaign)) < box.voucherCount) return false
      await sql`update boxes set state = 'revoked', revoked_on = '2026-03-10' where id = ${box.documentRef.slice(4)}`
      await operator.transaction((tx) => post(tx, operator, boxRevoked(box as Parameters<typeof boxRevoked>[0])))
      return boxes.get(campaign.id)!.pop()
    },
    // A stop order takes the value of no voucher: it only keeps scans away, until it is lifted.
    stop: async ({ id }) => (stopped.has(id) ? stopped.delete(id) : stopped.add(id)),
    scan: async (campaign, organisation, n) => {
      if (stopped.has(campaign.id)) return false
      const [periodId] = await livePeriods(world, 'open')
      const count = Math.min(n, await earnable(world, campaign))
      if (count === 0) return false
      return givenScans(world, campaign, organisation, { count, periodId: periodId! })
    },
    reverse: async (campaign, organisation) =>
      (await reverseOne(world, campaign.id, organisation.id, await livePeriods(world, 'open', 'closed'))) !== undefined,
    freeze: async (_campaign, _organisation, n) => {
      const periodId = await frozenPeriod(world)
      const actors = n % 2 === 0 ? [operator, coordinator] : [operator]
      const written = await Promise.all(actors.map((by) => freezeStatements(by, periodId)))
      return written.some((count) => count > 0)
    },
    seal: async () => {
      // The oldest month is sealed when a fourth is needed; its organisations owe corrections then, no reversals.
      while ((await livePeriods(world, 'open', 'closed', 'frozen')).length < 3)
        await freezeStatements(operator, await frozenPeriod(world))
      await freezeStatements(operator, await frozenPeriod(world))
    },
    reverseFrozen: (campaign) => reverseFrozen(world, campaign),
    expire: async () => (await expireUnearned(operator)) > 0,
    close: async (campaign, _organisation, n) => {
      if (n % 4 > 0) return false
      const closed = await sql`
        update campaigns set state = 'uploads_closed' where id = ${campaign.id} and state = 'open' returning id`
      return closed.length > 0
    },
  }
}

async function reverseFrozen(world: MoneyWorld, campaign: MoneyCampaign): Promise<boolean> {
  const { sql, coordinator } = world
  const periods = await livePeriods(world, 'frozen')
  if (periods.length === 0) return false
  return coordinator.transaction(async (tx) => {
    const [one] =
      await sql`select period_id as "periodId", tag, organisation_id as "organisationId", venue_id as "venueId" from redemptions
        where state = 'accepted' and campaign_id = ${campaign.id} and period_id in ${sql(periods)} limit 1`
    if (!one) return false
    const { tag, periodId, ...whose } = one as unknown as {
      tag: string
      periodId: number
      organisationId: string
      venueId: string
    }
    await postReversalAfterFreezing(tx, coordinator, { ...whose, campaignId: campaign.id, periodId })
    // The scan functions do this in the same transaction; here the owner does, once the money is sure.
    await sql`update redemptions set state = 'reversed' where period_id = ${periodId} and tag = ${tag}`
    return true
  })
}

function fundActs(world: MoneyWorld, campaigns: MoneyCampaign[]): Partial<Record<LifeEvent['kind'], Act>> {
  const { sql, coordinator, approver, operator, payingAccountId } = world
  const approve = async (asked: OrderAsked) => {
    const { id } = await proposeOrder(coordinator, asked)
    await decideOrder(approver, id, { isApproved: true })
  }
  const about = () => ({ reference: randomUUID(), reason: 'décidé' })
  const fundsOf = async (campaign: MoneyCampaign, source: 'available' | 'expired', funderId: string) => {
    const [row] =
      await sql`select balance_cents::int as cents from ledger_accounts where kind = ${source} and campaign_id = ${campaign.id} and funder_id = ${funderId}`
    return cents(row?.cents ?? 0)
  }
  const move = async (kind: 'refund' | 'transfer', campaign: MoneyCampaign, n: number) => {
    const { funderId } = campaign.parts[n % campaign.parts.length]!
    const source = n % 2 === 0 ? 'available' : 'expired'
    const amountCents = await fundsOf(campaign, source, funderId)
    if (amountCents === 0) return false
    const toCampaignId = campaigns.find(({ id }) => id !== campaign.id)!.id
    return approve({
      ...about(),
      kind,
      campaignId: campaign.id,
      funderId,
      source,
      amountCents,
      toCampaignId,
    } as OrderAsked)
  }
  const owed = (campaign: MoneyCampaign, { id }: Organisation) =>
    balanceOf(world, 'owes', { campaignId: campaign.id, organisationId: id })
  /** Who owes something there, else the one that was asked for. */
  const debtorOf = async (campaign: MoneyCampaign, asked: Organisation): Promise<Organisation> => {
    for (const organisation of world.organisations) if ((await owed(campaign, organisation)) > 0) return organisation
    return asked
  }
  return {
    fund: (campaign, _organisation, n) => givenFunding(world, campaign, n * 2),
    reserve: (_campaign, _organisation, n) => givenReserve(world, n * 500),
    refund: (campaign, _organisation, n) => move('refund', campaign, n),
    transfer: (campaign, _organisation, n) => move('transfer', campaign, n),
    correct: ({ id: campaignId }, { id: organisationId }, n) =>
      approve({ ...about(), kind: 'correction', campaignId, organisationId, voucherCount: (n % 3) + 1 }),
    payFromReserve: ({ id: campaignId }, { id: organisationId }, n) =>
      approve({ ...about(), kind: 'reserve_payment', campaignId, organisationId, amountCents: cents(n * 100) }),
    fee: (_campaign, _organisation, n) =>
      recordBankFee(approver, payingAccountId, {
        amountCents: cents(n * 10),
        reference: randomUUID(),
        proof: 'relevé',
      }),
    // What is owed is taken from what is earned next, in this campaign or in the other one.
    net: async (campaign, asked) => {
      const organisation = await debtorOf(campaign, asked)
      if ((await owed(campaign, organisation)) === 0) return false
      const other = campaigns.find(({ id }) => id !== campaign.id)!
      const [periodId] = await livePeriods(world, 'open')
      await givenScans(world, other, organisation, {
        count: Math.min(2, await earnable(world, other)),
        periodId: periodId!,
      })
      await freezeStatements(operator, await frozenPeriod(world))
      return (await owed(campaign, organisation)) === 0
    },
    repay: async (campaign, asked) => {
      const organisation = await debtorOf(campaign, asked)
      const amountCents = cents(await owed(campaign, organisation))
      const repayment = { organisationId: organisation.id, amountCents, reference: randomUUID(), proof: 'relevé' }
      return amountCents > 0 && recordRepayment(approver, campaign.id, repayment)
    },
    suspend: (_campaign, _organisation, n) =>
      importBankFile(coordinator, {
        bytes: camt([{ direction: 'CRDT', cents: n * 100, reference: randomUUID(), text: 'sans référence' }]),
        name: 'camt.xml',
      }),
    attribute: async (campaign, organisation, n) => {
      const [receipt] = await sql<
        { id: string }[]
      >`select id from receipts where state = 'suspense' order by id limit 1`
      if (!receipt) return false
      const { funderId } = campaign.parts[0]!
      if (n % 4 === 0) return approve({ ...about(), kind: 'receipt_sent_back', receiptId: receipt.id })
      if (n % 4 === 1) return attributeReceipt(coordinator, receipt.id, { to: 'reserve' })
      const debt = { to: 'debt', campaignId: campaign.id, organisationId: organisation.id } as const
      if (n % 4 === 2) return attributeReceipt(coordinator, receipt.id, debt)
      return attributeReceipt(approver, receipt.id, { to: 'funder', campaignId: campaign.id, funderId })
    },
  }
}
