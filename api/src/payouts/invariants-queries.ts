import type { Database, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'

/*
 * What must always be true of the money, each as one statement that counts what breaks it. `flows` are sums of transfers
 * between two accounts, told apart by what they debit and credit; counts of vouchers come from boxes, redemptions and statements, never from the ledger.
 */
const facts = `
with pairs as (
  select kind, debit_id, credit_id, sum(amount_cents) as cents from transfers group by 1, 2, 3
), flows as (
  select t.kind, d.kind as debit, c.kind as credit, d.paying_account_id, coalesce(d.campaign_id, c.campaign_id) as campaign_id,
         coalesce(d.funder_id, c.funder_id) as funder_id, coalesce(d.organisation_id, c.organisation_id) as organisation_id, t.cents
    from pairs t join ledger_accounts d on d.id = t.debit_id join ledger_accounts c on c.id = t.credit_id
), live as (
  select g.campaign_id, g.organisation_id, sum(g.accepted) as accepted, coalesce(sum(g.accepted) filter (where s.id is null), 0) as not_frozen
    from (select period_id, campaign_id, organisation_id, count(*) as accepted from redemptions where state = 'accepted' group by 1, 2, 3) g
    left join statements s on s.period_id = g.period_id and s.organisation_id = g.organisation_id group by 1, 2
), frozen as (
  select l.campaign_id, s.organisation_id, sum(l.voucher_count) as vouchers
    from statement_lines l join statements s on s.id = l.statement_id group by 1, 2
), adjusted as (
  select a.campaign_id, s.organisation_id, sum(a.voucher_count) as vouchers
    from statement_adjustments a join statements s on s.id = a.statement_id group by 1, 2
), vouchers as (
  select campaign_id, sum(accepted) as live_accepted, sum(not_frozen) as not_frozen, sum(sealed) as sealed, sum(frozen) as frozen, sum(reversed) as reversed
    from (select campaign_id, accepted, not_frozen, 0 as sealed, 0 as frozen, 0 as reversed from live
          union all select campaign_id, 0, 0, 0, vouchers, 0 from frozen
          union all select campaign_id, 0, 0, 0, 0, vouchers from adjusted
          union all select x.campaign_id, 0, 0, x.accepted_count, 0, 0 from sealed_campaigns x join periods p on p.id = x.period_id and p.state = 'sealed') v
   group by 1
), counts as (
  select c.id as campaign_id, c.paying_account_id, c.state, c.face_value_cents as face,
         coalesce((select sum((b.last_cover - b.first_cover + 1 - b.missing_books) * c.book_size) from boxes b where b.campaign_id = c.id and b.activated_on is not null
                    and not exists (select from transfers t where t.kind = 'box_revoked' and t.document_ref = 'box:' || b.id)), 0) as activated,
         coalesce(v.live_accepted, 0) as live_accepted, coalesce(v.not_frozen, 0) as not_frozen, coalesce(v.sealed, 0) as sealed,
         coalesce(v.frozen, 0) as frozen, coalesce(v.reversed, 0) as reversed
    from campaigns c left join vouchers v on v.campaign_id = c.id
), of_funders as (
  select campaign_id, funder_id, sum(cents) filter (where kind = 'box_activated') as activated,
         sum(cents) filter (where kind = 'box_revoked') as revoked, sum(cents) filter (where kind = 'statement_frozen') as accrued,
         sum(cents) filter (where kind = 'reversal_after_freezing') as reversed, sum(cents) filter (where credit = 'expired') as expired,
         sum(cents) filter (where kind = 'correction_after_sealing') as corrected
    from flows where funder_id is not null group by 1, 2
), funder_money as (
  select f.campaign_id, f.funder_id, f.part_cents as part, coalesce(x.activated, 0) as activated, coalesce(x.revoked, 0) as revoked,
         coalesce(x.accrued, 0) as accrued, coalesce(x.reversed, 0) as reversed, coalesce(x.expired, 0) as expired,
         coalesce(x.corrected, 0) as corrected, coalesce(a.balance_cents, 0) as issued
    from campaign_funders f left join of_funders x on x.campaign_id = f.campaign_id and x.funder_id = f.funder_id
    left join ledger_accounts a on a.kind = 'issued' and a.campaign_id = f.campaign_id and a.funder_id = f.funder_id
), of_organisations as (
  select organisation_id, campaign_id, sum(cents) as cents, sum(vouchers) as vouchers
    from (select organisation_id, campaign_id, case kind when 'owes' then -balance_cents else balance_cents end as cents, 0 as vouchers
            from ledger_accounts where organisation_id is not null
          union all
          select organisation_id, campaign_id, case when kind = 'payout_booked' then cents
                 when kind = 'payout_returned' and debit = 'bank' then -cents when kind = 'owes_repaid' then -cents
                 when kind = 'netting_bank' then case debit when 'payable' then cents else -cents end
                 when kind = 'correction_after_sealing' then cents when kind = 'paid_from_reserve' then -cents else 0 end, 0
            from flows where organisation_id is not null
          union all select organisation_id, campaign_id, 0, vouchers from frozen
          union all select organisation_id, campaign_id, 0, -vouchers from adjusted) o
   group by 1, 2
), pools as (
  select a.paying_account_id, a.campaign_id, coalesce(sum(a.balance_cents) filter (where a.kind = 'bank'), 0) as bank,
         coalesce(sum(a.balance_cents) filter (where a.kind = 'owes'), 0) as owes,
         coalesce(sum(a.balance_cents) filter (where a.kind = 'payable'), 0) as payable,
         coalesce(sum(a.balance_cents) filter (where a.kind = 'in_payment'), 0) as in_payment
    from ledger_accounts a group by 1, 2
)`

/** Each answers how many things break it and names one of them. */
const checks = {
  assets_equal_liabilities: `
    select paying_account_id::text as name from ledger_accounts group by paying_account_id, campaign_id
    having sum(case when kind in ('bank', 'owes') then balance_cents else -balance_cents end) <> 0`,
  balances_replay_transfers: `
    select a.id::text from ledger_accounts a
      left join (select id, sum(cents) as cents from (select debit_id as id, cents from pairs union all select credit_id, -cents from pairs) m group by 1) m using (id)
     where a.balance_cents <> case when a.kind in ('bank', 'owes') then 1 else -1 end * coalesce(m.cents, 0)`,
  no_balance_is_negative: `select id::text from ledger_accounts where balance_cents < 0`,
  issued_is_what_vouchers_may_earn: `
    select m.funder_id || ' in ' || m.campaign_id from funder_money m join counts n using (campaign_id)
     where m.issued <> m.part * (n.activated - n.live_accepted - n.sealed + n.not_frozen) - m.expired
        or m.issued < m.part * n.not_frozen`,
  activated_value_is_issued_accrued_or_expired: `
    select m.funder_id || ' in ' || m.campaign_id from funder_money m join counts n using (campaign_id)
     where m.issued + m.accrued + m.expired - m.reversed <> m.activated - m.revoked
        or m.activated - m.revoked <> m.part * n.activated`,
  accrued_is_frozen_vouchers: `
    select m.funder_id || ' in ' || m.campaign_id from funder_money m join counts n using (campaign_id)
     where m.accrued <> m.part * n.frozen or m.reversed <> m.part * n.reversed`,
  organisations_get_what_they_earned: `
    select o.organisation_id || ' in ' || o.campaign_id from of_organisations o join counts n using (campaign_id)
     where o.cents <> n.face * o.vouchers`,
  statements_count_accepted_scans: `
    select campaign_id::text from counts where sealed + live_accepted <> frozen - reversed + not_frozen`,
  bank_covers_what_may_be_paid: `
    select n.campaign_id::text from counts n left join pools p on p.campaign_id = n.campaign_id and p.paying_account_id = n.paying_account_id
     where coalesce(p.bank + p.owes, 0) < coalesce(p.payable + p.in_payment, 0) + n.face * n.not_frozen
       + (case when n.state in ('uploads_closed', 'closed') then 0 else n.face * (n.activated - n.live_accepted - n.sealed) end)`,
  corrections_are_whole_vouchers: `
    select m.funder_id || ' in ' || m.campaign_id from funder_money m
     where m.corrected <> m.part * coalesce((select sum(o.voucher_count) from money_orders o where o.kind = 'correction' and o.state = 'approved' and o.campaign_id = m.campaign_id), 0)`,
  netting_meets_in_one_account: `
    select paying_account_id::text from flows where kind = 'netting_bank'
     group by paying_account_id having sum(case debit when 'payable' then cents else -cents end) <> 0`,
  suspense_is_what_waits: `
    select coalesce(a.paying_account_id, r.paying_account_id)::text
      from (select paying_account_id, balance_cents from ledger_accounts where kind = 'suspense') a
      full join (select paying_account_id, sum(amount_cents) as cents from receipts where state = 'suspense' group by 1) r using (paying_account_id)
     where coalesce(a.balance_cents, 0) <> coalesce(r.cents, 0)`,
  in_payment_is_what_payouts_await: `
    select organisation_id || ' in ' || campaign_id
      from (select paying_account_id, campaign_id, organisation_id, balance_cents from ledger_accounts where kind = 'in_payment') a
      full join (select p.paying_account_id, l.campaign_id, p.organisation_id, sum(l.amount_cents) as cents
                   from payouts p join payout_lines l on l.payout_id = p.id where p.state in ('pending', 'accepted') group by 1, 2, 3) w
           using (paying_account_id, campaign_id, organisation_id)
     where coalesce(a.balance_cents, 0) <> coalesce(w.cents, 0)`,
  bank_equals_last_statement: `
    select l.paying_account_id::text from paying_accounts p
     cross join lateral (select b.* from bank_balances b join bank_files f on f.id = b.file_id where b.paying_account_id = p.id
                          order by b.ends_on desc, f.number desc limit 1) l
     where l.balance_cents <> l.ledger_cents + l.on_the_way_cents`,
  reserve_covers_what_is_owed: `
    select paying_account_id::text from ledger_accounts where kind in ('owes', 'reserve') group by paying_account_id
    having sum(case kind when 'owes' then balance_cents else -balance_cents end) > 0`,
}

export type CheckName = keyof typeof checks
export const checkNames = Object.keys(checks) as CheckName[]

export type Broken = { name: string; count: number; example: string | null }

/** Every check. Always the same text, without parameters: it is planned once for each connection. */
export const invariantsStatement = `${facts} ${Object.entries(checks)
  .map(
    ([name, broken]) =>
      `select '${name}'::text as name, count(*)::int as count, min(b.name) as example from (${broken}) b (name)`,
  )
  .join(' union all ')}`

/** All in one statement, so that they see one moment. */
export async function countBroken(db: Database | Transaction): Promise<Broken[]> {
  return [...(await db.execute<Broken>(sql.raw(invariantsStatement)))]
}

/** How many paying accounts the bank's last statements speak of, and of how many. */
export async function countReconciled(db: Database | Transaction): Promise<{ accounts: number; told: number }> {
  const [row] = await db.execute<{ accounts: number; told: number }>(
    sql`select (select count(*) from paying_accounts)::int as accounts, (select count(distinct paying_account_id) from bank_balances)::int as told`,
  )
  return row!
}
