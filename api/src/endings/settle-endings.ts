import type { Transaction } from '@carnet/db'
import { creditExpired } from '../accounting/credit-expired.ts'
import { invoiceNumber, totalOf } from '../accounting/invoice.ts'
import { listCreditsForExpiry } from '../accounting/invoice-queries.ts'
import { recordAudit } from '../accounts/audit.ts'
import { listActivePeople } from '../accounts/invitation-queries.ts'
import { lastDays } from '../campaigns/campaign.ts'
import { type Campaign, listParts, lockCampaign } from '../campaigns/queries.ts'
import { getFunder } from '../funders/queries.ts'
import type { Part } from '../ledger/events.ts'
import { lockPayingAccounts } from '../ledger/queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { expireUnearned } from '../payouts/expire-unearned.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { translate } from '../shared/messages.ts'
import { cents } from '../shared/money.ts'
import { readStatement, type StatementContent, statementHash, statementText } from './joint-statement.ts'
import { insertStep } from './queries.ts'
import {
  type FunderFacts,
  findLastStatement,
  getHolderName,
  insertStatement,
  listUnstated,
  readFunderFacts,
} from './statement-queries.ts'

/**
 * Every hour, for campaigns that are closed: what was not earned expires, is credited to each funder at face value, and both
 * sides find a statement to sign. What comes later makes another credit note, another statement, or both: a scan that is undone, a
 * payment that is corrected, an invoice of what expired. Gives how many statements were made. Throws `forbidden`.
 */
export async function settleEndings(ctx: Context): Promise<number> {
  requireOperatorOr(ctx.actor)
  await expireUnearned(ctx)
  let made = 0
  for (const campaignId of await ctx.transaction(listUnstated, 'carnet_jobs')) made += await settle(ctx, campaignId)
  return made
}

async function settle(ctx: Context, campaignId: string): Promise<number> {
  return ctx.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId)
    // Nothing is posted between what is read here and the statement.
    await lockPayingAccounts(tx, [campaign.payingAccountId])
    const parts = await listParts(tx, campaignId)
    const made = []
    for (const part of parts) if (await makeStatement(tx, ctx, campaign, part)) made.push(part.funderId)
    if (made.length === 0) return 0
    const mailCount = await tell(tx, ctx, campaign, made)
    await insertStep(tx, { campaignId, endsOn: campaign.endsOn, step: 'settled', doneOn: ctx.today(), mailCount })
    await recordAudit(tx, ctx, 'joint_statements_made', { campaignId, funders: made })
    return made.length
  }, 'carnet_jobs')
}

/** False when the last statement says what is so. */
async function makeStatement(tx: Transaction, ctx: Context, campaign: Campaign, part: Part): Promise<boolean> {
  const { funderId, partCents } = part
  const of = { campaignId: campaign.id, funderId }
  const facts = await readFunderFacts(tx, of)
  const last = await findLastStatement(tx, of)
  const uncredited = facts.expiredCents - totalOf(await listCreditsForExpiry(tx, of))
  const subject = translate('fr')('ending.credit.subject', {
    campaign: campaign.name,
    vouchers: Math.ceil(uncredited / partCents),
  })
  const { notes } = await creditExpired(tx, ctx, { ...of, expiredCents: cents(facts.expiredCents), subject })
  if (last && notes.length === 0 && saysSo(readStatement(last), facts)) return false
  const credits = await listCreditsForExpiry(tx, of)
  const credited = totalOf(credits)
  const { expired, activated, revoked, expiredCents } = facts
  const used = activated - revoked - expired
  const content: StatementContent = {
    number: (last?.number ?? 0) + 1,
    madeOn: ctx.today(),
    campaign: headOf(campaign),
    operator: await getHolderName(tx, campaign),
    funder: (await getFunder(tx, funderId)).name,
    faceValueCents: campaign.faceValueCents,
    partCents,
    vouchers: { issued: activated - revoked, used, expired },
    cents: {
      ...{ received: facts.receivedCents, movedIn: facts.movedInCents, movedOut: facts.movedOutCents },
      ...{
        refunded: facts.refundedCents,
        corrected: facts.correctedCents,
        used: used * partCents,
        expired: expiredCents,
      },
      ...{ available: facts.availableCents, credited, notInvoiced: expiredCents - credited },
    },
    creditNotes: credits.map(invoiceNumber),
  }
  const text = statementText(content)
  await insertStatement(tx, {
    ...of,
    number: content.number,
    content: text,
    sha256: statementHash(text),
    madeOn: ctx.today(),
  })
  return true
}

const saysSo = ({ vouchers, cents }: StatementContent, facts: FunderFacts): boolean =>
  vouchers.expired === facts.expired && cents.corrected === facts.correctedCents

const headOf = ({ number, name, startsOn, endsOn, graceDays }: Campaign): StatementContent['campaign'] => ({
  ...{ number, name, startsOn, endsOn },
  ...lastDays({ endsOn, graceDays }),
})

/** The funders whose statement it is, and the coordination, that signs every one of them. */
async function tell(tx: Transaction, ctx: Context, { id, name }: Campaign, funderIds: string[]): Promise<number> {
  const readers = [
    ...(await listActivePeople(tx, 'funder', ctx.today(), funderIds)),
    ...(await listActivePeople(tx, 'coordinator', ctx.today())),
  ]
  for (const { email, language } of readers) {
    const facts = { campaignId: id, campaign: name }
    await queueMail(tx, ctx, { to: email, language, template: 'ending_settled', facts })
  }
  return readers.length
}
