import { expect, test, vi } from 'vitest'
import { givenEndingWorld } from '../../helpers/ending-world.ts'
import { type Mutant, mutantOf } from '../../helpers/mutants.ts'

/*
 * Each guard of what is signed has an attack. It fails on the real system and works as soon as that one guard is taken out.
 */
const { mutable, without } = await vi.hoisted(() => import('../../helpers/without-guard.ts'))

vi.mock('@carnet/api/amendments/amendment.ts', async (load) =>
  mutable(await load<object>(), {
    checkSigner: { guard: 'two people sign an amendment', instead: () => {} },
    checkAmendment: { guard: 'an amendment is possible when it is signed', instead: () => {} },
    needsSignatures: { guard: 'funders sign what they agreed to', instead: () => false },
  }),
)
vi.mock('@carnet/api/endings/blocking-plan.ts', async (load) => {
  const real = await load<typeof import('@carnet/api/endings/blocking-plan.ts')>()
  const planOf: typeof real.planOf = (...args) => ({ ...real.planOf(...args), sha256: '0'.repeat(64) })
  return mutable(real, { planOf: { guard: 'the list that was shown is the one that is approved', instead: planOf } })
})
vi.mock('@carnet/api/campaigns/ending.ts', async (load) =>
  mutable(await load<object>(), { hasBegun: { guard: 'the days of the end', instead: () => true } }),
)
vi.mock('@carnet/api/endings/joint-statement.ts', async (load) =>
  mutable(await load<object>(), { checkSigning: { guard: 'the text that was shown is signed', instead: () => {} } }),
)

const world = await givenEndingWorld()
const { sql, people, funders, post, givenOpen, coversOf, declare, approve, at } = world
const campaignId = await givenOpen()
const first = await coversOf(campaignId)
const start = '2026-03-10'
const isDone = async (reply: Promise<{ status: number }>) => (await reply).status < 300
const sign = (id: string, as = people.state) => post(`/amendments/${id}/signature`, undefined, as)
const propose = async (asked: object, of = campaignId, as = people.coordinator) =>
  (await post(`/campaigns/${of}/amendments`, { reason: 'Un été de plus', ...asked }, as)).body.id as string

/** The same person in another role, for one act. */
async function asFunder<Result>(
  { membershipId }: { membershipId: string },
  act: () => Promise<Result>,
): Promise<Result> {
  await sql`update memberships set role = 'funder', tenant_id = ${funders.state.id} where id = ${membershipId}`
  try {
    return await act()
  } finally {
    await sql`update memberships set role = 'coordinator', tenant_id = null where id = ${membershipId}`
  }
}

async function givenStatement(): Promise<{ id: string; sha256: string }> {
  const [number] = await sql`select count(*)::int + 1 as next from joint_statements`
  const [made] = await sql`insert into joint_statements (campaign_id, funder_id, number, content, sha256, made_on)
    values (${campaignId}, ${funders.state.id}, ${number!.next}, '{}', ${'a'.repeat(64)}, ${start}) returning id, sha256`
  return made as { id: string; sha256: string }
}

const attacks: Record<string, () => Promise<boolean>> = {
  'two people sign an amendment': async () => {
    const id = await propose({ kind: 'top_up', budgetedBooks: 90_000 })
    const signed = await asFunder(people.coordinator, () => isDone(sign(id, people.coordinator)))
    await post(`/amendments/${id}/withdrawal`)
    return signed
  },
  'funders sign what they agreed to': async () => {
    const id = await propose({ kind: 'top_up', budgetedBooks: 99_000 })
    const [amendment] = await sql`select state from amendments where id = ${id}`
    await post(`/amendments/${id}/withdrawal`)
    return amendment!.state === 'agreed'
  },
  'the days of the end': async () => {
    at('2026-06-14')
    const early = await isDone(post(`/campaigns/${campaignId}/late-handouts-signature`, undefined, people.state))
    const left = (await declare(campaignId, [[first, first]])).books === 1
    at(start)
    return early || left
  },
  'the list that was shown is the one that is approved': async () => {
    at('2026-06-16')
    await declare(campaignId, [[first, first + 1]])
    const shown = (await world.endingOf(campaignId)).blocking.sha256
    await declare(campaignId, [[first, first + 9]])
    const approved = await approve(campaignId, shown)
    at(start)
    return !('code' in approved)
  },
  'the text that was shown is signed': async () => {
    const { id } = await givenStatement()
    return isDone(post(`/joint-statements/${id}/signature`, { sha256: 'b'.repeat(64) }, people.state))
  },
  'an amendment is possible when it is signed': async () => {
    const id = await propose({ kind: 'cancellation', endsOn: '2026-05-31' })
    await sign(id)
    at('2026-05-20')
    const signed = await isDone(sign(id, people.city))
    at(start)
    await post(`/amendments/${id}/withdrawal`)
    return signed
  },
}

test.each(Object.entries(attacks))('%s', async (guard, attack) => {
  expect(await attack()).toBe(false)
  expect(await without(guard, attack), 'the attack works without its guard').toBe(true)
})

test('what the database holds of it, each rule by itself', async () => {
  const { id } = await givenStatement()
  await sql`update joint_statements set signer_id = ${people.state.personId}, funder_signed_on = ${start} where id = ${id}`
  const tries = (change: string) =>
    sql
      .begin(async (tx) => {
        await tx.unsafe(change)
        throw new Error('it passed')
      })
      .catch((error: Error) => error.message === 'it passed')
  const only = 'joint_statements_are_only_signed'
  const rules: (readonly [Mutant, string])[] = [
    [
      mutantOf('an earlier last day is signed', 'an_open_campaign_keeps_its_terms', [
        'new.ends_on < old.ends_on',
        'false',
      ]),
      `update campaigns set ends_on = '2026-05-01' where id = '${campaignId}'`,
    ],
    [
      mutantOf('a budget is not lowered', 'an_open_campaign_keeps_its_terms', [
        'new.budgeted_books < old.budgeted_books',
        'false',
      ]),
      `update campaigns set budgeted_books = 100 where id = '${campaignId}'`,
    ],
    [
      mutantOf('a text stays', only, ['new.content,', 'old.content,']),
      `update joint_statements set content = '{"used": 0}' where id = '${id}'`,
    ],
    [
      mutantOf('who signed stays', only, ['old.signer_id is not null', 'false']),
      `update joint_statements set signer_id = '${people.city.personId}' where id = '${id}'`,
    ],
  ]
  for (const [mutant, change] of rules) {
    expect(await tries(change), change).toBe(false)
    const mend = await mutant.apply(sql)
    expect(await tries(change).finally(mend), mutant.name).toBe(true)
  }
})
