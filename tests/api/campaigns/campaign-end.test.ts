import { endCampaigns } from '@carnet/api/campaigns/end-campaigns.ts'
import { expireUnearned } from '@carnet/api/payouts/expire-unearned.ts'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { givenBooksWorld } from '../../helpers/books-world.ts'

const { sql, clock, people, get, post, patch, operator, givenOpen, balancesOf } = await givenBooksWorld()

function travelTo(day: string) {
  clock.now = new Date(`${day}T09:00:00Z`)
  onTestFinished(() => {
    clock.now = new Date('2026-03-10T09:00:00Z')
  })
}

describe('the end of validity', () => {
  const stateOf = async (id: string) => (await get(`/campaigns/${id}`)).body.state

  test('moves a campaign on its days, and what nobody used expires to each funder', async () => {
    const id = await givenOpen()
    expect(await balancesOf(id)).toMatchObject({ bank: 1_000_000, issued: 500_000, available: 500_000 })
    travelTo('2026-06-30')
    await endCampaigns(operator)
    expect(await stateOf(id)).toBe('open')
    travelTo('2026-07-01')
    await endCampaigns(operator)
    expect(await stateOf(id)).toBe('ending')
    travelTo('2026-08-05')
    expect(await endCampaigns(operator)).toEqual([])
    travelTo('2026-08-06')
    await endCampaigns(operator)
    const dates = { uploadsClosedOn: '2026-08-06', closedOn: '2026-08-06' }
    expect((await get(`/campaigns/${id}`)).body).toMatchObject({ state: 'closed', ...dates })
    await expireUnearned(operator)
    expect(await balancesOf(id)).toMatchObject({ bank: 1_000_000, issued: 0, available: 500_000, expired: 500_000 })
    const expired = await sql`
      select balance_cents::int from ledger_accounts where kind = 'expired' and campaign_id = ${id} order by 1`
    expect(expired.map((row) => row.balance_cents)).toEqual([175_000, 325_000])
    expect((await patch(`/campaigns/${id}`, { endsOn: '2027-01-01', note: 'Non' })).body.code).toBe(
      'campaign_is_closed',
    )
  })

  test('leaves issued what an accepted scan earned and no statement froze', async () => {
    const id = await givenOpen()
    await sql`insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key, state)
      select 1, gen_random_uuid(), ${id}, gen_random_uuid(), gen_random_uuid(), 'A01', '2026-03-10', false, 1, s::redemption_state
        from unnest(array['accepted', 'accepted', 'accepted', 'reversed']) s`
    travelTo('2026-08-06')
    await endCampaigns(operator)
    await expireUnearned(operator)
    expect(await balancesOf(id)).toMatchObject({ issued: 3000, expired: 497_000 })
  })

  test('is done once by two processes', async () => {
    const id = await givenOpen()
    travelTo('2026-08-06')
    const runs = await Promise.allSettled([endCampaigns(operator), endCampaigns(operator)])
    for (const run of runs) if (run.status === 'rejected') expect(run.reason.code).toMatch(/^campaign_/)
    await endCampaigns(operator)
    const audited = await sql`
      select action from audit_log where action like 'campaign_%' and details->>'campaignId' = ${id} order by seq desc limit 3`
    expect(audited.map(({ action }) => action)).toEqual([
      'campaign_closed',
      'campaign_uploads_closed',
      'campaign_ending',
    ])
    expect(await endCampaigns(operator)).toEqual([])
  })

  test('waits for a scan in flight, and does not wait for ever', async () => {
    const id = await givenOpen()
    travelTo('2026-07-01')
    const scan = sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock_shared(7201)`
      await new Promise((resolve) => setTimeout(resolve, 900))
    })
    await endCampaigns(operator)
    await scan
    expect(await stateOf(id)).toBe('ending')
  })

  test('leaves open what an extension prolongs while it waits for a scan', async () => {
    const id = await givenOpen()
    travelTo('2026-07-10')
    const asked = { kind: 'extension', endsOn: '2026-08-31', reason: 'Été' }
    const { body: amendment } = await post(`/campaigns/${id}/amendments`, asked)
    const sign = (as: typeof people.state) => post(`/amendments/${amendment.id}/signature`, undefined, as)
    await sign(people.state)
    let ended: ReturnType<typeof endCampaigns> | undefined
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock_shared(7201)`
      ended = endCampaigns(operator)
      await vi.waitUntil(
        async () =>
          (await sql`select from pg_locks where locktype = 'advisory' and objid = 7201 and not granted`).count,
        { timeout: 20_000, interval: 20 },
      )
      expect((await sign(people.city)).body.state).toBe('agreed')
    })
    expect((await ended!).map((campaign) => campaign.id)).not.toContain(id)
    expect((await get(`/campaigns/${id}`)).body).toMatchObject({ state: 'open', endsOn: '2026-08-31' })
  })
})
