import { randomBytes } from 'node:crypto'
import { type Database, type RawClient, type Transaction, vouchers } from '@carnet/db'
import { inArray, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { Answer, RefusalReason, Scan } from './scan.ts'
import type { ScanMacs } from './scan-macs.ts'

/*
 * The functions of the scan path, called on their own connections (role carnet_scan). Arrays go as text: no type look-up and
 * no serializer per element. Only hex digits, uuids, validated service codes and days get here.
 */
function arrayText<Item>(
  items: readonly Item[],
  pick: (item: Item, at: number) => string | number | boolean | null | undefined,
): string {
  let text = '{'
  for (let at = 0; at < items.length; at++) text += `${at ? ',' : ''}${pick(items[at]!, at) ?? 'NULL'}`
  return `${text}}`
}

type AnswerRow = {
  scan_id: string
  outcome: Answer['outcome']
  reason: RefusalReason | null
  was_used_here: boolean
  is_reversed: boolean
}

const answersById = (rows: Iterable<unknown>) => {
  const byId = new Map<string, Answer>()
  for (const { scan_id, outcome, reason, was_used_here, is_reversed } of rows as Iterable<AnswerRow>)
    byId.set(scan_id, { outcome, reason, wasUsedHere: was_used_here, isReversed: is_reversed })
  return byId
}

const redeemCall = `select scan_id, outcome, reason, was_used_here, is_reversed from redeem_scans(
  $1::text::int[], $2::text::date, $3::text::uuid[], $4::text::uuid[], $5::text::uuid[], $6::text::uuid[], $7::text::text[],
  $8::text::date[], $9::text::boolean[], $10::text::bigint[], $11::text::boolean[], $12::text::uuid[], $13::text::uuid[],
  $14::text::uuid[], $15::text::uuid[], $16::text::uuid[], $17::text::uuid[], $18::text::uuid[])`

/** One row per scan id. Throws 40001 when a voucher or a scan id is in the batch twice. */
export async function callRedeemScans(
  client: RawClient,
  livePeriods: readonly number[],
  today: Day,
  scans: readonly Scan[],
  macs: readonly ScanMacs[],
): Promise<Map<string, Answer>> {
  const cellKeys = randomBytes(scans.length * 4)
  const rows = await client.unsafe(
    redeemCall,
    [
      arrayText(livePeriods, (id) => id),
      today,
      arrayText(scans, (scan) => scan.scanId),
      arrayText(scans, (scan) => scan.deviceId),
      arrayText(scans, (scan) => scan.venueId),
      arrayText(scans, (scan) => scan.codeMac),
      arrayText(scans, (scan) => scan.service),
      arrayText(scans, (scan) => scan.day),
      arrayText(scans, (scan) => scan.isTyped),
      arrayText(scans, (_, at) => cellKeys.readUInt32LE(at * 4)),
      arrayText(scans, (scan) => scan.isOverLimit),
      arrayText(macs, ({ tags }) => tags[0]),
      arrayText(macs, ({ tags }) => tags[1]),
      arrayText(macs, ({ tags }) => tags[2]),
      arrayText(macs, ({ bodies }) => bodies[0]),
      arrayText(macs, ({ bodies }) => bodies[1]),
      arrayText(macs, ({ bodies }) => bodies[2]),
      arrayText(macs, ({ answerMac }) => answerMac),
    ],
    { prepare: true },
  )
  return answersById(rows)
}

const checkCall = `select scan_id, outcome, reason, was_used_here, is_reversed from check_scans(
  $1::text::int[], $2::text::date, $3::text::uuid[], $4::text::uuid[], $5::text::uuid[], $6::text::uuid[], $7::text::text[],
  $8::text::date[], $9::text::uuid[], $10::text::uuid[], $11::text::uuid[])`

/** The verdict that redeemScans would give; writes nothing. */
export async function callCheckScans(
  client: RawClient,
  livePeriods: readonly number[],
  today: Day,
  scans: readonly Scan[],
  macs: readonly ScanMacs[],
): Promise<Map<string, Answer>> {
  const rows = await client.unsafe(
    checkCall,
    [
      arrayText(livePeriods, (id) => id),
      today,
      arrayText(scans, (scan) => scan.scanId),
      arrayText(scans, (scan) => scan.deviceId),
      arrayText(scans, (scan) => scan.venueId),
      arrayText(scans, (scan) => scan.codeMac),
      arrayText(scans, (scan) => scan.service),
      arrayText(scans, (scan) => scan.day),
      arrayText(macs, ({ tags }) => tags[0]),
      arrayText(macs, ({ tags }) => tags[1]),
      arrayText(macs, ({ tags }) => tags[2]),
    ],
    { prepare: true },
  )
  return answersById(rows)
}

export type Story = {
  outcome: string
  reason: RefusalReason | null
  wasUsedHere: boolean
  isReversed: boolean
  periodId: number | null
  campaignId: string | null
  organisationId: string | null
  venueId: string | null
}

type StoryRow = {
  outcome: string
  reason: RefusalReason | null
  was_used_here: boolean | null
  is_reversed: boolean | null
  period_id: number | null
  campaign_id: string | null
  organisation_id: string | null
  venue_id: string | null
}

const storyOf = (row: StoryRow): Story => ({
  outcome: row.outcome,
  reason: row.reason,
  wasUsedHere: row.was_used_here ?? false,
  isReversed: row.is_reversed ?? false,
  periodId: row.period_id,
  campaignId: row.campaign_id,
  organisationId: row.organisation_id,
  venueId: row.venue_id,
})

const storyFrom = (rows: ArrayLike<unknown>): Story => storyOf(rows[0] as StoryRow)

export async function callFindScan(
  client: RawClient,
  livePeriods: readonly number[],
  scanId: string,
  answerMac: string,
  organisationId: string,
) {
  const call = 'select * from find_scan($1::text::int[], $2::text::uuid, $3::text::uuid, $4::text::uuid)'
  return storyFrom(
    await client.unsafe(call, [arrayText(livePeriods, (id) => id), scanId, answerMac, organisationId], {
      prepare: true,
    }),
  )
}

export async function callReverseScan(
  client: RawClient,
  livePeriods: readonly number[],
  scan: { scanId: string; answerMac: string; organisationId: string; venueId: string | null; boundTo: string | null },
) {
  const call =
    'select * from reverse_scan($1::text::int[], $2::text::uuid, $3::text::uuid, $4::text::uuid, $5::text::uuid, false, $6::text::uuid)'
  const { scanId, answerMac, organisationId, venueId, boundTo } = scan
  const live = arrayText(livePeriods, (id) => id)
  const rows = await client.unsafe(call, [live, scanId, answerMac, organisationId, venueId, boundTo], { prepare: true })
  return storyFrom(rows)
}

/** By a coordinator, also while the period is frozen: in the transaction that posts the ledger line. */
export async function reverseScanAsIncident(
  tx: Transaction,
  livePeriods: readonly number[],
  scan: { scanId: string; answerMac: string; organisationId: string },
): Promise<Story> {
  const { scanId, answerMac, organisationId } = scan
  const rows = await tx.execute<StoryRow>(
    sql`select * from reverse_scan(${arrayText(livePeriods, (id) => id)}::int[], ${scanId}::uuid, ${answerMac}::uuid, ${organisationId}::uuid, null::uuid, true)`,
  )
  return storyOf(rows[0]!)
}

export async function callCorrectScan(
  client: RawClient,
  livePeriods: readonly number[],
  scan: { scanId: string; answerMac: string; organisationId: string; service: string; boundTo: string | null },
) {
  const call =
    'select * from correct_scan($1::text::int[], $2::text::uuid, $3::text::uuid, $4::text::uuid, $5, $6::text::uuid)'
  const { scanId, answerMac, organisationId, service, boundTo } = scan
  const live = arrayText(livePeriods, (id) => id)
  const rows = await client.unsafe(call, [live, scanId, answerMac, organisationId, service, boundTo], { prepare: true })
  return storyFrom(rows)
}

export async function readLivePeriods(client: RawClient): Promise<number[]> {
  const [row] = await client.unsafe('select live_periods() as live', [], { prepare: true })
  return livePeriodsOf(row?.live)
}

/** Without type look-up an array comes as `{1,2}`. */
const livePeriodsOf = (live: unknown): number[] => {
  if (Array.isArray(live)) return live.map(Number)
  return typeof live === 'string' ? live.replace(/[{}]/g, '').split(',').filter(Boolean).map(Number) : []
}

/** Which of these MACs is a voucher: a typed code does not say under which kid it was made. */
export async function findKnownCodeMac(db: Database, codeMacs: readonly string[]): Promise<string | undefined> {
  const [row] = await db
    .select({ codeMac: vouchers.codeMac })
    .from(vouchers)
    .where(inArray(vouchers.codeMac, [...codeMacs]))
    .limit(1)
  return row?.codeMac
}
