import { expect, test } from 'vitest'
import { liveRandomly } from '../../helpers/money-lives.ts'
import { expectEveryKind, proveMoney } from '../../helpers/money-proof.ts'
import { givenMoneyWorld } from '../../helpers/money-world.ts'
import { mutantOf } from '../../helpers/mutants.ts'

const runs = 100
const world = await givenMoneyWorld()

test(`${runs} other random lives: every invariant holds after each event, and everything that can happen did`, async () => {
  expectEveryKind(await proveMoney(world, { runs, seed: 20_261_123 }))
}, 1_800_000)

const asked = `t."amountCents", t."voucherCount", t."periodId", t."documentRef",\n         sha256`
const aCentLessOf = (kind: string) =>
  mutantOf(`${kind}: a cent less`, 'transfers_asked', [
    asked,
    asked.replace(`t."amountCents"`, `t."amountCents" + case t.kind when '${kind}' then -1 else 0 end`),
  ])
const forgotten = (kind: string, debit: string) =>
  mutantOf(`${kind}: its debit of ${debit} is forgotten`, 'transfers_asked', [
    'side (debit, credit)',
    `side (debit, credit) where t.kind <> '${kind}' or d.kind <> '${debit}'`,
  ])

test.each([
  { mutant: aCentLessOf('reversal_after_freezing'), at: /^After reverseFrozen/ },
  { mutant: aCentLessOf('correction_after_sealing'), at: /^After correct/ },
  { mutant: aCentLessOf('box_revoked'), at: /^After revoke/ },
  { mutant: forgotten('paid_from_reserve', 'bank'), at: /^After payFromReserve/ },
  { mutant: aCentLessOf('funding_unmatched'), at: /^After suspend/ },
])('at the event that breaks it they see $mutant.name', async ({ mutant, at }) => {
  const mend = await mutant.apply(world.sql)
  const lives = liveRandomly(world, { runs: 20, eventsPerRun: 60, seed: 11 })
  await expect(lives.finally(mend)).rejects.toMatchObject({ cause: { message: expect.stringMatching(at) } })
})
