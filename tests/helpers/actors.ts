import { randomUUID } from 'node:crypto'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { createTestApp } from './app.ts'
import { givenMember } from './members.ts'
import { givenScanWorld, worldToday } from './scan-world.ts'

export const actorNames = [
  'public',
  'coordinator',
  'finance',
  'funder',
  'otherFunder',
  'manager',
  'otherManager',
  'prescriber',
  'otherPrescriber',
  'auditor',
  'phone',
  'otherPhone',
] as const
export type ActorName = (typeof actorNames)[number]
type Headers = Record<string, string>

/**
 * One of everything that a route can name, with everyone who may ask for it: its own tenant, another tenant, those without a
 * tenant, and nobody.
 */
export async function givenEveryone(options: Parameters<typeof createTestApp>[0] = {}) {
  const test = await createTestApp(options)
  const { sql, keyring, clock } = test
  clock.now = new Date(`${worldToday}T09:00:00Z`)
  const world = await givenScanWorld(sql, keyring)
  const { ids, venues, people } = world
  const [own, other] = venues as [(typeof venues)[0], (typeof venues)[0]]
  const made = Object.fromEntries(
    [
      'otherFunder',
      'prescriber',
      'otherPrescriber',
      'batch',
      'payout',
      'bankAccount',
      'stopOrder',
      'gap',
      'move',
      'bookRequest',
    ].map((name) => [name, randomUUID()]),
  ) as Record<string, string>
  const iban = 'FR1420041010050500013M02606'
  await sql`insert into funders (id, name, kind, created_on) values (${made.otherFunder!}, 'Autre', 'commune', '2026-01-01')`
  for (const name of ['prescriber', 'otherPrescriber'])
    await sql`insert into prescribers (id, name, created_on) values (${made[name]!}, ${name}, '2026-01-01')`
  await sql`update boxes set prescriber_id = ${made.prescriber!} where id = ${ids.box}`
  await sql`insert into handouts values (${made.prescriber!}, ${ids.campaign}, '2026-03-01', 1)`
  await sql`insert into bank_accounts (id, organisation_id, iban, bic, holder_name, submitted_at, submitted_by)
    values (${made.bankAccount!}, ${own.organisationId}, ${iban}, 'PSSTFRPP', 'Structure', now(), ${people[0]!})`
  await sql`insert into statements (organisation_id, period_id, number, voucher_count, total_cents, netted_cents, frozen_on)
    values (${own.organisationId}, 1, 1, 1, 1000, 0, ${worldToday})`
  await sql`insert into payment_batches (id, number, prepared_by, prepared_on, executes_on)
    values (${made.batch!}, 1, ${people[0]!}, ${worldToday}, '2026-03-16')`
  const payee = { iban, bic: 'PSSTFRPP', holderName: 'Structure', siret: null, legalName: 'Structure' }
  await sql`insert into payouts (id, batch_id, organisation_id, paying_account_id, amount_cents, end_to_end_id, bank_account_id, payee)
    values (${made.payout!}, ${made.batch!}, ${own.organisationId}, ${ids.account}, 1000, 'e2e', ${made.bankAccount!}, ${sql.json(payee)})`
  await sql`insert into stop_orders (id, campaign_id, first_cover, last_cover, reason, ordered_on)
    values (${made.stopOrder!}, ${ids.campaign}, 1, 1, 'lost', ${worldToday})`

  await sql`insert into delivery_gaps (id, box_id, campaign_id, first_cover, last_cover, reported_by, reported_on)
    values (${made.gap!}, ${ids.box}, ${ids.campaign}, 3, 3, ${people[0]!}, ${worldToday})`
  await sql`insert into stock_moves (id, campaign_id, first_cover, last_cover, from_prescriber_id, declared_by, declared_on)
    values (${made.move!}, ${ids.campaign}, 4, 4, ${made.prescriber!}, ${people[0]!}, ${worldToday})`
  await sql`insert into book_requests (id, prescriber_id, campaign_id, books, requested_by, requested_on)
    values (${made.bookRequest!}, ${made.prescriber!}, ${ids.campaign}, 5, ${people[0]!}, ${worldToday})`

  const members = {
    coordinator: await givenMember(sql, 'coordinator'),
    finance: await givenMember(sql, 'finance_approver'),
    funder: await givenMember(sql, 'funder', ids.funder),
    otherFunder: await givenMember(sql, 'funder', made.otherFunder!),
    manager: await givenMember(sql, 'venue_manager', own.organisationId),
    otherManager: await givenMember(sql, 'venue_manager', other.organisationId),
    prescriber: await givenMember(sql, 'prescriber', made.prescriber!),
    otherPrescriber: await givenMember(sql, 'prescriber', made.otherPrescriber!),
    auditor: await givenMember(sql, 'auditor'),
  }
  const headersOf: Record<ActorName, Headers> = {
    public: {},
    coordinator: members.coordinator.headers,
    finance: members.finance.headers,
    funder: members.funder.headers,
    otherFunder: members.otherFunder.headers,
    manager: members.manager.headers,
    otherManager: members.otherManager.headers,
    prescriber: members.prescriber.headers,
    otherPrescriber: members.otherPrescriber.headers,
    auditor: members.auditor.headers,
    phone: { authorization: `Bearer ${own.token}` },
    otherPhone: { authorization: `Bearer ${other.token}` },
  }
  await sql`update print_runs set requested_by = ${members.coordinator.personId}`
  const coordinator = members.coordinator.actor
  const [token] = await sql`insert into api_tokens (token_hash, membership_id, label, scopes, created_on, expires_on)
    values ('\\x01', ${coordinator.membershipId}, 'spare', '{"*"}', '2026-01-01', '2099-01-01')
    returning id`
  const [version] = await sql`select id from catalogue_versions`
  const [invitation] = await sql`insert into invitations
      (email, name, role, tenant_id, language, invited_on, sent_on, expires_on)
    values ('invited@example.org', 'Invitée', 'venue_manager', ${own.organisationId}, 'fr', '2026-03-01', '2026-03-01', '2026-03-15')
    returning id`
  const colleague = await givenMember(sql, 'venue_manager', own.organisationId)
  const ageRecipient = await identityToRecipient(await generateIdentity())
  return {
    ...test,
    world,
    made,
    own,
    other,
    iban,
    headersOf,
    ageRecipient,
    tokenId: token!.id as string,
    invitationId: invitation!.id as string,
    colleagueId: colleague.membershipId,
    versionId: version!.id as string,
  }
}
