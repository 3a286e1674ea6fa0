import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atGate, createContext, type Phone } from '@carnet/api/shared/context.ts'
import { connectDatabase, connectRaw } from '@carnet/db'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import { sql as query } from 'drizzle-orm'
import postgres, { type Sql } from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { givenEveryone } from '../../helpers/actors.ts'
import { openTables } from '../../helpers/open-tables.ts'
import { type Asker, isOpenToAll, listTables, readAsAsker, takeDownWall } from '../../helpers/walls.ts'

const everyone = await givenEveryone()
const { sql, url, keyring, world, made, own, other } = everyone
const tables = await listTables(sql)
const walled = tables.filter((table) => !isOpenToAll(table)).map(({ name }) => name)
const phoneOf = ({ deviceId, organisationId, id: venueId }: typeof own): Phone => ({
  kind: 'device',
  deviceId,
  organisationId,
  venueId,
})
const now = () => everyone.clock.now

const askers = {
  nobody: { role: '' },
  public: { role: 'public' },
  otherFunder: { role: 'funder', tenant: made.otherFunder! },
  otherManager: { role: 'venue_manager', tenant: other.organisationId },
  otherPrescriber: { role: 'prescriber', tenant: made.otherPrescriber! },
  otherPhone: { role: 'device', tenant: other.organisationId },
  otherPrescriberPhone: { role: 'prescriber_device', tenant: made.otherPrescriber! },
  // A tenant's id in the mouth of another kind of tenant opens nothing.
  funderAsManager: { role: 'venue_manager', tenant: world.ids.funder },
} satisfies Record<string, Asker>
const secretsOf = (asker: keyof typeof askers): string[] => [
  world.ids.funder,
  world.ids.run,
  world.ids.box,
  own.deviceId,
  everyone.iban,
  made.payout!,
  made.prescriber!,
  made.bankAccount!,
  made.stopOrder!,
  everyone.invitationId,
  everyone.colleagueId,
  // Any venue may be shown a voucher of any campaign, and its phones refuse by its rules.
  ...(/Manager|otherPhone/.test(asker) ? [] : [world.ids.campaign]),
]

async function findLeaks(asker: keyof typeof askers): Promise<string[]> {
  const rows = await readAsAsker(sql, askers[asker], walled)
  return [...rows].flatMap(([name, found]) =>
    secretsOf(asker).flatMap((secret) =>
      JSON.stringify(found).includes(secret) ? [`${name} shows ${secret} to ${asker}`] : [],
    ),
  )
}

describe('every table', () => {
  test('is behind the wall for reading, adding, changing and removing', () => {
    const bare = tables.filter(
      ({ isOn, policies }) => !isOn || policies.join() !== ['added', 'changed', 'jobs', 'removed', 'seen'].join(),
    )
    expect(bare.map(({ name }) => name)).toEqual([])
  })

  test('that everybody may read is on the reviewed list, and no other', () => {
    expect(tables.filter(isOpenToAll).map(({ name }) => name)).toEqual(Object.keys(openTables).sort())
  })

  test('is shown to nobody who does not say who asks', async () => {
    const rows = await readAsAsker(
      sql,
      askers.nobody,
      tables.map(({ name }) => name),
    )
    expect([...rows].filter(([name, found]) => found.length > 0 && !(name in openTables))).toEqual([])
  })

  test('of scans is kept from every role but those of the scan functions, its partitions from all', async () => {
    const granted = await sql`
      select g.table_name as name, g.grantee::text from information_schema.table_privileges g join pg_class c on c.relname = g.table_name and c.relnamespace = 'public'::regnamespace
       where g.table_schema = 'public' and (g.grantee = 'PUBLIC' or g.grantee = 'carnet_scan' or (c.relispartition and g.grantee like 'carnet\\_%'))`
    expect([...granted]).toEqual([])
  })
})

describe('a query without its WHERE', () => {
  test.each(Object.keys(askers) as (keyof typeof askers)[])('shows %s nothing of another tenant', async (asker) => {
    expect(await findLeaks(asker)).toEqual([])
  })

  test('shows a tenant its own', async () => {
    const rows = await readAsAsker(sql, { role: 'funder', tenant: world.ids.funder }, walled)
    expect(JSON.stringify([...rows])).toContain(world.ids.campaign)
    const manager = await readAsAsker(sql, { role: 'venue_manager', tenant: own.organisationId }, walled)
    expect(JSON.stringify([...manager])).toContain(everyone.iban)
  })

  test('shows the gate how people and phones sign in, and no tenant’s things', async () => {
    const rows = await readAsAsker(sql, { role: 'gate' }, walled)
    const full = [...rows].flatMap(([name, found]) => (found.length > 0 ? [name] : []))
    expect(full.sort()).toEqual(['api_tokens', 'devices', 'invitations', 'memberships', 'people', 'sessions'])
  })
})

