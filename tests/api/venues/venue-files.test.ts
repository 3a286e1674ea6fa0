import { readFileSync } from 'node:fs'
import { createContext } from '@carnet/api/shared/context.ts'
import { loadTerritories } from '@carnet/api/territories/load-territories.ts'
import { importVenues } from '@carnet/api/venues/import-venues.ts'
import { readStandardCsv, writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
import {
  addVenueFile,
  cancelVenueImport,
  decideDuplicates,
  resumeCheck,
  startVenueImport,
} from '@carnet/api/venues/venue-file.ts'
import { getVenueFile } from '@carnet/api/venues/venue-file-queries.ts'
import { beforeAll, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'

const seed = readFileSync(new URL('../../../db/seeds/venues-16.csv', import.meta.url), 'utf8')
const seedRows = readStandardCsv(seed).rows.map(({ cells }) => cells)
const { db, sql, keyring, clock } = await createTestApp()
const as = (actor: Parameters<typeof createContext>[0]['actor']) =>
  createContext({ db, keyring, now: () => clock.now, actor })
const operator = as({ kind: 'operator' })
const ctx = as((await givenMember(sql, 'coordinator')).actor)
const auditor = as((await givenMember(sql, 'auditor')).actor)

const begin = (csv: string) => addVenueFile(ctx, { name: 'lieux.csv', bytes: Buffer.from(csv) })
const upload = async (rows: Record<string, string>[]) => {
  const { id, done } = await begin(writeStandardCsv(rows))
  await done
  return id
}
const apply = async (id: string) => {
  await (await startVenueImport(ctx, id)).done
  return getVenueFile(ctx.db, id)
}
const everything = () => sql`select * from venues order by id`
const named = (nom: string) => seedRows.find((row) => row.nom === nom)!
/** The same place as another programme would write it down. */
const twin = { ...named('APEJ'), id: 'other-7', nom: 'A.P.E.J. – APEJ Cognac', telephone: '+33545000000', horaires: '' }
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...named('APEJ'),
    id: `m${at}`,
    nom: `Lieu ${at}`,
    adresse: `${at} rue ${at}`,
  }))

beforeAll(async () => {
  await loadTerritories(operator)
  await importVenues(operator, seed, { commit: true })
})

test('a file is checked and nothing of it is written; only a coordinator does that', async () => {
  const before = await everything()
  const id = await upload([...seedRows, twin, { ...named('APEJ'), id: 'x', latitude: '45,6' }])
  expect(await getVenueFile(ctx.db, id)).toMatchObject({
    state: 'checked',
    report: { rows: 42, unchanged: 40, aside: 1, refused: 1, errorCount: 1, duplicateCount: 1 },
  })
  expect(await everything()).toEqual(before)
  await expect(addVenueFile(auditor, { name: 'x', bytes: Buffer.from(seed) })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  for (const act of [startVenueImport, cancelVenueImport, resumeCheck])
    await expect(act(auditor, id)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(decideDuplicates(auditor, id, {})).rejects.toMatchObject({ kind: 'forbidden' })
})

test('a possible duplicate waits; the same place is updated and keeps all it had; another is added', async () => {
  const [venue] = await sql`select id, opening_hours from venues where name = 'APEJ'`
  await sql`update venues set offers_all_services = false, opening_hours = 'Mo 09:00-12:00',
    standard_row = standard_row || '{"horaires": "Mo 09:00-12:00"}' where id = ${venue!.id}`
  await sql`insert into venue_qualifications (venue_id, state, valid_from) values (${venue!.id}, 'qualified', '2026-01-01')`

  const waiting = await apply(await upload([twin]))
  expect(waiting).toMatchObject({ state: 'applied', report: { isCommitted: true, aside: 1, created: 0 } })

  const same = await upload([twin])
  await decideDuplicates(ctx, same, { 2: venue!.id, 3: 'new' })
  expect(await apply(same)).toMatchObject({ report: { updated: 1, created: 0, duplicateCount: 0 } })
  const [after] = await sql`select * from venues where id = ${venue!.id}`
  expect(after).toMatchObject({
    ...{ standard_id: named('APEJ').id, name: twin.nom, opening_hours: 'Mo 09:00-12:00', offers_all_services: false },
    standard_row: { telephone: '+33545000000' },
  })
  expect(await sql`select state from venue_qualifications where venue_id = ${venue!.id}`).toEqual([
    { state: 'qualified' },
  ])

  // Said once: the other source's id is known from now on.
  expect(await apply(await upload([twin]))).toMatchObject({ report: { unchanged: 1, duplicateCount: 0 } })

  const other = await upload([{ ...twin, id: 'other-8' }])
  await decideDuplicates(ctx, other, { 2: 'new' })
  expect(await apply(other)).toMatchObject({ report: { created: 1 } })
})

test('two rows of one venue build on each other', async () => {
  const rows = [
    { ...twin, presentation_resume: 'Des ateliers' },
    { ...named('APEJ'), nom: 'APEJ, deux fois' },
  ]
  expect(await apply(await upload(rows))).toMatchObject({ report: { rows: 2, updated: 2 } })
  const [row] =
    await sql`select name, standard_row ->> 'presentation_resume' as says from venues where standard_id = ${twin.id} or name = 'APEJ, deux fois'`
  expect(row).toEqual({ name: 'APEJ, deux fois', says: 'Des ateliers' })
})

test('a decision that is none of the choices is passed over', async () => {
  const id = await upload([{ ...twin, id: 'other-9' }])
  const [{ id: stranger }] = (await sql`select id from venues where name like 'UDAF%'`) as unknown as [{ id: string }]
  await decideDuplicates(ctx, id, { 2: stranger, 99: 'new' })
  expect((await getVenueFile(ctx.db, id)).decisions).toEqual({})
  expect(await apply(id)).toMatchObject({ report: { aside: 1 } })
  await expect(decideDuplicates(ctx, id, {})).rejects.toMatchObject({ code: 'venue_import_is_applied' })
})

test('of two people who import one file at once one does, and it is imported once', async () => {
  const id = await upload(many(30))
  await decideDuplicates(ctx, id, Object.fromEntries(Array.from({ length: 40 }, (_, at) => [at, 'new'])))
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => startVenueImport(ctx, id)))
  const [mine] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await mine!.done
  expect((await getVenueFile(ctx.db, id)).state).toBe('applied')
  await expect(startVenueImport(ctx, id)).rejects.toMatchObject({ code: 'venue_import_is_applied' })
  await expect(cancelVenueImport(ctx, id)).rejects.toMatchObject({ code: 'venue_import_is_applied' })
})

