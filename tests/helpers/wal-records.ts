import type { Sql } from 'postgres'
import { type Attack, type Marks, rankAttacks } from './attacks.ts'

/** One place that a record of the write-ahead log speaks of: the row where the record names one, else the page. */
export type WalRecord = {
  at: bigint
  relation: string
  page: number
  row: number | null
  xid: string
  kind: string
  bytes: Buffer
}
/** Of vouchers and of scans: what lies where, `page,row`. */
export type Places = { vouchers: Map<string, string>; redemptions: Map<string, string> }

/** Read by PostgreSQL's own tool for it. What other databases and the server itself wrote is left out. */
export async function readWal(sql: Sql, from: string, until: string): Promise<WalRecord[]> {
  await sql`create extension if not exists pg_walinspect`
  const rows = await sql<
    { at: string; relation: string; page: number; xid: string; kind: string; description: string; bytes: Buffer }[]
  >`
    select (w.start_lsn - '0/0')::text as at, relname as relation, w.relblocknumber::int as page, w.xid::text,
           w.resource_manager || ' ' || w.record_type as kind, coalesce(w.description, '') as description,
           coalesce(w.block_data, '') || coalesce(w.block_fpi_data, '') as bytes
      from pg_get_wal_block_info(${from}, ${until}) w join pg_class on pg_relation_filenode(oid) = w.relfilenode
     where w.reldatabase = (select oid from pg_database where datname = current_database()) and w.relforknumber = 0
     order by w.start_lsn, w.block_id`
  return rows.map(({ at, description, ...record }) => {
    const row = /\b(?:old_)?off: (\d+)/.exec(description)?.[1]
    return { ...record, at: BigInt(at), row: row === undefined ? null : Number(row) }
  })
}

/** Where each voucher and each scan lies: read before it moves. */
export async function whereRowsAre(sql: Sql): Promise<Places> {
  const read = async (rows: PromiseLike<readonly { place: string; name: string }[]>) =>
    new Map((await rows).map(({ place, name }) => [place.slice(1, -1), name.replaceAll('-', '')]))
  return {
    vouchers: await read(sql`select ctid::text as place, code_mac::text as name from vouchers`),
    redemptions: await read(sql`select ctid::text as place, tag::text as name from redemptions`),
  }
}

const isOf = (table: string, { relation }: WalRecord) => relation === table || relation.startsWith(`${table}_p`)

/** Records that speak of the table itself or of one of its indexes, whose names begin like it. */
export const recordsOf = (log: readonly WalRecord[], tables: readonly string[]) =>
  log.filter(({ relation }) => tables.some((table) => relation.startsWith(table)))

const scansIn = (log: readonly WalRecord[], { redemptions }: Places) =>
  log
    .filter((record) => isOf('redemptions', record) && /^Heap INSERT/.test(record.kind))
    .flatMap((record) => {
      const tag = redemptions.get(`${record.page},${record.row}`)
      return tag === undefined ? [] : [{ ...record, tag }]
    })

/**
 * Which vouchers the log speaks of between two scans or in a scan's own transaction: those on the page, or the one that it names.
 * How many scans are so told of their very voucher.
 */
export function besideAttack(log: readonly WalRecord[], places: Places, truth: ReadonlyMap<string, string>): Attack {
  const scans = scansIn(log, places)
  const touched = log.filter((record) => record.relation === 'vouchers')
  const vouchersOf = ({ page, row }: WalRecord) =>
    row === null
      ? [...places.vouchers].filter(([place]) => place.startsWith(`${page},`)).map(([, codeMac]) => codeMac)
      : [places.vouchers.get(`${page},${row}`)]
  const hits = scans.filter(({ at, xid, tag }, number) => {
    const earlier = scans[number - 1]?.at ?? 0n
    const near = touched.filter((record) => record.xid === xid || (record.at > earlier && record.at <= at))
    const named = new Set(near.flatMap(vouchersOf))
    return named.size === 1 && truth.get([...named][0] ?? '') === tag
  })
  return { name: 'the log speaks of the voucher beside the scan', hits: hits.length, chance: 1 }
}

/** The order in which scans were written beside the order in which the sealing wrote the vouchers. */
export function orderAttacks(
  {
    log,
    sealing,
    places,
    rows,
  }: { log: readonly WalRecord[]; sealing: readonly WalRecord[]; places: Places; rows: Places },
  truth: Map<string, string>,
): Attack[] {
  const marks: Marks = { vouchers: new Map(), redemptions: new Map(), clock: [] }
  for (const record of sealing.filter(({ relation }) => relation === 'vouchers')) {
    const codeMac = places.vouchers.get(`${record.page},${record.row}`)
    if (codeMac && truth.has(codeMac)) marks.vouchers.set(codeMac, { 'the log of the sealing': record.at })
  }
  for (const { tag, at } of scansIn(log, rows)) marks.redemptions.set(tag, { 'the log of the scans': at })
  return rankAttacks(marks, truth)
}
