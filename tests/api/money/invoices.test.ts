import { randomUUID } from 'node:crypto'
import { creditExpired } from '@carnet/api/accounting/credit-expired.ts'
import { describeHolder } from '@carnet/api/accounting/describe-holder.ts'
import { exportJournal } from '@carnet/api/accounting/export-journal.ts'
import { invoiceNumber } from '@carnet/api/accounting/invoice.ts'
import { makeInvoicePdf } from '@carnet/api/accounting/invoice-pdf.ts'
import { listInvoices } from '@carnet/api/accounting/invoice-queries.ts'
import { issueCreditNote, issueInvoice } from '@carnet/api/accounting/issue-invoice.ts'
import { readInvoice } from '@carnet/api/accounting/read-invoice.ts'
import { formatsOf } from '@carnet/api/shared/formats.ts'
import { translate } from '@carnet/api/shared/messages.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { callFunds } from '@carnet/api/treasury/call-funds.ts'
import { expect, test } from 'vitest'
import { findJournalFaults } from '../../helpers/journal-rules.ts'
import { freshSession } from '../../helpers/members.ts'
import { givenPayoutWorld } from '../../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const {
  sql,
  db,
  clock,
  operator,
  coordinator,
  approver,
  as,
  first,
  payingAccountId,
  givenOpenCampaign,
  givenStatement,
} = world
const holder = { siret: '732 829 320 00074', address: '1 rue du Pont, Angoulême', vatMention: 'TVA non calculée.' }
const noFields = { serviceCode: null, commitmentNumber: null }
const campaign = await givenOpenCampaign(10)
const { funderId } = campaign.parts[0]!
const callOf = async (amountCents = 5000) =>
  (await callFunds(coordinator, campaign.id, { funderId, amountCents: cents(amountCents) })).id
const refused = (code: string) => expect.objectContaining({ code })
const numbers = async () => (await listInvoices(db, null)).map(invoiceNumber).sort()
const readAll = async (pieces: AsyncGenerator<string>) => {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

test('nothing is invoiced before somebody says who invoices', async () => {
  await expect(issueInvoice(coordinator, await callOf(), noFields)).rejects.toEqual(refused('account_holder_not_found'))
  await expect(exportJournal(coordinator, { payingAccountId, format: 'txt' })).rejects.toEqual(
    refused('account_holder_not_found'),
  )
  await expect(describeHolder(coordinator, payingAccountId, { ...holder, siret: '0'.repeat(14) })).rejects.toEqual(
    refused('siret_invalid'),
  )
  await expect(describeHolder(coordinator, randomUUID(), holder)).rejects.toEqual(refused('paying_account_not_found'))
  expect(await describeHolder(approver, payingAccountId, holder)).toMatchObject({
    name: 'Opérateur',
    siret: '73282932000074',
  })
})

test('a public body is invoiced by its SIRET; numbers follow each other, whoever asks at once and whatever fails', async () => {
  await sql`update funders set kind = 'department', siret = null where id = ${funderId}`
  const calls = await Promise.all(Array.from({ length: 8 }, () => callOf()))
  await expect(issueInvoice(coordinator, calls[0]!, noFields)).rejects.toEqual(refused('funder_without_siret'))
  await sql`update funders set siret = '21160015700018' where id = ${funderId}`
  await expect(issueInvoice(coordinator, randomUUID(), noFields)).rejects.toEqual(refused('funding_call_not_found'))

  const fields = { serviceCode: 'SOLID-16', commitmentNumber: 'EJ2026-0042' }
  const asked = [...calls, ...calls].map((id) => issueInvoice(coordinator, id, fields))
  const answers = await Promise.allSettled(asked)
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
  const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []))
  expect(new Set(reasons)).toEqual(new Set(['call_is_invoiced']))
  expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `F2026-000${number}`))
})

test('the database lets no number be left out, and no invoice be changed', async () => {
  const skip = sql`insert into invoices select gen_random_uuid(), kind, paying_account_id, year, 10, campaign_id, funder_id, ${await callOf()}, null, amount_cents, subject, issuer_name, issuer_siret, issuer_address, vat_mention, customer_name, customer_siret, null, null, issued_by, issued_on from invoices limit 1`
  await expect(skip).rejects.toMatchObject({ constraint_name: 'invoice_numbers_have_no_gap' })
  for (const change of [sql`update invoices set amount_cents = 1`, sql`delete from invoices`, sql`truncate invoices`])
    await expect(change).rejects.toMatchObject({ constraint_name: 'invoices_are_never_changed' })
})

