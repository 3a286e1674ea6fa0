import type * as ContextModule from '@carnet/api/shared/context.ts'
import { describe, expect, test, vi } from 'vitest'
import type { ActorName } from '../../helpers/actors.ts'
import { givenEveryRoute } from '../../helpers/every-route.ts'
import { ownTotalCents, privateThings } from '../../helpers/private-things.ts'
import { findLoose, takeDownWall } from '../../helpers/walls.ts'

/*
 * The mutant of the first wall: the application forgets whose the asker is, so that no filter by tenant is left and every
 * `requireOwn` lets pass. The database is still told, by the one place that all statements go through.
 */
vi.mock('@carnet/api/shared/context.ts', async (original) => {
  const real = await original<typeof ContextModule>()
  const createContext: typeof real.createContext = (parts, scope) => {
    const ctx = real.createContext(parts, scope)
    return ctx.actor.kind === 'person' ? { ...ctx, tenant: null, actor: { ...ctx.actor, tenantId: null } } : ctx
  }
  return { ...real, createContext }
})

const everyone = await givenEveryRoute()
const { operations, ask, sql } = everyone
const secrets = privateThings(everyone)
await sql`update statements set total_cents = ${ownTotalCents}`
const foreign = [
  'public',
  'otherFunder',
  'otherManager',
  'otherPrescriber',
  'otherPhone',
] as const satisfies readonly ActorName[]
const owners = ['funder', 'manager', 'prescriber', 'phone'] as const satisfies readonly ActorName[]
/** The demo shows its whole world, and is in no production. */
const routes = [...operations.keys()].filter((route) => route.startsWith('GET ') && route !== 'GET /api/v1/demo')

/** What each asker reads of others, by every GET route, with their ids in the address. */
async function readAll() {
  const leaks: string[] = []
  const broken: string[] = []
  let answered = 0
  for (const route of routes)
    for (const actor of [...foreign, ...owners]) {
      const { response, text } = await ask(route, actor)
      if (response.status >= 500) broken.push(`${route} as ${actor}: ${text.slice(0, 120)}`)
      if (response.status === 200) answered++
      for (const [thing, id] of secrets[actor] ?? [])
        if (text.includes(id)) leaks.push(`${route} tells ${actor} of a ${thing}`)
    }
  return { leaks, broken, answered }
}

describe('without the filters of the application', () => {
  test('every GET route × every tenant reads no row of another, and breaks nowhere', async () => {
    const { leaks, broken, answered } = await readAll()
    expect(leaks).toEqual([])
    expect(broken).toEqual([])
    expect(answered).toBeGreaterThan(60)
  })

  test('and without the wall either, many routes do: this test can fail', async () => {
    await takeDownWall(sql)
    const { leaks } = await readAll()
    const told = new Set(leaks.map((leak) => leak.split(' tells ')[0]))
    expect(told.size).toBeGreaterThan(12)
    for (const actor of ['otherFunder', 'otherManager', 'otherPrescriber'])
      expect(leaks.filter((leak) => leak.includes(` ${actor} `)).length, actor).toBeGreaterThan(2)
  })
})

test('functions that pass the wall look where they say, and nobody runs one who was not named', async () => {
  expect([...(await findLoose(sql))]).toEqual([])
  for (const [name, change] of [
    ['own_campaigns', 'alter function own_campaigns reset search_path'],
    ['own_campaigns', 'alter function own_campaigns set search_path = public, pg_catalog'],
    ['post_transfers', 'grant execute on function post_transfers to public'],
  ] as const) {
    const loosened = sql.begin(async (tx) => {
      await tx.unsafe(change)
      throw new Error([...new Set((await findLoose(tx)).map((loose) => loose.name))].join())
    })
    await expect(loosened, change).rejects.toThrow(name)
  }
})
