/** A ledger of years: the organisations, months and campaigns of a large scheme, and the hourly check of all of it. */
import { countBroken } from '@carnet/api/payouts/invariants-queries.ts'
import { listPoolMoves } from '@carnet/api/treasury/pool-queries.ts'
import { toldEvenings } from '@carnet/api/treasury/read-transparency.ts'
import { connectDatabase } from '@carnet/db'
import type { Sql } from 'postgres'

const size = { organisations: 1_300, months: 24, campaigns: 3, perLine: 10, openScans: 1_000_000 }

/**
 * Everything the checks read, written as if it had happened: activated, used, put on statements, paid and booked each month, all
 * months but the last two sealed, and a million redemptions in the open one.
 */
async function fill(sql: Sql): Promise<void> {
  const { organisations, months, campaigns, perLine, openScans } = size
  const frozen = months - 1
  const perCampaign = organisations * frozen * perLine
  const openPer = Math.floor(openScans / campaigns)
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`insert into paying_accounts (id, name, iban, bic, holder_name) values (gen_random_uuid(), 'Grand compte', 'FR7630001007941234567890185', 'BDFEFRPPCCT', 'Opérateur')`
    await tx`create temp table big_account on commit drop as select id from paying_accounts where name = 'Grand compte'`
    await tx`insert into funders (id, name, kind, created_on) select gen_random_uuid(), 'Grand financeur ' || n, 'department', '2024-01-01' from generate_series(1, 2) n`
    await tx`create temp table big_funders on commit drop as select id, 200 + 200 * row_number() over (order by name) as part from funders where name like 'Grand financeur%'`
    await tx`insert into campaigns (id, number, name, state, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives, opened_on)
      select gen_random_uuid(), 9000 + n, 'Grande campagne ' || n, 'open', (select id from big_account), 1000, 10, 100000, '2024-01-01', '2028-12-31', 'Tous', 'Autonomie', '2024-01-01' from generate_series(1, ${campaigns}::int) n`
    await tx`create temp table big_campaigns on commit drop as select id, number from campaigns where name like 'Grande campagne%'`
    await tx`insert into campaign_funders (campaign_id, funder_id, part_cents) select c.id, f.id, f.part from big_campaigns c, big_funders f`
    await tx`insert into organisations (id, legal_name, created_on) select gen_random_uuid(), 'Grande structure ' || n, '2024-01-01' from generate_series(1, ${organisations}::int) n`
    await tx`create temp table big_organisations on commit drop as select id, gen_random_uuid() as venue_id, row_number() over () as n from organisations where legal_name like 'Grande structure%'`
    await tx`insert into periods (id, month, state, opened_on) select n, (date '2024-12-01' + (n || ' months')::interval)::date,
      case when n <= ${frozen}::int - 1 then 'sealed' when n = ${frozen}::int then 'frozen' else 'open' end::period_state, '2024-01-01' from generate_series(1, ${months}::int) n`
    await tx`insert into sealed_campaigns (period_id, campaign_id, accepted_count, is_counted)
      select p.id, c.id, ${organisations * perLine}::int, true from periods p, big_campaigns c where p.state = 'sealed'`
    await tx`insert into boxes (id, print_run_id, campaign_id, number, first_cover, last_cover, state, delivered_on, good_samples, activated_on)
      select gen_random_uuid(), gen_random_uuid(), id, 1, 1, ${Math.ceil((perCampaign + openPer) / 10) + 1000}::int, 'active', '2024-01-03', 3, '2024-01-03' from big_campaigns`
    await tx`insert into statements (id, organisation_id, period_id, number, voucher_count, total_cents, netted_cents, frozen_on)
      select gen_random_uuid(), o.id, p.id, row_number() over (), ${perLine * campaigns}::int, ${perLine * campaigns * 1000}::int, 0, p.month + 33 from big_organisations o, periods p where p.id <= ${frozen}::int`
    await tx`insert into statement_lines (statement_id, venue_id, campaign_id, voucher_count, amount_cents)
      select s.id, o.venue_id, c.id, ${perLine}::int, ${perLine * 1000}::int from statements s join big_organisations o on o.id = s.organisation_id, big_campaigns c`
    for (const [period, count] of [
      [frozen, perLine],
      [months, 0],
    ] as const) {
      await tx`select prepare_period(${period})`
      await tx`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
        select ${period}::int, gen_random_uuid(), c.id, o.id, o.venue_id, 'A01', '2026-10-10', false, 1
          from big_campaigns c, generate_series(0, ${count === 0 ? openPer - 1 : organisations * count - 1}::int) g (g) join big_organisations o on o.n = g.g % ${organisations}::int + 1`
    }
    await fillTransfers(tx as unknown as Sql, { activated: Math.ceil((perCampaign + openPer) / 10) * 10 + 10_000 })
  })
  await sql`analyze`
}

