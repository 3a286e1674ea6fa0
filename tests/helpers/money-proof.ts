import { annualAccount, annualLines, signs } from '@carnet/api/accounting/annual-account.ts'
import { listFunderMoves } from '@carnet/api/accounting/annual-queries.ts'
import { listBalancesOn } from '@carnet/api/treasury/balance-queries.ts'
import { transferKind } from '@carnet/db'
import { expect } from 'vitest'
import { lifeKinds } from './money-life.ts'
import { type Lived, liveRandomly } from './money-lives.ts'
import type { MoneyWorld } from './money-world.ts'

/** So many lives of 60 events of money by chance, all invariants checked after each, the accounts of the funders after each life. */
export async function proveMoney(world: MoneyWorld, { runs, seed }: { runs: number; seed: number }): Promise<Lived> {
  return liveRandomly(world, { runs, seed, eventsPerRun: 60, onLife: () => expectAnnualAccounts(world) })
}

/** Lives in which something never happens prove nothing of it. */
export function expectEveryKind({ happened, transfers, refusals }: Lived): void {
  expect(lifeKinds.filter((kind) => !happened[kind])).toEqual([])
  expect(transferKind.enumValues.filter((kind) => !transfers[kind])).toEqual([])
  expect(refusals).toBeGreaterThan(0)
}

/** Each funder's account of the year leads to what the ledger says, to the cent. */
async function expectAnnualAccounts(world: MoneyWorld): Promise<void> {
  const balances = await listBalancesOn(world.db, { asOf: '2026-12-31' })
  const funderIds = new Set(balances.flatMap(({ funderId }) => funderId ?? []))
  expect(funderIds.size).toBe(3)
  for (const funderId of funderIds) {
    const span = { funderId, from: '2026-01-01', until: '2026-12-31' }
    const { campaigns, whole } = annualAccount(await listFunderMoves(world.db, span), [])
    const own = balances.filter((one) => one.funderId === funderId)
    for (const year of [...campaigns, whole]) {
      const led = annualLines.reduce((sum, line) => sum + (signs[line] ?? 0) * year[line], 0)
      expect([led, year.availableCents + year.issuedCents + year.expiredCents]).toEqual(
        Array(2).fill(year.closingCents),
      )
    }
    for (const [kind, line] of [
      ['available', 'availableCents'],
      ['issued', 'issuedCents'],
      ['expired', 'expiredCents'],
    ] as const)
      expect(whole[line]).toBe(
        own.filter((one) => one.kind === kind).reduce((sum, { balanceCents }) => sum + balanceCents, 0),
      )
  }
}
