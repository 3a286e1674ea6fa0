import { verifyAuditChain } from '@carnet/api/accounts/audit.ts'
import { expireAnswers } from '@carnet/api/sealing/keep-answers.ts'
import { sealPeriod } from '@carnet/api/sealing/seal-period.ts'
import { expect, test } from 'vitest'
import { givenFrozenMarch, sealingDay } from '../../helpers/frozen-march.ts'
import { givenMember } from '../../helpers/members.ts'
import { scanOf } from '../../helpers/scan-desk.ts'
import {
  freezeWithoutMoney,
  givenSealingWorld,
  nextMonth,
  readOutcome,
  reverse,
  scanAll,
  services,
} from '../../helpers/sealing.ts'

test('sealing leaves counts, spent vouchers and first answers, and nothing that ties a scan to a voucher', async () => {
  const { world, scans, large, small } = await givenFrozenMarch()
  const { sql, keyring } = world
  const [sums] = await sql`select count(*)::int as n, sum(cell_key)::text as k from redemptions where period_id = 1`

  const sealed = await sealPeriod(world.operator, 1)

  expect(sealed).toMatchObject({ state: 'sealed', sealedOn: sealingDay, sealedAuditHash: expect.any(Uint8Array) })
  const after = await readOutcome(world)
  expect(after.spent.map(({ code_mac }) => code_mac.replaceAll('-', ''))).toEqual(
    scans.map(({ voucher }) => voucher.codeMac).sort(),
  )
  expect(after.lists[0]).toEqual(
    large.vouchers
      .slice(0, 120)
      .map(({ codeMac }) => codeMac)
      .sort(),
  )
  expect(after.answers).toHaveLength(128)
  expect(after.tables.map(({ relname }) => relname)).toEqual(['redemptions_p2', 'scan_receipts_p2'])
  expect(after.sealed.map(({ campaign_id, accepted_count }) => [campaign_id, accepted_count]).sort()).toEqual(
    [
      [large.id, 120],
      [small.id, 8],
    ].sort(),
  )
  const [marks] =
    await sql`select count(distinct xmin::text)::int as large from vouchers where campaign_id = ${large.id}`
  expect(marks!.large).toBe(1)
  expect([keyring.hasPeriodKey(1), keyring.isPeriodKeyDestroyed(1)]).toEqual([false, true])

  const cells = (table: string) => after.cells.filter((cell) => cell.table === table)
  const total = (table: string) => cells(table).reduce((sum, { redemptions }) => sum + redemptions, 0)
  expect(sums!.n).toBe(128)
  for (const table of [
    'R1_department_service_month',
    'R3_venue_theme_quarter',
    'R4_campaign_theme_quarter',
    'R5_commune_year',
  ])
    expect([table, total(table)]).toEqual([table, 128])
  // Two of the three communes are in an EPCI.
  expect(total('R2_epci_month')).toBe(scans.filter(({ venue }) => venue.id !== world.venues[2]!.id).length)
  const keys = cells('R5_commune_year').reduce((sum, cell) => sum + BigInt(cell.cell_key), 0n)
  expect(keys % 2n ** 32n).toBe(BigInt(sums!.k) % 2n ** 32n)
  // 120 redemptions are told by service, 8 not at all.
  expect(new Set(cells('R1_department_service_month').map(({ subject }) => subject))).toEqual(
    new Set([...services, '*']),
  )
  expect(cells('R4_campaign_theme_quarter').filter(({ place }) => place === small.id)).toMatchObject([
    { subject: '*', span: '2026-Q1', redemptions: 8 },
  ])
})