/** The transfers of all that, and the balances they lead to. */
async function fillTransfers(tx: Sql, { activated }: { activated: number }): Promise<void> {
  const account = (kind: string, of: string) =>
    tx.unsafe(`ledger_account_id('${kind}', (select id from big_account), ${of})`)
  const add = (kind: string, debit: [string, string], credit: [string, string], cents: string, from: string) => tx`
    insert into transfers (id, kind, debit_id, credit_id, amount_cents, document_ref, body_hash, posted_on)
    select gen_random_uuid(), ${kind}::transfer_kind, ${account(...debit)}, ${account(...credit)}, ${tx.unsafe(cents)}, 'large', '\\x00', ${tx.unsafe(from)}`
  const [ofFunder, ofOrganisation, bank] = ['c.id, f.id, null', 'c.id, null, s.organisation_id', 'c.id, null, null']
  const perFunder = `date '2024-01-05' from big_campaigns c, big_funders f`
  const perLine = `s.frozen_on from statements s join statement_lines l on l.statement_id = s.id join big_campaigns c on c.id = l.campaign_id`
  await tx`insert into ledger_accounts (id, kind, paying_account_id, campaign_id, funder_id, organisation_id)
    select ledger_account_id(k, (select id from big_account), c.id, f.id, null), k, (select id from big_account), c.id, f.id, null from big_campaigns c, big_funders f, unnest('{available,issued,expired}'::account_kind[]) k
    union all select ledger_account_id(k, (select id from big_account), c.id, null, o.id), k, (select id from big_account), c.id, null, o.id from big_campaigns c, big_organisations o, unnest('{payable,in_payment,owes}'::account_kind[]) k
    union all select ledger_account_id('bank', (select id from big_account), c.id, null, null), 'bank', (select id from big_account), c.id, null, null from big_campaigns c`
  await add('funding_received', ['bank', bank], ['available', ofFunder], `f.part * ${activated}`, perFunder)
  await add('box_activated', ['available', ofFunder], ['issued', ofFunder], `f.part * ${activated}`, perFunder)
  await add(
    'statement_frozen',
    ['issued', ofFunder],
    ['payable', ofOrganisation],
    'f.part * l.voucher_count',
    `${perLine}, big_funders f`,
  )
  await add('payout_created', ['payable', ofOrganisation], ['in_payment', ofOrganisation], 'l.amount_cents', perLine)
  await add('payout_booked', ['in_payment', ofOrganisation], ['bank', bank], 'l.amount_cents', perLine)
  await tx`update ledger_accounts a set balance_cents = m.cents from (
      select x.id, sum(x.cents) as cents from transfers t cross join lateral (values (t.debit_id, t.amount_cents), (t.credit_id, -t.amount_cents)) x (id, cents) group by 1) m
    where m.id = a.id and a.kind in ('bank', 'owes')`
  await tx`update ledger_accounts a set balance_cents = -m.cents from (
      select x.id, sum(x.cents) as cents from transfers t cross join lateral (values (t.debit_id, t.amount_cents), (t.credit_id, -t.amount_cents)) x (id, cents) group by 1) m
    where m.id = a.id and a.kind not in ('bank', 'owes')`
}

const secondsOf = async (act: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await act()
  return Math.round(performance.now() - started) / 1000
}

/** How long the hourly check and the public page take on it. Throws when a check does not hold. */
export async function measureLargeLedger(sql: Sql, url: string): Promise<Record<string, number>> {
  const filled = await secondsOf(() => fill(sql))
  const { db, end } = connectDatabase(url, { role: 'carnet_jobs', maxConnections: 2 })
  try {
    const check = async () => {
      const broken = (await countBroken(db)).filter(({ count }) => count > 0)
      if (broken.length > 0) throw new Error(`A check does not hold: ${JSON.stringify(broken)}`)
    }
    const first = await secondsOf(check)
    const again = await secondsOf(check)
    const page = await secondsOf(() => listPoolMoves(db, toldEvenings('2026-11-22')))
    const [row] = await sql<
      { transfers: number; lines: number; accounts: number }[]
    >`select (select count(*) from transfers)::int as transfers,
      (select count(*) from statement_lines)::int as lines, (select count(*) from ledger_accounts)::int as accounts`
    return {
      ...row!,
      redemptions: size.openScans,
      'filled in s': filled,
      'all checks in s': first,
      'again in s': again,
      'public page in s': page,
    }
  } finally {
    await end()
  }
}
