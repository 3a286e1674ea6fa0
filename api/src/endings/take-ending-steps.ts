import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { listActivePeople } from '../accounts/invitation-queries.ts'
import { type EndingStep, fewestTold, type StepDay, stepsOf } from '../campaigns/ending.ts'
import { type Campaign, listEndingCampaigns, listParts } from '../campaigns/queries.ts'
import type { MailFacts } from '../mail/mail.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { TemplateName } from '../mail/templates.ts'
import { type Context, type Role, requireOperatorOr } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { type Formats, formatsOf } from '../shared/formats.ts'
import { translate } from '../shared/messages.ts'
import { countEndingBooks, type EndingCounts, insertStep, listHolders, listSteps } from './queries.ts'

/**
 * Every hour: what the calendar asks on the way to each campaign's last day, once each. A step that an outage delayed is done
 * when it is over; its mails are only sent while they are still of use. The last step waits for the money (see settle-endings.ts).
 * Gives the steps it took. Throws `forbidden`.
 */
export async function takeEndingSteps(ctx: Context): Promise<{ campaignId: string; step: EndingStep }[]> {
  requireOperatorOr(ctx.actor)
  const taken: { campaignId: string; step: EndingStep }[] = []
  for (const campaign of await listEndingCampaigns(ctx.db)) {
    const done = new Set((await listSteps(ctx.db, campaign.id, campaign.endsOn)).map(({ step }) => step))
    const due = stepsOf(campaign).filter(({ step, on }) => on <= ctx.today() && step !== 'settled' && !done.has(step))
    for (const step of due)
      if (await take(ctx, campaign, step)) taken.push({ campaignId: campaign.id, step: step.step })
  }
  return taken
}

async function take(ctx: Context, campaign: Campaign, { step }: StepDay): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const { id: campaignId, endsOn } = campaign
    const counts = step === 'alert' ? await countForAlert(tx, campaignId, addDays(ctx.today(), -1)) : {}
    const tellings = ctx.today() <= endsOn ? await tellingsOf(tx, campaign, step, counts) : []
    const mails = []
    for (const telling of tellings)
      for (const reader of await listActivePeople(tx, telling.role, ctx.today(), telling.tenantIds))
        mails.push({ ...reader, ...telling })
    const row = { campaignId, endsOn, step, doneOn: ctx.today(), mailCount: mails.length, ...counts }
    if (!(await insertStep(tx, row))) return false
    for (const { email, language, template, facts } of mails) {
      const common = { campaignId, campaign: campaign.name, day: formatsOf(language).day(endsOn) }
      await queueMail(tx, ctx, {
        to: email,
        language,
        template,
        facts: { ...common, ...facts(formatsOf(language), language) },
      })
    }
    await recordAudit(tx, ctx, 'ending_step_taken', { campaignId, endsOn, step, mails: mails.length })
    return true
  }, 'carnet_jobs')
}

type AlertCounts = Omit<EndingCounts, 'startedBooks'> & { startedBooks: number | null }

async function countForAlert(tx: Transaction, campaignId: string, evening: Day): Promise<AlertCounts> {
  const counts = await countEndingBooks(tx, campaignId, evening)
  return { ...counts, startedBooks: counts.startedBooks < fewestTold ? null : counts.startedBooks }
}

type Telling = {
  template: TemplateName
  role: Role
  tenantIds?: string[]
  facts: (formats: Formats, language: 'fr' | 'en') => MailFacts
}

/** Who reads what at each step. */
async function tellingsOf(
  tx: Transaction,
  { id }: Campaign,
  step: EndingStep,
  counts: Partial<AlertCounts>,
): Promise<Telling[]> {
  const funderIds = (await listParts(tx, id)).map(({ funderId }) => funderId)
  const toFunders = { role: 'funder', tenantIds: funderIds, facts: () => ({}) } as const
  if (step === 'alert') {
    const facts: Telling['facts'] = (formats, language) => countFacts(counts as AlertCounts, formats, language)
    return [
      { ...toFunders, tenantIds: funderIds, template: 'ending_alert', facts },
      { role: 'coordinator', template: 'ending_alert', facts },
    ]
  }
  if (step === 'stop_handouts') {
    const holders = (await listHolders(tx, id)).map((holder) => holder.id)
    return [
      { ...toFunders, template: 'ending_blocking' },
      { role: 'prescriber', tenantIds: holders, template: 'ending_stop', facts: () => ({}) },
    ]
  }
  return step === 'late_handouts' ? [{ ...toFunders, template: 'ending_late' }] : []
}

const countFacts = (counts: AlertCounts, { number }: Formats, language: 'fr' | 'en'): MailFacts => ({
  issued: number(counts.issuedBooks),
  handedOut: number(counts.handedOutBooks),
  notHandedOut: number(Math.max(0, counts.issuedBooks - counts.handedOutBooks)),
  started:
    counts.startedBooks === null
      ? translate(language)('ending.started.few', { fewest: fewestTold })
      : number(counts.startedBooks),
})
