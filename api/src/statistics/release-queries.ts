import { type Database, releaseCells, releaseRevisions, releases, type Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Fold } from '../periods/fold.ts'
import type { Cell } from '../sealing/kept-record.ts'
import type { Day, Month } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { ReleaseCell, ReleaseTable } from './release.ts'

/** Months that are closed and told by no release yet, oldest first. */
export async function listUnreleasedMonths(tx: Transaction): Promise<Month[]> {
  const rows = await tx.execute<{ month: Month }>(sql`
    select p.month::text from periods p where not exists (select from releases r where r.month = p.month)
     group by p.month having bool_and(p.state <> 'open') order by p.month`)
  return rows.map(({ month }) => month)
}

export type LivePart = { periodId: number; month: Month; day: Day; campaignId: string; fold: Fold }

/** What sealing has not counted yet of the months from `from` to `month`: each campaign of each period, with its fold. */
export async function listLiveParts(
  tx: Transaction,
  { from, month }: { from: Month; month: Month },
): Promise<LivePart[]> {
  const rows = await tx.execute<LivePart>(sql`
    select p.id as "periodId", p.month::text, coalesce(p.closed_on, (p.month + interval '1 month - 1 day')::date)::text as day,
           f.campaign_id as "campaignId", f.fold
      from periods p join period_folds f on f.period_id = p.id
     where p.month between ${from} and ${month} and p.state <> 'sealed'
       and not exists (select from sealed_campaigns s where s.period_id = p.id and s.campaign_id = f.campaign_id and s.is_counted)
     order by p.id, f.campaign_id`)
  return [...rows]
}

export type PlaceUses = { place: string; venue: string; redemptions: number }

/** What sealed months left of each venue, by commune: from the venues' own cells, since nothing else knows it any more. */
export async function listSealedUses(tx: Transaction, spans: readonly string[]): Promise<PlaceUses[]> {
  const rows = await tx.execute<PlaceUses>(sql`
    select coalesce(m.parent_code, m.code) as place, w.place as venue, sum(w.redemptions)::int as redemptions
      from whitelist_counts w join venues v on v.id::text = w.place join communes m on m.code = v.commune_code
     where w."table" = 'R3_venue_theme_quarter'
       and w.span in (select json_array_elements_text(${JSON.stringify(spans)}::json))
     group by 1, 2`)
  return [...rows]
}

/**
 * Every cell that could hold something, from what is public anyway: venues qualified in the span, campaigns opened, the
 * catalogue. A cell that is there only when it was used would tell of a use by being there.
 */
export async function listFrame(
  tx: Transaction,
  { table, span, from, until }: { table: ReleaseTable; span: string; from: Day; until: Day },
): Promise<Pick<Cell, 'table' | 'place' | 'subject' | 'span'>[]> {
  const placed = sql`
    select distinct v.id::text as venue, m.department_code, m.epci_code, coalesce(m.parent_code, m.code) as commune
      from venues v join communes m on m.code = v.commune_code join venue_qualifications q on q.venue_id = v.id
     where q.state = 'qualified' and q.valid_from <= ${until} and (q.valid_until is null or q.valid_until >= ${from})`
  const places = {
    R1_department_service_month: sql`select distinct department_code from placed`,
    R2_epci_month: sql`select distinct epci_code from placed where epci_code is not null`,
    R3_venue_theme_quarter: sql`select venue from placed`,
    R4_campaign_theme_quarter: sql`
      select id::text from campaigns where opened_on <= ${until} and ends_on + grace_days + 31 >= ${from}::date`,
    R5_commune_year: sql`select distinct commune from placed`,
  }[table]
  const published = sql`catalogue_versions v on v.id = x.version_id and v.state <> 'draft' and v.published_from <= ${until}`
  const themes = sql`select distinct x.code from catalogue_themes x join ${published}`
  const subjects = {
    R1_department_service_month: sql`
      select distinct x.code from catalogue_services x join ${published} union ${themes} union select '*'`,
    R2_epci_month: sql`select '*'`,
    R3_venue_theme_quarter: sql`${themes} union select '*'`,
    R4_campaign_theme_quarter: sql`${themes} union select '*'`,
    R5_commune_year: sql`select '*'`,
  }[table]
  const rows = await tx.execute<{ place: string; subject: string }>(sql`
    with placed as (${placed}), places (place) as (${places}), subjects (subject) as (${subjects})
    select place, subject from places cross join subjects`)
  return rows.map(({ place, subject }) => ({ table, place, subject, span }))
}

