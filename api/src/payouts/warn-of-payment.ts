import { listManagers } from '../devices/former-device-queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { addDays, addMonths, type Day, type Month, monthOf } from '../shared/days.ts'
import { formatsOf } from '../shared/formats.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { type Locale, translate } from '../shared/messages.ts'
import { type Obstacle, obstaclesOf } from './obstacle.ts'
import { listEarners, listPayeeStates } from './obstacle-queries.ts'

const warningDays = 5
/** Statements of a month are frozen on this day of the next. */
const freezesOnDay = 3
export const freezingOf = (month: Month): Day => addDays(addMonths(month, 1), freezesOnDay - 1)

/** The next freezing of statements, today excluded. */
export function nextFreezingOn(today: Day): Day {
  const [first, second] = [freezingOf(addMonths(monthOf(today), -1)), freezingOf(monthOf(today))]
  return first > today ? first : second
}

/**
 * In the five days before statements are frozen: each organisation that earned something and will not be paid, or not for all
 * of it, reads why and what to do about it, once. Returns how many organisations.
 */
export async function warnOfPayment(ctx: Context): Promise<number> {
  requireOperatorOr(ctx.actor)
  const freezesOn = nextFreezingOn(ctx.today())
  const from = addDays(freezesOn, -warningDays)
  if (ctx.today() < from) return 0
  return ctx.transaction(async (tx) => {
    await takeLock(tx, 'paymentWarnings')
    const states = await listPayeeStates(tx, ctx.today(), await listEarners(tx, from))
    let warned = 0
    for (const { organisationId, legalName, ...state } of states) {
      const obstacles = obstaclesOf(state)
      if (obstacles.length === 0) continue
      warned += 1
      for (const { email, language } of await listManagers(tx, organisationId)) {
        const day = formatsOf(language).day(freezesOn)
        const facts = { organisationId, organisation: legalName, day, reasons: sentencesOf(obstacles, language) }
        await queueMail(tx, ctx, { to: email, language, template: 'payment_warning', facts })
      }
    }
    return warned
  }, 'carnet_jobs')
}

/** Every reason in one paragraph. */
const sentencesOf = (obstacles: readonly Obstacle[], locale: Locale): string =>
  obstacles.map((obstacle) => obstacleSentence(obstacle, locale)).join(' ')

export const obstacleSentence = ({ reason, until, note, count }: Obstacle, locale: Locale): string =>
  translate(locale)(`obstacle.${reason}`, {
    day: until ? formatsOf(locale).day(until) : '',
    note: note ?? '',
    count: formatsOf(locale).number(count),
  })
