/**
 * A thief who wants to know which redemption is of which voucher, and so what one book was used for. He has the database as it
 * is today, an old backup of it, the keyring as it is today, and the list of all codes with the books they are in. Every attack
 * gives the redemption that he believes is a voucher's; what he cannot tell he guesses.
 */
import { hash, randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { macKey } from '@carnet/api/keyring/mac.ts'
import { canonicalBody } from '@carnet/api/redemptions/scan.ts'
import type { Sql } from 'postgres'
import { filesBelow } from './keyring.ts'
import type { TestVoucher } from './scan-world.ts'

export type Thief = {
  /** A copy of the database in which the scans still are. */
  backup: Sql
  today: Sql
  keyringRoot: string
  codes: readonly TestVoucher[]
  answerMac: (scanId: string) => string
}
export type Row = Record<string, bigint | string>
/** Vouchers that were spent and scans that were accepted, with every mark that PostgreSQL leaves on them. Both by name. */
export type Marks = { vouchers: Map<string, Row>; redemptions: Map<string, Row>; clock: [xmin: bigint, at: number][] }
type Guess = (voucher: string) => string | undefined
export type Attack = { name: string; hits: number; chance: number }

export const plain = (mac: string) => mac.replaceAll('-', '')

/** `ctid` as a number: page, then place on it. */
export const place = (ctid: string) => {
  const [page, at] = ctid.slice(1, -1).split(',')
  return BigInt(page!) * 65_536n + BigInt(at!)
}

/** Every mark of these vouchers, in both copies of the database. */
export async function readVoucherMarks(
  { backup, today }: Pick<Thief, 'backup' | 'today'>,
  codeMacs: readonly string[],
) {
  const vouchers = new Map<string, Row>(codeMacs.map((codeMac) => [codeMac, { mac: codeMac }]))
  for (const [name, database] of Object.entries({ backup, today }))
    for (const row of await database`select code_mac::text as mac, xmin::text, xmax::text, ctid::text, book_id::text as book from vouchers`)
      Object.assign(vouchers.get(plain(row.mac)) ?? {}, {
        [`xmin ${name}`]: BigInt(row.xmin),
        [`xmax ${name}`]: BigInt(row.xmax),
        [`place ${name}`]: place(row.ctid),
        [`book ${name}`]: row.book + row.mac,
      })
  return shuffled(vouchers)
}

async function readMarks({ backup, today, answerMac }: Thief, spent: readonly string[]): Promise<Marks> {
  const answers = new Map<string, Row>()
  for (const row of await today`select answer_mac::text as mac, xmin::text, ctid::text from answers`)
    answers.set(plain(row.mac), {
      answer: row.mac,
      'xmin of the answer': BigInt(row.xmin),
      'place of the answer': place(row.ctid),
    })
  const redemptions = new Map<string, Row>()
  const rows = await backup`
    select r.tag::text, r.xmin::text, r.ctid::text, r.cell_key::text as cell, s.scan_id::text as scan, s.xmin::text as receipt_xmin, s.ctid::text as receipt_ctid
      from redemptions r join scan_receipts s on s.tag = r.tag and s.outcome = 'accepted' where r.state = 'accepted'`
  for (const row of rows)
    redemptions.set(plain(row.tag), {
      ...{ xmin: BigInt(row.xmin), place: place(row.ctid), tag: row.tag, cell: BigInt(row.cell), scan: row.scan },
      ...{ 'xmin of the receipt': BigInt(row.receipt_xmin), 'place of the receipt': place(row.receipt_ctid) },
      ...answers.get(plain(answerMac(row.scan))),
    })
  const lines = await backup`select xmin::text, extract(epoch from at)::float8 as at from audit_log order by seq`
  return {
    vouchers: await readVoucherMarks({ backup, today }, spent),
    redemptions: shuffled(redemptions),
    clock: lines.map(({ xmin, at }) => [BigInt(xmin), at]),
  }
}

/** In the order of the truth, rows with the same mark would stand as they were scanned. */
const shuffled = (rows: Map<string, Row>) =>
  new Map(
    [...rows]
      .map((row) => ({ row, at: randomInt(2 ** 40) }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }) => row),
  )

const compare = (a: bigint | string, b: bigint | string) => (a < b ? -1 : a > b ? 1 : 0)
const sortedBy = (rows: Map<string, Row>, mark: string) =>
  [...rows]
    .filter(([, row]) => row[mark] !== undefined)
    .sort(([, a], [, b]) => compare(a[mark]!, b[mark]!))
    .map(([name]) => name)
const marksOf = (rows: Map<string, Row>) => [...new Set([...rows.values()].flatMap((row) => Object.keys(row)))]

/** The order of the vouchers by one mark beside the order of the scans by another, one to one and near to each other. */
export function rankAttacks({ vouchers, redemptions }: Marks, truth: Map<string, string>): Attack[] {
  const orders = marksOf(redemptions).map((mark) => ({ mark, order: sortedBy(redemptions, mark) }))
  return marksOf(vouchers).flatMap((voucherMark) => {
    const spent = sortedBy(vouchers, voucherMark)
    return orders.flatMap(({ mark, order }) => {
      const at = new Map(order.map((tag, rank) => [tag, rank]))
      const distances = spent.map((codeMac, rank) =>
        Math.abs((at.get(truth.get(codeMac)!) ?? Number.NEGATIVE_INFINITY) - rank),
      )
      const within = (most: number) => distances.filter((distance) => distance <= most).length
      return [
        { name: `order by ${voucherMark} and by ${mark}`, hits: within(0), chance: 1 },
        { name: `within 8 places, by ${voucherMark} and by ${mark}`, hits: within(8), chance: 17 },
      ]
    })
  })
}

