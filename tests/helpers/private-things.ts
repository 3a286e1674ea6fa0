import type { ActorName } from './actors.ts'
import type { givenEveryRoute } from './every-route.ts'

/** No other number in this world looks like it. */
export const ownTotalCents = 987_654_321
type Everyone = Awaited<ReturnType<typeof givenEveryRoute>>

/** What only its own tenant and those who serve the whole scheme may read, by who may not. */
export function privateThings(everyone: Everyone): Partial<Record<ActorName, [thing: string, id: string][]>> {
  const { world, made, own, other } = everyone
  const { ids } = world
  const things = {
    funder: ids.funder,
    campaign: ids.campaign,
    run: ids.run,
    box: ids.box,
    phone: own.deviceId,
    iban: everyone.iban,
    bankAccount: made.bankAccount!,
    payout: made.payout!,
    prescriber: made.prescriber!,
    stopOrder: made.stopOrder!,
    invitation: everyone.invitationId,
    membership: everyone.colleagueId,
    statement: String(ownTotalCents),
  }
  const all = Object.entries(things) as [keyof typeof things, string][]
  const but = (...allowed: (keyof typeof things)[]) => all.filter(([thing]) => !allowed.includes(thing))
  return {
    public: all,
    otherFunder: all,
    otherManager: all,
    otherPrescriber: all,
    // Its bundle holds the rules of every campaign.
    otherPhone: but('campaign'),
    funder: [...but('funder', 'campaign', 'run', 'box', 'prescriber', 'stopOrder'), ['funder', made.otherFunder!]],
    manager: [
      ...but('campaign', 'phone', 'iban', 'bankAccount', 'payout', 'invitation', 'membership', 'statement'),
      ['phone', other.deviceId],
    ],
    prescriber: [...but('campaign', 'run', 'box', 'prescriber', 'stopOrder'), ['prescriber', made.otherPrescriber!]],
    phone: but('campaign', 'phone'),
  }
}
