import { checkInvariants } from '@carnet/api/payouts/invariants.ts'
import { recordBankFee } from '@carnet/api/payouts/move-funds.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { listReconciliations } from '@carnet/api/treasury/file-queries.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import { settleBankLine } from '@carnet/api/treasury/settle-line.ts'
import { afterEach, expect, test } from 'vitest'
import { camt, type TestMovement } from '../../helpers/bank-files.ts'
import { balanceOf, givenMoneyWorld, givenReserve } from '../../helpers/money-world.ts'

const world = await givenMoneyWorld()
const { db, coordinator, approver, payingAccountId } = world
afterEach(world.expectSoundMoney)

const take = async (bytes: Uint8Array) => {
  const { lines, file } = await importBankFile(coordinator, { bytes, name: 'relevé.xml' })
  return { outcomes: lines.map(({ outcome, why }) => `${outcome}: ${why}`), file }
}

test('a fee is taken from the reserve, or waits when the reserve is too small', async () => {
  const fee = (reference: string, amount: number): TestMovement => ({
    direction: 'DBIT',
    cents: amount,
    family: 'CHRG',
    reference,
  })
  await givenReserve(world, 500)
  const reserve = await balanceOf(world, 'reserve')
  expect((await take(camt([fee('F1', 250), fee('F2', reserve)]))).outcomes).toEqual([
    'fee: fee',
    'open: reserve_too_small',
  ])
  expect(await balanceOf(world, 'reserve')).toBe(reserve - 250)
})

test('the closing balance of a statement is compared with the ledger, and a difference is an alarm', async () => {
  const bank = await balanceOf(world, 'bank')
  await take(camt([], { closing: bank }))
  expect(await listReconciliations(db)).toMatchObject([
    { payingAccountId, last: { balanceCents: bank, differenceCents: 0 } },
  ])
  const { file } = await take(camt([{ direction: 'DBIT', cents: 90, reference: 'X9' }], { closing: bank - 90 }))
  expect(await listReconciliations(db)).toMatchObject([{ last: { differenceCents: -90 } }])
  expect((await checkInvariants(db)).checks.filter(({ ok }) => !ok)).toMatchObject([
    { name: 'bank_equals_last_statement' },
  ])
  await givenReserve(world, 90)
  await recordBankFee(approver, payingAccountId, { amountCents: cents(90), reference: 'X9', proof: 'relevé' })
  await settleBankLine(approver, { fileId: file.id, position: 1 }, { settlement: 'frais', isPosted: true })
  expect(await listReconciliations(db)).toMatchObject([{ last: { differenceCents: 0 } }])
})
