import { randomUUID } from 'node:crypto'
import { createTestApp } from './app.ts'
import { givenMember } from './members.ts'
import { phoneWith } from './phone.ts'
import { givenScanWorld, insertVouchers, type TestVoucher } from './scan-world.ts'

type CampaignOptions = {
  state?: 'agreed' | 'open' | 'ending' | 'uploads_closed' | 'closed'
  startsOn?: string
  endsOn?: string
  boxState?: 'dispatched' | 'delivered' | 'active'
  /** Undefined: all. */
  services?: string[]
  venues?: string[]
  territories?: { kind: string; code: string }[]
  vouchers?: number
}
export type ScanApp = Awaited<ReturnType<typeof givenScanApp>>

/** The real app with a scan world in its database, and phones that need no signature. */
export async function givenScanApp(
  options: { vouchers?: number; venues?: number; mode?: 'demo' | 'production'; publicUrl?: string } = {},
) {
  const { mode, publicUrl, ...world } = options
  const test = await createTestApp({ ...(mode && { mode }), ...(publicUrl && { publicUrl }) })
  const { app, sql, keyring } = test
  const { vouchers, venues, ids, people } = await givenScanWorld(sql, keyring, { vouchers: 100, ...world })
  const coordinator = await givenMember(sql, 'coordinator')
  let taken = 0
  let number = 100

  /** One more campaign with a box of ten books, before it is opened: its terms are fixed then. */
  async function givenCampaign(
    wanted: CampaignOptions = {},
  ): Promise<{ id: string; boxId: string; vouchers: TestVoucher[] }> {
    const { state = 'open', startsOn = '2025-01-01', endsOn = '2026-12-31', boxState = 'active' } = wanted
    const [id, run, boxId] = [randomUUID(), randomUUID(), randomUUID()]
    number += 1
    await sql`insert into campaigns (id, number, name, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on,
        pays_all_services, accepts_all_venues, has_territory, target_public, objectives)
      values (${id}, ${number}, ${`Campagne ${number}`}, ${ids.account}, 1000, 10, 1000, ${startsOn}, ${endsOn},
        ${!wanted.services}, ${!wanted.venues}, ${wanted.territories !== undefined}, 'Tous', 'Autonomie')`
    await sql`insert into campaign_funders (campaign_id, funder_id, part_cents) values (${id}, ${ids.funder}, 1000)`
    for (const code of wanted.services ?? []) await sql`insert into campaign_services values (${id}, ${code})`
    for (const venue of wanted.venues ?? []) await sql`insert into campaign_venues values (${id}, ${venue})`
    for (const { kind, code } of wanted.territories ?? [])
      await sql`insert into campaign_territories values (${id}, ${kind}, ${code})`
    await sql`update campaigns set state = ${state} where id = ${id}`
    await sql`insert into print_runs (id, campaign_id, state, book_count, books_per_box, kid, age_recipient, requested_by, approved_by, requested_on, artefact_sha256)
      values (${run}, ${id}, 'printed', 10, 10, 1, 'age1', ${people[0]!}, ${people[1]!}, '2026-01-01', ${Buffer.alloc(32)})`
    await sql`insert into boxes (id, print_run_id, campaign_id, number, first_cover, last_cover, state, delivered_on, good_samples, activated_on)
      values (${boxId}, ${run}, ${id}, 1, 1, 10, ${boxState}, ${boxState === 'dispatched' ? null : '2026-01-03'},
        ${boxState === 'active' ? 3 : 0}, ${boxState === 'active' ? '2026-01-03' : null})`
    const count = wanted.vouchers ?? 10
    return { id, boxId, vouchers: await insertVouchers(sql, keyring, { campaignId: id, boxId, count, firstCover: 1 }) }
  }

  return {
    ...test,
    ids,
    venues,
    vouchers,
    coordinator,
    givenCampaign,
    phones: venues.map((venue) => phoneWith(app, venue.token)),
    takeVoucher(): TestVoucher {
      const voucher = vouchers[taken++]
      if (!voucher) throw new Error('this world has too few vouchers')
      return voucher
    },
    /** As a member, over HTTP. */
    async post(path: string, body: unknown = {}, as: { headers: Record<string, string> } = coordinator) {
      const answer = await app.request(`/api/v1${path}`, {
        method: 'POST',
        headers: { ...as.headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    async enrolmentToken(of: { venueId: string } | { organisationId: string }): Promise<string> {
      const owner = 'venueId' in of ? `/venues/${of.venueId}` : `/organisations/${of.organisationId}`
      const { body } = await this.post(`${owner}/enrolment-tokens`)
      return body.token as string
    },
    async countRows() {
      const [row] = await sql<Record<string, number>[]>`
        select (select count(*) from redemptions)::int as redemptions, (select count(*) from scan_receipts)::int as receipts,
               (select count(*) from audit_log)::int as audit, (select count(*) from transfers)::int as transfers,
               (select count(*) from vouchers where xmax::text <> '0')::int as "touchedVouchers"`
      return row!
    },
  }
}
