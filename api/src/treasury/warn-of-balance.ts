import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { listActivePeople } from '../accounts/invitation-queries.ts'
import { listParts, lockCampaign } from '../campaigns/queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type Context, requireOperatorOr, requireRole } from '../shared/context.ts'
import { formatsOf } from '../shared/formats.ts'
import { translate } from '../shared/messages.ts'
import { type LowBalance, lowBalance } from './low-balance.ts'
import {
  clearAlert,
  listAlerts,
  listFunderBalances,
  listOpenBooks,
  type OpenCampaign,
  raiseAlert,
  setBalanceShare,
} from './low-balance-queries.ts'

/**
 * Every day: funders and coordinators are told once that a campaign has too little money left, and again only when there was
 * enough in between. Gives how many alerts were raised. Throws `forbidden`.
 */
export async function warnOfBalance(ctx: Context): Promise<number> {
  requireOperatorOr(ctx.actor)
  return ctx.transaction(async (tx) => {
    const standing = await listAlerts(tx)
    const low = new Set<string>()
    let raised = 0
    for (const campaign of await listOpenBooks(tx)) {
      const funders = await listFunderBalances(tx, campaign.id)
      const balance = lowBalance({ ...campaign, funders })
      if (balance === null) continue
      low.add(`${campaign.id} ${balance.reason}`)
      const alert = { campaignId: campaign.id, reason: balance.reason, raisedOn: ctx.today() }
      if (!(await raiseAlert(tx, alert))) continue
      raised += 1
      await tell(tx, ctx, campaign, balance)
    }
    for (const { id, campaignId, reason } of standing)
      if (!low.has(`${campaignId} ${reason}`)) await clearAlert(tx, id, ctx.today())
    return raised
  }, 'carnet_jobs')
}

async function tell(tx: Transaction, ctx: Context, campaign: OpenCampaign, balance: LowBalance): Promise<void> {
  const funderIds = (await listParts(tx, campaign.id)).map(({ funderId }) => funderId)
  const readers = [
    ...(await listActivePeople(tx, 'funder', ctx.today(), funderIds)),
    ...(await listActivePeople(tx, 'coordinator', ctx.today())),
  ]
  for (const { email, language } of readers) {
    const { wholeEuros } = formatsOf(language)
    const why = translate(language)(`mail.balance_low.${balance.reason}`, {
      amount: wholeEuros(balance.leftCents),
      needed: wholeEuros(balance.neededCents),
    })
    const facts = { campaignId: campaign.id, campaign: campaign.name, why }
    await queueMail(tx, ctx, { to: email, language, template: 'balance_low', facts })
  }
}

/** Below which share of the budget, in percent, everybody is told. Throws `forbidden`, `not_found`. */
export async function changeBalanceShare(ctx: Context, campaignId: string, percent: number): Promise<void> {
  requireRole(ctx.actor, 'coordinator')
  await ctx.transaction(async (tx) => {
    await lockCampaign(tx, campaignId)
    await setBalanceShare(tx, campaignId, percent)
    await recordAudit(tx, ctx, 'balance_share_changed', { campaignId, percent })
  })
}
