import { boxActivated, fundingReceived } from '@carnet/api/ledger/events.ts'
import { post } from '@carnet/api/ledger/ledger.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { beforeAll } from 'vitest'
import { mutantOf, testRace } from '../../helpers/mutants.ts'
import { scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'

let world: ScanApp
const write = 'with spent as ('

beforeAll(async () => {
  world = await givenScanApp()
  // A scan that thinks between its look-up and its write, as on a busy server.
  const slowed = mutantOf('a slow scan', 'redeem_scans', [write, `perform pg_sleep(0.15); ${write}`])
  await slowed.apply(world.sql)
})

const rounds = 6

/** Ten scans of a box while it is revoked: either none was accepted and its money is back, or it stays as it was. */
async function violationsOf({
  sql,
  db,
  keyring,
  clock,
  phones,
  ids,
  post: ask,
  givenCampaign,
}: ScanApp): Promise<string[]> {
  const wrong: string[] = []
  for (let round = 0; round < rounds; round++) {
    const { id, boxId, vouchers } = await givenCampaign()
    const ctx = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
    const pool = { payingAccountId: ids.account, campaignId: id }
    const parts = [{ funderId: ids.funder, partCents: cents(1000) }]
    await ctx.transaction(async (tx) => {
      const funding = { ...pool, documentRef: `funding:${id}`, funderId: ids.funder, amountCents: cents(100_000) }
      await post(tx, ctx, [
        ...fundingReceived(funding),
        ...boxActivated({ ...pool, documentRef: `box:${boxId}`, parts, voucherCount: 100 }),
      ])
    })
    const scans = vouchers.map((voucher, at) => phones[at % phones.length]!.scan(scanItem(voucher)))
    const [revocation, ...results] = await Promise.all([ask(`/boxes/${boxId}/revocation`), ...scans])
    const accepted = results.filter(({ outcome }) => outcome === 'accepted').length
    const [box] = await sql`select state from boxes where id = ${boxId}`
    if (revocation.status === 200 && accepted > 0) wrong.push(`revoked with ${accepted} accepted`)
    if (revocation.status === 200 && box!.state !== 'revoked') wrong.push(`answered revoked, is ${box!.state}`)
    if (revocation.status === 409 && (accepted === 0 || box!.state !== 'active'))
      wrong.push(`refused, is ${box!.state}`)
    if (![200, 409].includes(revocation.status)) wrong.push(JSON.stringify(revocation.body))
  }
  return wrong
}

testRace('a box is revoked while it is scanned: used or taken back, never both', () => world, violationsOf, [
  mutantOf('scans that nobody locks out', 'redeem_scans', ['perform pg_advisory_xact_lock_shared(7201);', '']),
])
