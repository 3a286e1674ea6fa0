import { endCampaigns } from '@carnet/api/campaigns/end-campaigns.ts'
import { settleEndings } from '@carnet/api/endings/settle-endings.ts'
import { takeEndingSteps } from '@carnet/api/endings/take-ending-steps.ts'
import { expireUnearned } from '@carnet/api/payouts/expire-unearned.ts'
import { checkInvariants } from '@carnet/api/payouts/invariants.ts'
import type { Day } from '@carnet/api/shared/days.ts'
import { givenBooksWorld } from './books-world.ts'

/** Campaigns on their way to the last day, and what both sides state and sign there. */
export async function givenEndingWorld() {
  const world = await givenBooksWorld()
  const { app, sql, db, clock, people, operator, ccas, account, funders, get, post } = world
  const findBroken = async () => (await checkInvariants(db)).checks.filter(({ ok }) => !ok)
  const at = (day: Day) => {
    clock.now = new Date(`${day}T09:00:00Z`)
  }
  /** What runs every hour, in its order, by two processes at once, and once more. */
  async function everyHour() {
    for (const job of [endCampaigns, expireUnearned, takeEndingSteps, settleEndings]) {
      await Promise.allSettled([job(operator), job(operator)])
      await job(operator)
    }
  }
  const mailsOf = async (campaignId: string) =>
    Object.fromEntries(
      (
        await sql`select template, count(*)::int from mails where facts->>'campaignId' = ${campaignId} and template like 'ending%' group by 1`
      ).map(({ template, count }) => [template, count]),
    )
  const endingOf = async (id: string, as = people.city) => (await get(`/campaigns/${id}/ending`, as)).body
  const coversOf = async (id: string): Promise<number> =>
    (await sql`select first_cover from boxes where campaign_id = ${id}`)[0]!.first_cover
  const scan = (id: string, count: number, state = 'accepted') => sql`
    insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key, state)
    select 1, gen_random_uuid(), ${id}, gen_random_uuid(), gen_random_uuid(), 'A01', '2026-03-10', false, 1, ${state}::redemption_state
      from generate_series(1, ${count})`

  async function givenCalls(id: string): Promise<string[]> {
    const call = (amountCents: number) =>
      post(`/campaigns/${id}/funding-calls`, { funderId: funders.state.id, amountCents })
    return [(await call(100_000)).body.id, (await call(250_000)).body.id]
  }

  /** The State is invoiced twice; the city paid without an invoice. */
  async function givenInvoices(callIds: string[]): Promise<string[]> {
    const holder = { siret: '732 829 320 00074', address: '1 rue du Pont, Angoulême', vatMention: 'TVA non calculée.' }
    await app.request(`/api/v1/paying-accounts/${account.id}/holder`, {
      ...{ method: 'PUT', body: JSON.stringify(holder) },
      headers: { ...people.coordinator.headers, 'content-type': 'application/json' },
    })
    await sql`update funders set siret = '21160015700018' where id = ${funders.state.id}`
    const made = []
    for (const id of callIds)
      made.push((await post(`/funding-calls/${id}/invoice`, { serviceCode: null, commitmentNumber: null })).body.id)
    return made
  }

  const declare = async (campaignId: string, ranges: [number, number][], as = people.ccas, prescriberId = ccas.id) => {
    const covers = ranges.map(([firstCover, lastCover]) => ({ firstCover, lastCover }))
    return (await post(`/campaigns/${campaignId}/leftovers`, { prescriberId, covers }, as)).body
  }
  const approve = async (id: string, sha256: string, as = people.state) =>
    (await post(`/campaigns/${id}/blocking-approval`, { sha256 }, as)).body
  const blockedCovers = async (id: string) =>
    (await sql`select cover_number from books where campaign_id = ${id} and is_blocked order by 1`).map(
      (row) => row.cover_number as number,
    )

  return {
    ...world,
    ...{
      at,
      findBroken,
      everyHour,
      mailsOf,
      endingOf,
      coversOf,
      scan,
      givenCalls,
      givenInvoices,
      declare,
      approve,
      blockedCovers,
    },
  }
}
