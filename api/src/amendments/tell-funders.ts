import type { Transaction } from '@carnet/db'
import { listActivePeople } from '../accounts/invitation-queries.ts'
import { getCampaign, listParts } from '../campaigns/queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Context } from '../shared/context.ts'
import { translate } from '../shared/messages.ts'
import type { Amendment } from './queries.ts'

/** Everybody who signs for one of the funders reads what is proposed, and what was agreed in the end. */
export async function tellFunders(
  tx: Transaction,
  ctx: Context,
  amendment: Pick<Amendment, 'campaignId' | 'kind' | 'reason'>,
  template: 'amendment_proposed' | 'amendment_agreed',
): Promise<void> {
  const { campaignId, kind, reason } = amendment
  const { name } = await getCampaign(tx, campaignId)
  const funderIds = (await listParts(tx, campaignId)).map(({ funderId }) => funderId)
  for (const { email, language } of await listActivePeople(tx, 'funder', ctx.today(), funderIds)) {
    const facts = { campaignId, campaign: name, what: translate(language)(`amendment.${kind}`), reason }
    await queueMail(tx, ctx, { to: email, language, template, facts })
  }
}
