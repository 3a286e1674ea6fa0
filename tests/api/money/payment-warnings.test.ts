import { exportBatch } from '@carnet/api/payouts/export-batch.ts'
import { holdPayouts } from '@carnet/api/payouts/hold-payouts.ts'
import { readBatch } from '@carnet/api/payouts/read-batches.ts'
import { bookPayout, rejectPayout, returnPayout } from '@carnet/api/payouts/settle-payout.ts'
import { nextFreezingOn, warnOfPayment } from '@carnet/api/payouts/warn-of-payment.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { pain002 } from '../../helpers/bank-files.ts'
import { givenMember } from '../../helpers/members.ts'
import { givenScans } from '../../helpers/money-world.ts'
import { pageReader } from '../../helpers/pages.ts'
import { givenPagesWorld } from '../../helpers/pages-world.ts'

const world = await givenPagesWorld()
const { app, sql, clock, operator, coordinator, approver, first, second, third, manager } = world
const { read } = pageReader(app)
const campaign = await world.givenOpenCampaign()
const scan = async (organisation: typeof first, count = 2) => {
  const [open] = await sql`select id from periods where state = 'open'`
  await givenScans(world, campaign, organisation, { count, periodId: open!.id })
}
/** Besides those of statements, which are told of in a test of their own. */
const mails = () =>
  sql<
    { template: string; facts: Record<string, string> }[]
  >`select template, facts from mails where template <> 'statement_ready'`
const givenExported = async () => {
  await world.payEverything()
  await world.givenStatement(campaign)
  const { batch, payouts } = await world.givenBatch('approved')
  const { messageId } = await exportBatch(approver, batch.id)
  return { messageId, batchId: batch.id, payout: payouts[0]! }
}
const stateOf = async (id: string) => (await readBatch(coordinator, id)).batch.state

beforeEach(async () => {
  await sql`delete from mails`
})

test('the next freezing is the 3rd of a month, after today', () => {
  expect(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-29', '2026-12-31'].map(nextFreezingOn)).toEqual([
    '2026-03-03',
    '2026-03-03',
    '2026-04-03',
    '2026-04-03',
    '2027-01-03',
  ])
})

describe('five days before statements are frozen', () => {
  test('who earned something and will not be paid reads why, once; who is paid reads nothing', async () => {
    const before = clock.now
    await scan(first)
    await scan(third)
    await givenMember(sql, 'venue_manager', third.id)
    await sql`update bank_accounts set state = 'superseded', valid_until = valid_from where organisation_id = ${third.id}`
    clock.now = new Date('2026-03-28T08:00:00Z')
    expect(await warnOfPayment(operator)).toBe(0)
    clock.now = new Date('2026-03-29T08:00:00Z')
    const told = await Promise.all([warnOfPayment(operator), warnOfPayment(operator)])
    expect(told.sort()).toEqual([0, 1])
    expect(await warnOfPayment(operator)).toBe(0)
    expect((await mails())[0]).toMatchObject({
      template: 'payment_warning',
      facts: { organisationId: third.id, day: '03/04/2026', reasons: expect.stringContaining('vous reste due') },
    })
    await expect(warnOfPayment(approver)).rejects.toMatchObject({ code: 'role_not_allowed' })
    clock.now = before
  })

  test('the venue’s home says the same: what is held, until when, and why', async () => {
    const held = await holdPayouts(coordinator, {
      organisationId: first.id,
      reason: 'RIB illisible',
      until: '2026-03-20',
    })
    const { text } = await read('/lieu', manager)
    expect(text).toContain('Versement retardé')
    expect(text).toContain('jusqu’au 20/03/2026 au plus tard. Raison')
    expect(text).toContain('RIB illisible')
    expect((await read('/lieu', world.otherManager)).text).not.toContain('RIB illisible')
    await sql`update payout_holds set lifted_on = '2026-03-10', lifted_by = opened_by where id = ${held.id}`
    expect((await read('/lieu', manager)).text).toContain('Rien ne retarde')
  })

  test('the batch says who is left out, with the reason, its last day and its note', async () => {
    await world.payEverything()
    await world.givenStatement(campaign, second)
    await world.givenStatement(campaign)
    const held = await holdPayouts(coordinator, { organisationId: second.id, reason: 'Avis reçu', until: '2026-03-21' })
    const { batch } = await world.givenBatch('frozen')
    const { text } = await read(`/coordination/remises/${batch.id}`, await givenMember(sql, 'coordinator'))
    expect(text).toContain('Versements suspendus. Avis reçu. Au plus tard le 21/03/2026')
    await sql`update payout_holds set lifted_on = '2026-03-10', lifted_by = opened_by where id = ${held.id}`
  })
})

describe('a batch', () => {
  test('is sent when the bank accepts one of its payouts, not when it refuses all', async () => {
    const refused = await givenExported()
    const answer = (status: string, { messageId, payout }: typeof refused) =>
      pain002(messageId, [{ endToEndId: payout.endToEndId, status, reason: 'AC04' }])
    await importBankFile(coordinator, { bytes: answer('RJCT', refused), name: 'r' })
    expect(await stateOf(refused.batchId)).toBe('exported')
    await sql`update payouts set state = 'withdrawn' where batch_id = ${refused.batchId}`
    const accepted = await givenExported()
    await importBankFile(coordinator, { bytes: answer('ACSP', accepted), name: 'a' })
    expect(await stateOf(accepted.batchId)).toBe('sent')
    const byHand = await givenExported()
    await bookPayout(approver, byHand.payout.id, { bookedOn: '2026-03-10', proof: 'relevé 3' })
    expect(await stateOf(byHand.batchId)).toBe('sent')
  })
})

test('a statement is mailed once, to the managers of its organisation', async () => {
  const periodId = await world.givenStatement(campaign)
  const told = await sql`select facts from mails where template = 'statement_ready'`
  expect(told).toHaveLength(1)
  expect(told[0]!.facts).toMatchObject({
    id: `${periodId}.${first.id}`,
    count: '2',
    amount: expect.stringMatching(/^20,00/),
  })
})

describe('a payment that failed', () => {
  test('is told to the managers with what to do, whoever says it: the bank’s file or a person', async () => {
    const { messageId, payout, batchId } = await givenExported()
    const status = { endToEndId: payout.endToEndId, status: 'RJCT', reason: 'AC04' }
    await importBankFile(coordinator, { bytes: pain002(messageId, [status]), name: 'r' })
    expect(await mails()).toMatchObject([
      { template: 'payout_failed', facts: { account: payout.payee.iban.slice(-4), reason: 'AC04' } },
    ])
    await sql`update payouts set state = 'withdrawn' where batch_id = ${batchId}`
    const rejected = await givenExported()
    await rejectPayout(approver, rejected.payout.id, { on: '2026-03-10', reason: 'compte clos' })
    await sql`update payouts set state = 'withdrawn' where batch_id = ${rejected.batchId}`
    const returned = await givenExported()
    await bookPayout(approver, returned.payout.id, { bookedOn: '2026-03-10', proof: 'relevé 3' })
    await returnPayout(approver, returned.payout.id, { on: '2026-03-10', reason: 'inconnu' })
    expect((await mails()).map(({ facts }) => facts.reason)).toEqual(['AC04', 'compte clos', 'inconnu'])
  })
})
