import { canonicalBody } from '@carnet/api/redemptions/scan.ts'
import { type Attack, digestsOf, place, plain, type Row, rankAttacks, readVoucherMarks, type Thief } from './attacks.ts'

/**
 * Which voucher is a contest about? A contest says venue, service and day, and the answer key leads from it to the receipt of the
 * refused scan. `truth`: the contest of each contested voucher.
 */
export async function contestAttacks(thief: Thief, truth: Map<string, string>): Promise<Attack[]> {
  const contests = new Map<string, Row>()
  for (const [name, database] of Object.entries({ backup: thief.backup, today: thief.today }))
    for (const row of await database`select answer_mac::text as mac, id::text, xmin::text, xmax::text, ctid::text from contests`)
      contests.set(plain(row.mac), {
        ...contests.get(plain(row.mac)),
        ...{ [`contest ${name}`]: row.mac, [`id ${name}`]: row.id, [`place ${name}`]: place(row.ctid) },
        ...{ [`xmin ${name}`]: BigInt(row.xmin), [`xmax ${name}`]: BigInt(row.xmax) },
      })
  const vouchers = await readVoucherMarks(thief, [...truth.keys()])
  return [
    ...rankAttacks({ vouchers, redemptions: contests, clock: [] }, truth),
    ...(await receiptAttacks(thief, truth)),
  ]
}

/** By the receipt of the refused scan: all codes, at the places that contests name, with every key. */
async function receiptAttacks(thief: Thief, truth: Map<string, string>): Promise<Attack[]> {
  const { backup, today, codes, answerMac, keyringRoot } = thief
  const receipts =
    await backup`select scan_id::text as scan, body_mac::text as body from scan_receipts where outcome = 'refused'`
  const bodyOf = new Map(receipts.map(({ scan, body }) => [plain(answerMac(scan)), plain(body)]))
  const contests = await today`
    select answer_mac::text as mac, service_code as service, day::text, venue_id::text as venue from contests`
  return digestsOf(keyringRoot).map(([name, , ofText]) => {
    const found = codes.filter(({ code, codeMac }) =>
      contests.some(({ mac, service, day, venue }) => {
        const body = bodyOf.get(plain(mac))
        return truth.get(codeMac) === plain(mac) && body === ofText(canonicalBody(code, service, day, venue))
      }),
    )
    return { name: `contests lead to receipts, and these are digests of codes, ${name}`, hits: found.length, chance: 0 }
  })
}
