import { randomInt } from 'node:crypto'
import { recordAudit } from '@carnet/api/accounts/audit.ts'
import type { Keyring } from '@carnet/api/keyring/keyring.ts'
import { createScanDesk } from '@carnet/api/redemptions/scan-desk.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { connectRaw } from '@carnet/db'
import { afterwards } from './afterwards.ts'
import type { Thief } from './attacks.ts'
import type { Mutant } from './mutants.ts'
import { scanOf } from './scan-desk.ts'
import type { TestVoucher } from './scan-world.ts'
import {
  copyKeyring,
  freezeWithoutMoney,
  givenSealingWorld,
  nextMonth,
  type SealingWorld,
  services,
  startOnBackup,
  takeBackup,
} from './sealing.ts'
import { countWritesOfVouchers, reconnectOperator } from './voucher-writes.ts'

type Options = {
  books: number
  scans: number
  mutant?: Mutant
  /** How the desk computes its MACs, when not as it should. */
  keyringOf?: (keyring: Keyring) => Keyring
}

/**
 * A month of random vouchers at random venues, frozen, copied and sealed: all that a thief may get. `truth` is the tag of each
 * spent voucher; `writes` are those to vouchers until the backup and until now.
 */
export async function givenStolenData(options: Options) {
  const world = await givenSealingWorld({ campaigns: [{ books: options.books }], venues: 8 })
  const vouchers = world.campaigns[0]!.vouchers
  await options.mutant?.apply(world.sql)
  const truth = await scanAtRandom(world, vouchers, options)
  const writesBefore = await countWritesOfVouchers(world.sql)
  await reconnectOperator(world.operator)
  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  // What the server does by itself sooner or later: it keeps samples of what columns hold.
  await world.sql`analyze`
  const oldKeyring = copyKeyring(world)
  const backup = startOnBackup(world, await takeBackup(world))
  await reconnectOperator(world.operator)
  world.clock.today = '2026-05-01'
  await sealPeriod(world.operator, 1)
  const thief: Thief = {
    backup: backup.sql,
    today: world.sql,
    keyringRoot: world.keyringRoot,
    codes: vouchers,
    answerMac: world.keyring.answerMac,
  }
  return { thief, truth, oldKeyring, writes: { before: writesBefore, after: await countWritesOfVouchers(world.sql) } }
}

/** Each scan alone in its transaction, which tells the most. Somebody in an office works meanwhile. */
async function scanAtRandom(world: SealingWorld, vouchers: readonly TestVoucher[], options: Options) {
  const { scans, keyringOf = (keyring: Keyring) => keyring } = options
  const client = connectRaw(world.url, { role: 'carnet_scan', maxConnections: 2 })
  afterwards(() => client.end())
  const keyring = keyringOf(world.keyring)
  const desk = createScanDesk({ client, keyring, today: () => world.clock.today, scansPerCall: 1 })
  const left = [...vouchers]
  const truth = new Map<string, string>()
  for (let done = 0; done < scans; done += 20) {
    const batch = Array.from({ length: 20 }, () => left.splice(randomInt(left.length), 1)[0]!)
    const sent = batch.map((voucher) => {
      const [venue, service] = [world.venues[randomInt(world.venues.length)]!, services[randomInt(services.length)]!]
      return scanOf(voucher, venue, { service, day: world.clock.today })
    })
    const refused = (await desk.redeem(sent)).filter(({ outcome }) => outcome !== 'accepted')
    if (refused.length > 0) throw new Error(`not accepted: ${JSON.stringify(refused[0])}`)
    for (const { codeMac } of batch) truth.set(codeMac, world.keyring.tag(1, codeMac)!)
    await world.operator.transaction((tx) => recordAudit(tx, world.operator, 'somebody_worked', { done }))
  }
  return truth
}