test('the sealing is one line of the audit chain, and the period knows its hash', async () => {
  const { world } = await givenFrozenMarch()
  await sealPeriod(world.operator, 1)
  await sealPeriod(world.operator, 1)
  const lines = await world.sql`select hash, details from audit_log where action = 'period_sealed'`
  const [period] = await world.sql`select sealed_audit_hash from periods where id = 1`
  expect(lines).toHaveLength(1)
  expect(lines[0]!.details).toMatchObject({
    periodId: 1,
    redemptions: 128,
    campaigns: 2,
    recordSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(period!.sealed_audit_hash).toEqual(lines[0]!.hash)
  expect(await world.operator.transaction((tx) => verifyAuditChain(tx), 'carnet_app')).toBeNull()
})

test('a book that was stopped before sealing and found again after it has no second life', async () => {
  const { world, scans } = await givenFrozenMarch()
  const { voucher } = scans[0]!
  await world.sql`update books set is_blocked = true where id = ${voucher.bookId}`
  await sealPeriod(world.operator, 1)
  await world.sql`update books set is_blocked = false where id = ${voucher.bookId}`
  expect((await scanAll(world, [voucher]))[0]!.answer).toMatchObject({ outcome: 'refused', reason: 'already_used' })
})

test('a replay of a sealed scan is told its first outcome: accepted, refused, undone or withdrawn', async () => {
  const world = await givenSealingWorld()
  const [accepted, undone] = await scanAll(world, world.campaigns[0]!.vouchers.slice(0, 2))
  const [refused] = await scanAll(world, [accepted!.voucher])
  await reverse(world, undone!)
  const withdrawn = { venue: world.venues[0]!, scan: scanOf(world.campaigns[0]!.vouchers[3]!, world.venues[0]!) }
  await reverse(world, withdrawn)
  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  world.clock.today = sealingDay
  await sealPeriod(world.operator, 1)

  const replay = await world.desk.redeem([accepted!.scan, undone!.scan, refused!.scan, withdrawn.scan])
  expect(replay).toMatchObject([
    { outcome: 'accepted', isReversed: false },
    { outcome: 'accepted', isReversed: true },
    { outcome: 'refused', reason: 'already_used' },
    { outcome: 'refused', reason: 'withdrawn' },
  ])
  const again = await scanAll(world, [undone!.voucher, accepted!.voucher])
  expect(again.map(({ answer }) => answer.outcome)).toEqual(['accepted', 'refused'])
})

test('first answers are deleted when their time is over', async () => {
  const { world } = await givenFrozenMarch({ campaigns: [{ books: 15 }] })
  await sealPeriod(world.operator, 1)
  const left = async (today: string) => {
    world.clock.today = today
    await expireAnswers(world.operator)
    return (await world.sql`select count(*)::int as n from answers`)[0]!.n
  }
  expect(await left('2027-06-30')).toBe(120)
  expect(await left('2027-07-01')).toBe(0)
})

test('a redemption without a voucher stops the sealing before anything is rewritten', async () => {
  const { world, large } = await givenFrozenMarch()
  await world.sql`insert into redemptions select period_id, gen_random_uuid(), campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key
    from redemptions where campaign_id = ${large.id} limit 1`
  const marks = () =>
    world.sql`select count(distinct xmin::text)::int as n from vouchers where campaign_id = ${large.id}`
  const before = await marks()

  await expect(sealPeriod(world.operator, 1)).rejects.toMatchObject({
    code: 'sealing_counts_differ',
    facts: { campaignId: large.id, acceptedCount: 121, foundCount: 120 },
  })
  expect(await marks()).toEqual(before)
  expect(await world.sql`select details from audit_log where action = 'sealing_stopped'`).toHaveLength(1)
})

test('a period is sealed in its time, frozen, reviewed, and after the older ones', async () => {
  const { world } = await givenFrozenMarch()
  await scanAll(world, world.campaigns[1]!.vouchers.slice(20, 25))
  await nextMonth(world, '2026-05-01')
  const refusal = (id: number) =>
    sealPeriod(world.operator, id).then(
      () => 'sealed',
      (error) => error.code,
    )

  world.clock.today = '2026-04-30'
  expect(await refusal(1)).toBe('too_early')
  world.clock.today = '2026-06-10'
  expect(await refusal(3)).toBe('period_is_open')
  expect(await refusal(2)).toBe('period_is_closed')
  await freezeWithoutMoney(world, 2)
  expect(await refusal(2)).toBe('older_period_first')
  await world.sql`delete from statement_lines`
  const [statement] =
    await world.sql`delete from statements where period_id = 1 and organisation_id = ${world.venues[0]!.organisationId} returning *`
  expect(await refusal(1)).toBe('statements_not_frozen')
  await world.sql`insert into statements ${world.sql(statement!)}`
  await world.sql`insert into statement_reviews (organisation_id, venue_id, period_id, reason, opened_on, paid_by)
    values (${world.venues[0]!.organisationId}, ${world.venues[0]!.id}, 1, 'capacity', '2026-04-02', '2026-05-15')`
  expect(await refusal(1)).toBe('reviews_open')
  await world.sql`update statement_reviews set decision = 'paid'`
  expect([await refusal(1), await refusal(2)]).toEqual(['sealed', 'sealed'])
  expect(await refusal(9)).toBe('period_not_found')
})

test('only a coordinator or the operator seals', async () => {
  const { world } = await givenFrozenMarch()
  const { actor } = await givenMember(world.sql, 'funder', '00000000-0000-4000-8000-000000000000')
  const { actor: coordinator } = await givenMember(world.sql, 'coordinator')
  await expect(sealPeriod(world.as(actor), 1)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(sealPeriod(world.as({ kind: 'public' }), 1)).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect((await sealPeriod(world.as(coordinator), 1)).state).toBe('sealed')
})

test('the keyring keeps running totals of a quarter in one record only: two would tell the month between them', async () => {
  const { world, large } = await givenFrozenMarch({ today: '2026-02-10' })
  world.clock.today = '2026-04-02'
  await sealPeriod(world.operator, 1)
  const record = (id: number) => world.keyring.readKeptCounts(id) as { month: string; cells: { span: string }[] }
  expect(new Set(record(1).cells.map(({ span }) => span))).toEqual(new Set(['2026-02', '2026-Q1', '2026']))
  // The second period of this world is April's: another quarter, the same year.
  await scanAll(world, large.vouchers.slice(120, 150))
  await nextMonth(world, '2026-05-02')
  await freezeWithoutMoney(world, 2)
  world.clock.today = '2026-06-01'
  await sealPeriod(world.operator, 2)
  expect(new Set(record(1).cells.map(({ span }) => span))).toEqual(new Set(['2026-02', '2026-Q1']))
  expect(new Set(record(2).cells.map(({ span }) => span))).toEqual(new Set(['2026-04', '2026-Q2', '2026']))
})
