import { expect, test } from 'vitest'
import { createTestKeyring } from '../../helpers/app.ts'
import { createTestDatabase } from '../../helpers/database.ts'
import { createTestDesk, scanOf } from '../../helpers/scan-desk.ts'
import { givenScanWorld } from '../../helpers/scan-world.ts'

test('a voucher pays once, and the same scan is answered alike for ever', async () => {
  const { url, sql } = await createTestDatabase()
  const keyring = createTestKeyring()
  const { vouchers, venues } = await givenScanWorld(sql, keyring)
  const desk = createTestDesk(url, keyring)
  const scan = scanOf(vouchers[0]!, venues[0]!)
  expect(await desk.redeem([scan])).toEqual([
    { outcome: 'accepted', reason: null, wasUsedHere: false, isReversed: false },
  ])
  expect(await desk.redeem([scan])).toEqual([
    { outcome: 'accepted', reason: null, wasUsedHere: false, isReversed: false },
  ])
  expect(await desk.redeem([scanOf(vouchers[0]!, venues[0]!), scanOf(vouchers[0]!, venues[1]!)])).toMatchObject([
    { outcome: 'refused', reason: 'already_used', wasUsedHere: true },
    { outcome: 'refused', reason: 'already_used', wasUsedHere: false },
  ])
  expect(await sql`select count(*)::int n from redemptions`).toMatchObject([{ n: 1 }])
})