test('no more is credited than was invoiced, in numbers of their own', async () => {
  const [invoice] = await listInvoices(db, null)
  const { id } = invoice!
  const credit = (amount: number) =>
    issueCreditNote(approver, id, { amountCents: cents(amount), reason: 'Chèques non utilisés' })
  const answers = await Promise.allSettled([credit(3000), credit(3000), credit(3000)])
  const notes = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  expect(notes.map(invoiceNumber)).toEqual(['A2026-0001'])
  await expect(credit(2001)).rejects.toMatchObject({ code: 'credits_too_much', facts: { left: 2000 } })
  expect(invoiceNumber(await credit(2000))).toBe('A2026-0002')
  await expect(issueCreditNote(approver, notes[0]!.id, { amountCents: cents(1), reason: 'x' })).rejects.toEqual(
    refused('not_an_invoice'),
  )
  await expect(issueCreditNote(coordinator, id, { amountCents: cents(1), reason: 'x' })).rejects.toEqual(
    refused('role_not_allowed'),
  )
})

test('what a person credited for expiry is not credited again by itself', async () => {
  const oldest = (await listInvoices(db, null)).find(({ kind, number }) => kind === 'invoice' && number === 1)!
  const credit = (amount: number, isForExpiry: boolean) =>
    issueCreditNote(approver, oldest.id, { amountCents: cents(amount), reason: 'Chèques non utilisés', isForExpiry })
  await credit(1200, true)
  await credit(100, false)
  const expire = async (expired: number) => {
    const of = { campaignId: campaign.id, funderId, expiredCents: cents(expired), subject: 'Chèques expirés' }
    const { notes, leftCents } = await operator.transaction((tx) => creditExpired(tx, operator, of))
    return [...notes.map(({ amountCents }) => amountCents), leftCents]
  }
  expect(await expire(1000)).toEqual([0])
  expect(await expire(3000)).toEqual([1800, 0])
  expect(await expire(3000)).toEqual([0])
})

test('the paper is the same each time, and another funder does not get it', async () => {
  const note = (await listInvoices(db, null)).find(({ kind }) => kind === 'credit_note')!
  const funder = (tenantId: string) =>
    as({
      ...{ kind: 'person', role: 'funder', personId: randomUUID(), membershipId: randomUUID(), name: 'f', tenantId },
      ...{ scopes: ['*'], session: freshSession },
    })
  const paper = await readInvoice(funder(funderId), note.id)
  expect(paper.credited?.kind).toBe('invoice')
  const parts = { t: translate('fr'), formats: formatsOf('fr'), ...paper }
  const [once, twice] = [await makeInvoicePdf(parts), await makeInvoicePdf(parts)]
  expect(Buffer.from(once).equals(Buffer.from(twice))).toBe(true)
  expect(Buffer.from(once.slice(0, 5)).toString()).toBe('%PDF-')
  const invoice = await readInvoice(funder(funderId), note.creditedId!)
  const [account] = await sql`select iban, bic, holder_name as "holderName" from paying_accounts`
  expect(invoice.payment).toMatchObject({
    ...account,
    reference: expect.stringMatching(/^CN\d{4}-/),
    dueOn: '2026-04-09',
  })
  expect((await makeInvoicePdf({ ...parts, ...invoice })).length).toBeGreaterThan(once.length)
  await expect(readInvoice(funder(campaign.parts[1]!.funderId), note.id)).rejects.toEqual(refused('invoice_not_found'))
})

test('the journal keeps the rules of the law, and its numbers when days are added', async () => {
  await givenStatement(campaign, first, 3)
  await expect(exportJournal(coordinator, { payingAccountId, until: '2026-03-10', format: 'txt' })).rejects.toEqual(
    refused('journal_day_not_over'),
  )
  clock.now = new Date('2026-03-12T09:00:00Z')
  const until = (day?: string) => exportJournal(coordinator, { payingAccountId, until: day, format: 'txt' })
  const early = await until('2026-03-10')
  expect(early.name).toBe('732829320FEC20260310.txt')
  const text = await readAll(early.pieces)
  expect(findJournalFaults(text)).toEqual([])
  const [posted] = await sql`select count(*)::int as lines, sum(amount_cents)::int as cents from transfers`
  const lines = text
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split('\t'))
  expect(lines).toHaveLength(posted!.lines * 2)
  expect(lines.reduce((sum, line) => sum + Number(line[11]!.replace(',', '')), 0)).toBe(posted!.cents)

  await givenStatement(campaign, first, 2)
  clock.now = new Date('2026-03-13T09:00:00Z')
  const later = await readAll((await until()).pieces)
  expect(later.startsWith(text)).toBe(true)
  expect(later.length).toBeGreaterThan(text.length)
  const csv = await exportJournal(coordinator, { payingAccountId, format: 'csv' })
  expect((await readAll(csv.pieces)).split('\r\n')).toHaveLength(later.split('\r\n').length)
})