/** The most vouchers that one book of a campaign opened by then can hold. */
export async function readLargestBook(tx: Transaction, until: Day): Promise<number> {
  const [row] = await tx.execute<{ size: number }>(
    sql`select coalesce(max(book_size), 0)::int as size from campaigns where opened_on <= ${until}`,
  )
  return row!.size
}

export type Release = Pick<typeof releases.$inferSelect, 'id' | 'month' | 'frozenOn' | 'threshold'> & { sha256: string }

/** Undefined when the month has a release already. */
export async function insertRelease(
  tx: Transaction,
  release: Pick<typeof releases.$inferInsert, 'month' | 'frozenOn' | 'sha256' | 'threshold'>,
): Promise<string | undefined> {
  const [row] = await tx.insert(releases).values(release).onConflictDoNothing().returning({ id: releases.id })
  return row?.id
}

const cellsAtOnce = 5_000

export async function insertReleaseCells(tx: Transaction, id: string, cells: readonly ReleaseCell[]): Promise<void> {
  for (let at = 0; at < cells.length; at += cellsAtOnce)
    await tx.execute(sql`
      insert into ${releaseCells} select ${id}::uuid, c."table", c.place, c.subject, c.span, c.status, c.value
        from json_to_recordset(${JSON.stringify(cells.slice(at, at + cellsAtOnce))}::json)
          as c ("table" release_table, place text, subject text, span text, status cell_status, value int)`)
}

type Reader = Database | Transaction
const columns = sql`r.id, r.month::text, r.frozen_on::text as "frozenOn", r.threshold, encode(r.sha256, 'hex') as sha256`

/** Newest month first, at most `limit` of them before `before`. */
export async function listReleases(db: Reader, { before, limit }: { before?: Month | undefined; limit: number }) {
  const rows = await db.execute<Release>(sql`
    select ${columns} from releases r where ${before ?? null}::date is null or r.month < ${before ?? null}::date
     order by r.month desc limit ${limit}`)
  return [...rows]
}

export async function findReleaseOfMonth(db: Reader, month: Month): Promise<Release | undefined> {
  const [row] = await db.execute<Release>(sql`select ${columns} from releases r where r.month = ${month}`)
  return row
}

export async function getRelease(db: Reader, id: string): Promise<Release> {
  const [row] = await db.execute<Release>(sql`select ${columns} from releases r where r.id = ${id}`)
  if (!row) throw new AppError('not_found', 'release_not_found', 'There is no such release')
  return row
}

export type TableCount = { releaseId: string; table: ReleaseTable; span: string; cells: number; told: number }

/** The tables of these releases, and how many of their cells are told. */
export async function countTables(db: Reader, ids: readonly string[]): Promise<TableCount[]> {
  const rows = await db.execute<TableCount>(sql`
    select release_id as "releaseId", "table", span, count(*)::int as cells, count(value)::int as told from release_cells
     where release_id::text in (select json_array_elements_text(${JSON.stringify(ids)}::json)) group by 1, 2, 3 order by 2`)
  return [...rows]
}

export type Revision = { releaseId: string; note: string; revisedOn: Day }

export async function listRevisions(db: Reader, ids: readonly string[]): Promise<Revision[]> {
  const rows = await db.execute<Revision>(sql`
    select release_id as "releaseId", note, revised_on::text as "revisedOn" from release_revisions
     where release_id::text in (select json_array_elements_text(${JSON.stringify(ids)}::json)) order by revised_on desc`)
  return [...rows]
}

/** Undefined when the release has a note of this day already. */
export async function insertRevision(tx: Transaction, revision: Revision): Promise<Revision | undefined> {
  const [row] = await tx.insert(releaseRevisions).values(revision).onConflictDoNothing().returning()
  return row && { releaseId: row.releaseId, note: row.note, revisedOn: row.revisedOn }
}