test('one that is cancelled while it runs leaves everything as it was, with the file', async () => {
  const before = await everything()
  const [{ count: organisations }] = (await sql`select count(*)::int from organisations`) as unknown as [
    { count: number },
  ]
  const id = await upload(
    many(1500).map((row) => ({ ...row, id: `c${row.id}`, pivot: '0'.repeat(14), adresse: `${row.adresse} bis` })),
  )
  await decideDuplicates(ctx, id, Object.fromEntries(Array.from({ length: 1502 }, (_, at) => [at, 'new'])))
  const { done } = await startVenueImport(ctx, id)
  await cancelVenueImport(ctx, id)
  await done
  expect(await getVenueFile(ctx.db, id)).toMatchObject({ state: 'cancelled' })
  expect(await everything()).toEqual(before)
  expect((await sql`select count(*)::int from organisations`)[0]).toEqual({ count: organisations })
  expect(await sql`select content from venue_imports where id = ${id}`).toEqual([{ content: null }])
})

test('one that was cut off wrote nothing and is started again after two minutes, not before', async () => {
  const id = await upload([named('APEJ')])
  await sql`update venue_imports set state = 'running' where id = ${id}`
  await expect(startVenueImport(ctx, id)).rejects.toMatchObject({ code: 'venue_import_is_running' })
  await sql`update venue_imports set touched_at = touched_at - interval '121 seconds' where id = ${id}`
  expect(await apply(id)).toMatchObject({ state: 'applied', report: { rows: 1 } })
})

test('one that fails half-way wrote nothing, says why and may be tried again', async () => {
  const id = await upload(many(3).map((row) => ({ ...row, id: `f${row.id}`, adresse: `${row.adresse} ter` })))
  await decideDuplicates(ctx, id, { 2: 'new', 3: 'new', 4: 'new' })
  const before = await everything()
  await sql`alter table venues add constraint broken check (standard_id <> 'fm2')`
  await expect(apply(id)).rejects.toThrow()
  expect(await getVenueFile(ctx.db, id)).toMatchObject({ state: 'failed', failure: 'internal' })
  expect(await everything()).toEqual(before)
  await sql`alter table venues drop constraint broken`
  expect(await apply(id)).toMatchObject({ state: 'applied', report: { created: 3 } })
})

test('a check says how far it is, and one that is cancelled forgets its file', async () => {
  const seen: number[] = []
  const { id, done } = await begin(writeStandardCsv(many(1100).map((row) => ({ ...row, id: `k${row.id}` }))))
  for (let isDone = false; !isDone; ) {
    isDone = await Promise.race([done.then(() => true), new Promise<false>((turn) => setTimeout(turn, 5, false))])
    const { state, rowsDone, report } = await getVenueFile(ctx.db, id)
    if (state === 'checking' && rowsDone > 0) seen.push(report.rows)
  }
  expect(new Set(seen)).toEqual(new Set([1100]))

  const other = await begin(writeStandardCsv(many(1100)))
  await cancelVenueImport(ctx, other.id)
  await other.done
  expect(await getVenueFile(ctx.db, other.id)).toMatchObject({ state: 'cancelled', failure: null })
  expect(await sql`select content from venue_imports where id = ${other.id}`).toEqual([{ content: null }])
  await expect(startVenueImport(ctx, other.id)).rejects.toMatchObject({ code: 'venue_import_is_cancelled' })
})

test('a check that was cut off is done again after two minutes, once however many ask', async () => {
  const { id, done } = await begin(writeStandardCsv([named('APEJ')]))
  await done
  await sql`update venue_imports set state = 'checking' where id = ${id}`
  await expect(startVenueImport(ctx, id)).rejects.toMatchObject({ code: 'venue_import_is_checking' })
  await expect(resumeCheck(ctx, id)).rejects.toMatchObject({ code: 'venue_import_is_checking' })
  await sql`update venue_imports set touched_at = touched_at - interval '121 seconds' where id = ${id}`
  const asked = await Promise.allSettled([1, 2, 3].map(() => resumeCheck(ctx, id)))
  const mine = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.done] : []))
  expect(mine).toHaveLength(1)
  await mine[0]
  expect(await getVenueFile(ctx.db, id)).toMatchObject({ state: 'checked', report: { rows: 1 } })
})

test('a file that breaks further down is forgotten, and why is said', async () => {
  const whole = writeStandardCsv(many(300))
  const { id, done } = await begin(`${whole}x"`)
  await done
  expect(await getVenueFile(ctx.db, id)).toMatchObject({ state: 'cancelled', failure: 'not_a_csv' })
  await expect(begin('PK\u0003\u0004')).rejects.toMatchObject({ code: 'file_is_a_workbook' })
})
