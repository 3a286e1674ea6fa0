import type { Database } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day, Month } from '../shared/days.ts'
import type { Cents } from '../shared/money.ts'
import type { JournalEntry, JournalSide } from './journal.ts'

type Row = Record<`${'debit' | 'credit'}${'Kind' | 'Campaign' | 'PartyId' | 'Party'}`, string | null> & {
  id: string
  kind: JournalEntry['kind']
  cents: string
  documentRef: string
  postedOn: Day
  month: Month | null
  debitNumber: number | null
  creditNumber: number | null
}
type Asked = { payingAccountId: string; from: Day; until: Day }

const pageSize = 1000

/** The transfers of a paying account from one day until another, in an order that never changes, some at a time. */
export async function* listEntries(
  db: Database,
  { payingAccountId, from, until }: Asked,
): AsyncGenerator<JournalEntry> {
  let after: { on: Day; id: string } = { on: from, id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const rows = [
      ...(await db.execute<Row>(sql`
    select t.id, t.kind, t.amount_cents as cents, t.document_ref as "documentRef", t.posted_on::text as "postedOn",
           p.month::text as month, d.kind as "debitKind", dc.number as "debitNumber", dc.name as "debitCampaign",
           coalesce(d.funder_id, d.organisation_id) as "debitPartyId", coalesce(df.name, dor.legal_name) as "debitParty",
           c.kind as "creditKind", cc.number as "creditNumber", cc.name as "creditCampaign",
           coalesce(c.funder_id, c.organisation_id) as "creditPartyId", coalesce(cf.name, cor.legal_name) as "creditParty"
      from transfers t join ledger_accounts d on d.id = t.debit_id join ledger_accounts c on c.id = t.credit_id
      left join periods p on p.id = t.period_id
      left join campaigns dc on dc.id = d.campaign_id left join funders df on df.id = d.funder_id
      left join organisations dor on dor.id = d.organisation_id
      left join campaigns cc on cc.id = c.campaign_id left join funders cf on cf.id = c.funder_id
      left join organisations cor on cor.id = c.organisation_id
     where d.paying_account_id = ${payingAccountId} and t.posted_on <= ${until}
       and (t.posted_on, t.id) > (${after.on}::date, ${after.id}::uuid)
     order by t.posted_on, t.id limit ${pageSize}`)),
    ]
    for (const row of rows) yield entryOf(row)
    const end = rows.at(-1)
    if (end === undefined || rows.length < pageSize) return
    after = { on: end.postedOn, id: end.id }
  }
}

const entryOf = (row: Row): JournalEntry => ({
  kind: row.kind,
  amountCents: Number(row.cents) as Cents,
  ...{ documentRef: row.documentRef, postedOn: row.postedOn, month: row.month },
  debit: sideOf(row, 'debit'),
  credit: sideOf(row, 'credit'),
})

const sideOf = (row: Row, side: 'debit' | 'credit'): JournalSide => {
  const [id, name] = [row[`${side}PartyId`], row[`${side}Party`]]
  return {
    kind: row[`${side}Kind`] as JournalSide['kind'],
    campaignNumber: row[`${side}Number`],
    campaign: row[`${side}Campaign`],
    party: id === null || name === null ? null : { id, name },
  }
}
