import type { Database, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import { paymentInfoIdOf } from '../payouts/pain-001.ts'
import type { Cents } from '../shared/money.ts'
import type { BankFileKind, BankMessage, BankMovement, Direction } from './bank-message.ts'
import { fingerprintOf, type Known, type KnownCall, type KnownOrder, type KnownPayout } from './known.ts'
import { callReferencesIn } from './match-credit.ts'
import { orderEndToEndId } from './money-order.ts'

/** Lists as one parameter: a file may speak of more than a statement has parameters for. */
const list = (values: Iterable<string>) =>
  sql`(select jsonb_array_elements_text(${JSON.stringify([...new Set(values)])}::jsonb))`

type PayoutRow = Omit<KnownPayout, 'tolds' | 'amountCents'> & {
  amountCents: string
  endToEndId: string
  messageId: string | null
  iban: string
  tolds: Direction[] | null
}

/**
 * Everything the file speaks of. Its batches are locked first, in the order of their ids: what a person decides on one of their
 * payouts meanwhile waits, or was there before.
 */
export async function loadKnown(tx: Transaction, message: BankMessage): Promise<Known> {
  const { kind, movements } = message
  const accounts = await tx.execute<{ id: string; iban: string }>(sql`select id, iban from paying_accounts`)
  const byIban = new Map([...accounts].map(({ id, iban }) => [iban.replaceAll(' ', ''), id]))
  const rows = await listPayoutsOf(tx, message)
  const payouts = new Map(rows.map((row) => [row.endToEndId, payoutOf(row)]))
  return {
    kind,
    accounts: byIban,
    payouts,
    ...groupsOf(rows, payouts),
    orders: await listOrdersOf(tx, movements),
    calls: await listCallsOf(tx, movements),
    ...(await listTold(tx, message, byIban)),
    recordedByHand: await listRecordedByHand(tx, movements),
    reserves: new Map(
      [
        ...(await tx.execute<{ id: string; cents: string }>(
          sql`select paying_account_id as id, balance_cents as cents from ledger_accounts where kind = 'reserve'`,
        )),
      ].map(({ id, cents }) => [id, Number(cents)]),
    ),
  }
}

async function listPayoutsOf(tx: Transaction, { statuses, movements }: BankMessage): Promise<PayoutRow[]> {
  const references = [...statuses, ...movements].flatMap(({ endToEndId }) => endToEndId ?? [])
  const infos = [...statuses, ...movements].flatMap(({ paymentInfoId }) => paymentInfoId ?? [])
  const messageIds = [
    ...statuses.flatMap(({ messageId }) => messageId ?? []),
    ...infos.map((id) => id.replace(/-\d+$/, '')),
  ]
  const batches = await tx.execute<{ id: string }>(sql`
    select b.id from payment_batches b where b.message_id in ${list(messageIds)}
        or b.id in (select p.batch_id from payouts p where p.end_to_end_id in ${list(references)})
     order by b.id for no key update`)
  const rows = await tx.execute<PayoutRow>(sql`
    select p.id, p.paying_account_id as "payingAccountId", p.amount_cents as "amountCents", p.state, p.end_to_end_id as "endToEndId",
           b.state in ('exported', 'sent') as "isExported", b.message_id as "messageId", a.iban,
           (select array_agg(l.direction::text) from bank_lines l where l.payout_id = p.id and l.direction is not null) as tolds
      from payouts p join payment_batches b on b.id = p.batch_id join paying_accounts a on a.id = p.paying_account_id
     where p.batch_id::text in ${list([...batches].map(({ id }) => id))} order by p.end_to_end_id`)
  return [...rows]
}

const payoutOf = ({ id, payingAccountId, amountCents, state, isExported, tolds }: PayoutRow): KnownPayout => ({
  ...{ id, payingAccountId, state, isExported },
  amountCents: Number(amountCents) as Cents,
  tolds: [...(tolds ?? [])],
})

/** Payouts by the ids that the payment order gave to their list and to their account's part of it. */
function groupsOf(rows: readonly PayoutRow[], payouts: ReadonlyMap<string, KnownPayout>) {
  const payoutsOfMessage = new Map<string, KnownPayout[]>()
  const payoutsOfPaymentInfo = new Map<string, KnownPayout[]>()
  const add = (map: Map<string, KnownPayout[]>, key: string, row: PayoutRow) =>
    map.set(key, [...(map.get(key) ?? []), payouts.get(row.endToEndId)!])
  const ordered = rows.filter(({ state, messageId }) => messageId !== null && state !== 'withdrawn')
  const ibans = new Map<string, string[]>()
  for (const { messageId, iban } of ordered)
    ibans.set(messageId!, [...new Set([...(ibans.get(messageId!) ?? []), iban])].sort())
  for (const row of ordered) {
    add(payoutsOfMessage, row.messageId!, row)
    add(payoutsOfPaymentInfo, paymentInfoIdOf(row.messageId!, ibans.get(row.messageId!)!.indexOf(row.iban)), row)
  }
  return { payoutsOfMessage, payoutsOfPaymentInfo }
}

async function listOrdersOf(tx: Transaction, movements: readonly BankMovement[]): Promise<Map<string, KnownOrder>> {
  const ids = movements.flatMap(({ endToEndId }) =>
    /^CO[0-9a-f]{32}$/.test(endToEndId ?? '') ? endToEndId!.slice(2) : [],
  )
  const rows = await tx.execute<Omit<KnownOrder, 'amountCents'> & { cents: string }>(sql`
    select id, paying_account_id as "payingAccountId", amount_cents as cents, state = 'approved' and booked_on is null as "isWaited"
      from money_orders where replace(id::text, '-', '') in ${list(ids)}
       and kind in ('refund', 'receipt_sent_back') order by id for no key update`)
  return new Map(
    [...rows].map(({ cents, ...row }) => [orderEndToEndId(row.id), { ...row, amountCents: Number(cents) as Cents }]),
  )
}

async function listCallsOf(tx: Transaction, movements: readonly BankMovement[]): Promise<Map<string, KnownCall>> {
  const references = movements.flatMap(({ endToEndId, remittance }) =>
    callReferencesIn(`${endToEndId ?? ''} ${remittance ?? ''}`),
  )
  const rows = await tx.execute<KnownCall & { reference: string }>(sql`
    select f.reference, f.id, f.campaign_id as "campaignId", f.funder_id as "funderId", c.paying_account_id as "payingAccountId",
           c.state in ('agreed', 'open') as "isFundable"
      from funding_calls f join campaigns c on c.id = f.campaign_id where f.reference in ${list(references)}`)
  return new Map([...rows].map(({ reference, ...call }) => [reference, call]))
}

type Told = { account: string; reference: string; kind: BankFileKind } & Pick<
  BankMovement,
  'direction' | 'amountCents' | 'on' | 'endToEndId'
>

async function listTold(tx: Transaction, { kind, movements }: BankMessage, accounts: ReadonlyMap<string, string>) {
  const days = movements.map(({ on }) => on)
  const rows = await tx.execute<Omit<Told, 'amountCents'> & { cents: string }>(sql`
    select l.paying_account_id as account, l.bank_reference as reference, f.kind, l.direction, l.amount_cents as cents, l.happened_on as "on",
           l.reference as "endToEndId"
      from bank_lines l join bank_files f on f.id = l.file_id
     where l.direction is not null and l.outcome <> 'pending' and l.paying_account_id::text in ${list(accounts.values())}
       and (l.happened_on::text in ${list(days)} or l.bank_reference in ${list(movements.map(({ bankReference }) => bankReference))})`)
  const told = new Set<string>()
  const toldElsewhere = new Map<string, number>()
  for (const { cents, ...row } of rows) {
    told.add(`${row.account}|${row.reference}`)
    const fingerprint = fingerprintOf(row.account, { ...row, amountCents: Number(cents) as Cents })
    toldElsewhere.set(fingerprint, (toldElsewhere.get(fingerprint) ?? 0) + (row.kind === kind ? -1 : 1))
  }
  return { told, toldElsewhere }
}

/** Fundings that people recorded with a proof, not the bank's files. */
async function listRecordedByHand(
  db: Database | Transaction,
  movements: readonly BankMovement[],
): Promise<Set<string>> {
  const rows = await db.execute<{ key: string }>(sql`
    select c.paying_account_id || '|' || f.amount_cents || '|' || f.received_on as key
      from fundings f join campaigns c on c.id = f.campaign_id
     where f.reference not like 'receipt:%' and f.received_on::text in ${list(movements.map(({ on }) => on))}`)
  return new Set([...rows].map(({ key }) => key))
}