/** The same transaction wrote, or locked, the voucher and wrote the redemption. */
function sameTransaction({ vouchers, redemptions }: Marks, truth: Map<string, string>): Attack[] {
  const tags = [...redemptions.keys()]
  return ['xmin', 'xmax'].flatMap((mark) =>
    ['backup', 'today'].map((copy) => {
      const guess: Guess = (codeMac) => {
        const own = vouchers.get(codeMac)![`${mark} ${copy}`]
        const same = tags.filter((tag) => redemptions.get(tag)!.xmin === own)
        return pick(same.length > 0 ? same : tags)
      }
      return scored(`${mark} of the voucher, ${copy}, is xmin of the scan`, vouchers, guess, truth)
    }),
  )
}

/** The audit log says at what time a transaction was: who wrote what at the same minute? */
function clockAttack({ vouchers, redemptions, clock }: Marks, truth: Map<string, string>): Attack[] {
  const timeOf = (xid: bigint) => {
    const after = Math.max(1, clock.findIndex(([line]) => line > xid) % clock.length)
    const [[x0, t0], [x1, t1]] = [clock[after - 1]!, clock[after]!]
    return x1 === x0 ? t0 : t0 + ((t1 - t0) * Number(xid - x0)) / Number(x1 - x0)
  }
  const times = [...redemptions].map(([tag, row]) => ({ tag, at: timeOf(row.xmin as bigint) }))
  return ['xmin today', 'xmin backup', 'xmax backup'].map((mark) => {
    const guess: Guess = (codeMac) => {
      const own = timeOf(vouchers.get(codeMac)![mark] as bigint)
      const least = Math.min(...times.map(({ at }) => Math.abs(at - own)))
      return pick(times.filter(({ at }) => Math.abs(at - own) === least))?.tag
    }
    return scored(`the audit log as a clock, by ${mark}`, vouchers, guess, truth)
  })
}

type Digest = [name: string, ofHex: (hex: string) => string, ofText: (text: string) => string]

/** What the thief can compute of anything: with each key of the keyring, and without one. */
export function digestsOf(keyringRoot: string): Digest[] {
  const keys = filesBelow(keyringRoot).filter((file) => file.endsWith('.key'))
  return [
    [
      'no key',
      (hex) => hash('sha256', Buffer.from(hex, 'hex'), 'hex').slice(0, 32),
      (text) => hash('sha256', text, 'hex').slice(0, 32),
    ],
    ...keys.map((file): Digest => {
      const { mac, macOfHex } = macKey(readFileSync(join(keyringRoot, file)).subarray(0, 32))
      return [file, macOfHex, mac]
    }),
  ]
}

/** Every key in the keyring, and none, over all codes: is one of the digests a tag or a receipt's? */
export async function digestAttacks(
  { backup, keyringRoot, codes }: Thief,
  truth: Map<string, string>,
): Promise<Attack[]> {
  const digests = digestsOf(keyringRoot)
  const receipts = await backup`
    select s.body_mac::text as body, r.tag::text, s.venue_id::text as venue, r.service_code as service, r.day::text
      from scan_receipts s join redemptions r on r.tag = s.tag and r.state = 'accepted' where s.outcome = 'accepted'`
  const tagOfBody = new Map(receipts.map(({ body, tag }) => [plain(body), plain(tag)]))
  const tags = new Set(tagOfBody.values())
  const places = [...new Set(receipts.map(({ venue, service, day }) => `${service} ${day} ${venue}`))]
  return digests.flatMap(([name, ofMac, ofText]) => {
    const byTag = codes.filter(({ codeMac, code }) =>
      [codeMac, Buffer.from(code).toString('hex')].some(
        (hex) => tags.has(ofMac(hex)) && truth.get(codeMac) === ofMac(hex),
      ),
    )
    const byBody = codes.filter(({ codeMac, code }) =>
      places.some((text) => {
        const [service, day, venue] = text.split(' ') as [string, string, string]
        return tagOfBody.get(ofText(canonicalBody(code, service, day, venue))) === (truth.get(codeMac) ?? 'none')
      }),
    )
    return [
      { name: `tags are digests of codes, ${name}`, hits: byTag.length, chance: 0 },
      { name: `receipts are digests of codes, ${name}`, hits: byBody.length, chance: 0 },
    ]
  })
}

const pick = <Item>(items: readonly Item[]): Item | undefined =>
  items.length > 0 ? items[randomInt(items.length)] : undefined

function scored(name: string, vouchers: Map<string, Row>, guess: Guess, truth: Map<string, string>): Attack {
  return {
    name,
    hits: [...vouchers.keys()].filter((codeMac) => guess(codeMac) === truth.get(codeMac)).length,
    chance: 1,
  }
}

/** All that the thief tries. `truth`: the tag of each spent voucher, which only the test knows. */
export async function attackAll(thief: Thief, truth: Map<string, string>): Promise<Attack[]> {
  const marks = await readMarks(thief, [...truth.keys()])
  return [
    ...rankAttacks(marks, truth),
    ...sameTransaction(marks, truth),
    ...clockAttack(marks, truth),
    ...(await digestAttacks(thief, truth)),
  ]
}

/** The fewest hits that chance exceeds with less than this probability, when it scores `mean` of them in the long run. */
export function quantileOfChance(mean: number, probability: number): number {
  if (mean === 0) return 0
  let [term, sum, hits] = [Math.exp(-mean), Math.exp(-mean), 0]
  while (1 - sum >= probability) {
    hits++
    term *= mean / hits
    sum += term
  }
  return hits
}

/** Attacks that told more than chance would but once in a thousand such tests, all of them together. */
export const betterThanChance = (attacks: readonly Attack[]): Attack[] =>
  attacks.filter(({ hits, chance }) => hits > quantileOfChance(chance, 0.001 / attacks.length))
