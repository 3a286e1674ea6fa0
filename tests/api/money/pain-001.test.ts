import { createHash } from 'node:crypto'
import { exportBatch, readBankFile } from '@carnet/api/payouts/export-batch.ts'
import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { bookPayout, rejectPayout, withdrawPayout } from '@carnet/api/payouts/settle-payout.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { validateBankFile } from '../../helpers/bank-schema.ts'
import { givenFrozenPeriod, givenScans } from '../../helpers/money-world.ts'
import { givenPayoutWorld, proof } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, operator, coordinator, approver, first, second, third, givenOpenCampaign, givenBatch, payEverything } =
  world

afterEach(world.expectSoundMoney)

/** An approved batch for three organisations. */
async function givenApproved() {
  await payEverything()
  const campaign = await givenOpenCampaign()
  const [open] = await sql`select id from periods where state = 'open'`
  for (const [at, organisation] of [first, second, third].entries())
    await givenScans(world, campaign, organisation, { count: at + 1, periodId: open!.id })
  await freezeStatements(operator, await givenFrozenPeriod(world))
  return givenBatch('approved')
}
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')
const all = (file: string, tag: string) =>
  [...file.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text)

describe('the export of a batch', () => {
  test('makes the file that pays what was approved, to the cent and to the payee', async () => {
    const { batch, payouts } = await givenApproved()
    const exported = await exportBatch(approver, batch.id)
    expect(exported).toMatchObject({ state: 'exported', exportedOn: approver.today() })
    const file = await readBankFile(coordinator, batch.id, '09')
    expect(sha256Of(file)).toBe(exported.fileSha256)
    expect(all(file, 'MsgId')).toEqual([exported.messageId])
    expect(all(file, 'NbOfTxs')[0]).toBe(String(payouts.length))
    expect(Number(all(file, 'CtrlSum')[0]!.replace('.', ''))).toBe(batch.totalCents)
    expect(all(file, 'EndToEndId').sort()).toEqual(payouts.map(({ endToEndId }) => endToEndId).sort())
    for (const { payee } of payouts) expect(all(file, 'IBAN')).toContain(payee.iban)
    expect(all(file, 'Dt')).toEqual([batch.executesOn])
    for (const version of ['09', '03'] as const) {
      const problems = validateBankFile(await readBankFile(coordinator, batch.id, version), version)
      if (problems) expect(problems).toEqual([])
    }
    const [line] = await sql`select details from audit_log where action = 'batch_exported' order by seq desc limit 1`
    expect(line!.details).toMatchObject({ messageId: exported.messageId, fileSha256: exported.fileSha256 })
  })

  test('asked for again gives the same bytes, later and whatever became of its payouts', async () => {
    const { batch, payouts } = await givenApproved()
    const once = await exportBatch(approver, batch.id)
    const file = await readBankFile(approver, batch.id, '09')
    const [booked, rejected] = [second, third].map(({ id }) => payouts.find((payout) => payout.organisationId === id)!)
    await bookPayout(approver, booked!.id, proof)
    await rejectPayout(approver, rejected!.id, { on: '2026-03-10', reason: 'compte clos' })
    world.clock.now = new Date(world.clock.now.getTime() + 5 * 86_400_000)
    expect(await exportBatch(approver, batch.id)).toMatchObject({
      messageId: once.messageId,
      fileSha256: once.fileSha256,
    })
    expect(await readBankFile(approver, batch.id, '09')).toBe(file)
  })

  test('by several at once makes one file', async () => {
    const { batch } = await givenApproved()
    const exports = await Promise.all(Array.from({ length: 6 }, () => exportBatch(approver, batch.id)))
    expect(new Set(exports.map(({ messageId, fileSha256 }) => `${messageId} ${fileSha256}`)).size).toBe(1)
    const [lines] =
      await sql`select count(*)::int from audit_log where action = 'batch_exported' and details->>'batchId' = ${batch.id}`
    expect(lines!.count).toBe(1)
  })

  test('is the approver’s, of an approved batch only', async () => {
    await payEverything()
    await world.givenStatement(await givenOpenCampaign())
    const { batch } = await givenBatch('frozen')
    await expect(exportBatch(coordinator, batch.id)).rejects.toMatchObject({ code: 'role_not_allowed' })
    await expect(exportBatch(approver, batch.id)).rejects.toMatchObject({ code: 'batch_is_frozen' })
    await expect(readBankFile(approver, batch.id, '09')).rejects.toMatchObject({ code: 'batch_is_frozen' })
    await expect(readBankFile(world.managerOf(first.id), batch.id, '09')).rejects.toMatchObject({
      code: 'role_not_allowed',
    })
  })

  test('pays nobody twice: not who was paid by hand, nor who was taken out', async () => {
    const { batch, payouts } = await givenApproved()
    await bookPayout(approver, payouts[0]!.id, proof)
    await expect(exportBatch(approver, batch.id)).rejects.toMatchObject({
      code: 'payout_settled',
      facts: { payouts: [payouts[0]!.id] },
    })

    const other = await givenApproved()
    await withdrawPayout(coordinator, other.payouts[0]!.id, 'compte douteux')
    await expect(exportBatch(approver, other.batch.id)).rejects.toMatchObject({ code: 'batch_is_frozen' })
  })

  test('pays nobody to an account that was replaced after the approval', async () => {
    const { batch, payouts } = await givenApproved()
    const { bankAccountId } = payouts[0]!
    await sql`update bank_accounts set valid_until = valid_from where id = ${bankAccountId}`
    world.clock.now = new Date(world.clock.now.getTime() + 86_400_000)
    await expect(exportBatch(approver, batch.id)).rejects.toMatchObject({
      code: 'payee_changed',
      facts: { payouts: [payouts[0]!.id] },
    })
    await sql`update bank_accounts set valid_until = null where id = ${bankAccountId}`
    expect((await exportBatch(approver, batch.id)).state).toBe('exported')
  })

  test('late is executed on the next day that banks are open', async () => {
    const { batch } = await givenApproved()
    world.clock.now = new Date('2027-01-01T10:00:00Z')
    await exportBatch(approver, batch.id)
    expect(all(await readBankFile(approver, batch.id, '09'), 'Dt')).toEqual(['2027-01-04'])
  })
})