describe('what one may write', () => {
  const as = (asker: Asker, statement: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('role', 'carnet_app', true), set_config('carnet.role', ${asker.role}, true),
        set_config('carnet.tenant', ${asker.tenant ?? ''}, true), set_config('carnet.person', ${asker.person ?? ''}, true)`
      return (await tx.unsafe(statement)).count
    })
  const refused = { code: '42501' }

  test('an auditor changes nothing', async () => {
    const auditor = { role: 'auditor' }
    expect(await as(auditor, "update campaigns set name = 'x'")).toBe(0)
    expect(await as(auditor, 'delete from handouts')).toBe(0)
    await expect(
      as(auditor, `insert into funders (name, kind, created_on) values ('x', 'caf', '2026-01-01')`),
    ).rejects.toMatchObject(refused)
  })

  test('a tenant changes nothing of another, and gives nobody a role over others', async () => {
    const manager = { role: 'venue_manager', tenant: other.organisationId, person: world.people[0]! }
    expect(
      await as(manager, `update bank_accounts set iban = 'x' where organisation_id = '${own.organisationId}'`),
    ).toBe(0)
    expect(await as(manager, `delete from devices where organisation_id = '${own.organisationId}'`)).toBe(0)
    for (const [role, tenant] of [
      ['coordinator', 'null'],
      ['venue_manager', `'${own.organisationId}'`],
      ['funder', `'${other.organisationId}'`],
    ])
      await expect(
        as(
          manager,
          `insert into memberships (person_id, role, tenant_id) values ('${world.people[0]}', '${role}', ${tenant})`,
        ),
      ).rejects.toMatchObject(refused)
  })

  test('a venue applies and is not qualified by itself, a bank account is submitted and not verified', async () => {
    const manager = { role: 'venue_manager', tenant: own.organisationId }
    await expect(
      as(
        manager,
        `insert into venue_qualifications (venue_id, state, valid_from) values ('${own.id}', 'qualified', '2030-01-01')`,
      ),
    ).rejects.toMatchObject(refused)
    expect(await as(manager, `update bank_accounts set state = 'verified', valid_from = '2026-01-01'`)).toBe(0)
    await expect(
      as(manager, `update organisations set siret = '73282932000074' where id = '${own.organisationId}'`),
    ).rejects.toMatchObject(refused)
  })

  test('sign-in gives a role only where an invitation promised it', async () => {
    const give = (role: string, tenant: string) =>
      as(
        { role: 'gate' },
        `insert into memberships (person_id, role, tenant_id) select id, '${role}', '${tenant}' from people where email = 'invited@example.org'`,
      )
    await sql`insert into people (name, email, created_on) values ('Invitée', 'invited@example.org', '2026-03-01') on conflict do nothing`
    await expect(give('funder', world.ids.funder)).rejects.toMatchObject(refused)
    expect(await give('venue_manager', own.organisationId)).toBe(1)
  })
})

describe('a connection', () => {
  test('that goes back to the pool remembers nobody, also after a failure', async () => {
    const { db, end } = connectDatabase(url, { role: 'carnet_app', maxConnections: 1 })
    const manager = createContext({ db, now, keyring, actor: phoneOf(own) })
    const told = query`select coalesce(current_setting('carnet.tenant', true), '') as tenant, current_user as role`
    expect([...(await manager.db.execute(told))]).toEqual([{ tenant: own.organisationId, role: 'carnet_app' }])
    await expect(manager.db.execute(query`select 1 / 0`)).rejects.toThrow()
    await expect(manager.transaction(() => Promise.reject(new Error('stop')))).rejects.toThrow('stop')
    expect([...(await db.execute(told))]).toEqual([{ tenant: '', role: 'carnet_app' }])
    await end()
  })

  test('serves many at once, each with its own tenant', async () => {
    const { db, end } = connectDatabase(url, { role: 'carnet_app', maxConnections: 3 })
    const contexts = [own, other].map((venue) => createContext({ db, now, keyring, actor: phoneOf(venue) }))
    const told = query`select current_setting('carnet.tenant', true) as tenant`
    const answers = await Promise.all(
      Array.from(
        { length: 60 },
        async (_, at) => [...(await contexts[at % 2]!.db.execute<{ tenant: string }>(told))][0]!.tenant,
      ),
    )
    expect(answers).toEqual(answers.map((_, at) => [own, other][at % 2]!.organisationId))
    await end()
  })

  test('is at the gate when a secret is looked up, whoever asks', async () => {
    const { db, end } = connectDatabase(url, { role: 'carnet_app', maxConnections: 1 })
    const gate = atGate({ db, now, keyring, actor: phoneOf(own) })
    const told = query`select current_setting('carnet.role', true) as role, current_setting('carnet.tenant', true) as tenant`
    expect([...(await gate.db.execute(told))]).toEqual([{ role: 'gate', tenant: '' }])
    await end()
  })
})

/** What must be true on the server that Carnet ships and on any other. */
async function expectHeldRoles(owner: Sql): Promise<void> {
  const roles = await owner`
    select rolname, rolsuper, rolbypassrls, rolcanlogin,
           exists (select from pg_class where relowner = r.oid) or exists (select from pg_proc where proowner = r.oid) as "ownsSomething"
      from pg_roles r where rolname in ('carnet_app', 'carnet_jobs', 'carnet_scan') order by 1`
  const powers = { rolsuper: false, rolbypassrls: false, rolcanlogin: false, ownsSomething: false }
  expect([...roles]).toEqual(['carnet_app', 'carnet_jobs', 'carnet_scan'].map((rolname) => ({ rolname, ...powers })))
  expect((await listTables(owner)).filter(({ isOn }) => !isOn)).toEqual([])
}

describe('the roles', () => {
  test('own nothing and pass no wall', () => expectHeldRoles(sql))

  test('of scans runs its functions and nothing else', async () => {
    const functions = await sql`
      select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace
         and has_function_privilege('carnet_scan', p.oid, 'execute') and not exists (
           select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`
    expect(functions.map(({ name }) => name)).toEqual([
      'check_scans',
      'correct_scan',
      'find_scan',
      'live_periods',
      'redeem_scans',
      'reverse_scan',
    ])
    const scans = connectRaw(url, { role: 'carnet_scan', maxConnections: 1 })
    for (const { name } of tables)
      await expect(scans.unsafe(`select * from ${name} limit 1`), name).rejects.toMatchObject({ code: '42501' })
    await scans.end()
  })

  test('are as weak on a database of one’s own, whose owner is no superuser', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'postgres-'))
    const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } })
    afterAll(async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    })
    const admin = postgres(server.url, { max: 1, onnotice: () => {} })
    await admin`create role theirs login createrole password 'theirs'`
    await admin`create database theirs owner theirs`
    await admin.end()
    const external = new URL(server.url)
    Object.assign(external, { username: 'theirs', password: 'theirs', pathname: '/theirs' })
    await migrateDatabase(external.href)
    const owner = postgres(external.href, { max: 1, onnotice: () => {} })
    await expectHeldRoles(owner)
    await owner`insert into funders (name, kind, created_on) values ('Une commune', 'commune', '2026-01-01')`
    const { db, end } = connectDatabase(external.href, { role: 'carnet_app' })
    const count = query`select count(*)::int as funders from funders`
    expect([...(await db.execute(count))]).toEqual([{ funders: 0 }])
    const operator = createContext({ db, now, keyring, actor: { kind: 'operator' } })
    expect([...(await operator.db.execute(count))]).toEqual([{ funders: 1 }])
    await end()
    await owner.end()
  })
})

/** A rule that looks at other rows as whoever writes would see its writer's rows alone, and let the rest pass. */
test('rules that look at rows look at all of them', async () => {
  const reviewed = {
    transfers_stay_in_their_pool: 'runs inside post_transfers, as the owner',
    cells_come_with_their_release: 'looks at releases, which everybody reads',
  }
  const callers = await sql`
    select distinct p.proname as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid
     where not t.tgisinternal and not p.prosecdef and p.prosrc ~* '\\m(from|join|into strict \\w+ from)\\s+(?!added|unnest|generate)[a-z_]+' and p.prosrc !~* 'is distinct\\s+from'`
  expect(callers.map(({ name }) => name).filter((name) => !(name in reviewed))).toEqual([])
})

test('without the wall the same queries show all of it', async () => {
  await takeDownWall(sql)
  for (const asker of Object.keys(askers) as (keyof typeof askers)[])
    expect((await findLeaks(asker)).length, asker).toBeGreaterThan(8)
})
