import type { Day } from '../shared/days.ts'
import { type Cents, sumCents } from '../shared/money.ts'
import type { PoolMove } from './pool-queries.ts'

/*
 * A pool is the money of one campaign on a paying account; one more holds what is no campaign's. What it has, in the bank and
 * to recover, is always what it is there for. Pure.
 */

export type Sums = {
  bankCents: Cents
  /** Of organisations, covered by the operator's reserve. */
  owesCents: Cents
  /** Payable and in payment. */
  owedCents: Cents
  issuedCents: Cents
  /** Available and expired: to spend, or to give back. */
  freeCents: Cents
  /** The operator's reserve and money in suspense. */
  apartCents: Cents
}
export type PoolOn = Sums & Pick<PoolMove, 'payingAccountId' | 'account' | 'campaignId' | 'campaign'>

const columnOf: Record<PoolMove['kind'], keyof Sums> = {
  bank: 'bankCents',
  owes: 'owesCents',
  payable: 'owedCents',
  in_payment: 'owedCents',
  issued: 'issuedCents',
  available: 'freeCents',
  expired: 'freeCents',
  reserve: 'apartCents',
  suspense: 'apartCents',
}
const zero = 0 as Cents
const nothing: Sums = {
  ...{ bankCents: zero, owesCents: zero, owedCents: zero },
  ...{ issuedCents: zero, freeCents: zero, apartCents: zero },
}
const columns = Object.keys(nothing) as (keyof Sums)[]

export const sumPools = (pools: readonly Sums[]): Sums =>
  Object.fromEntries(columns.map((of) => [of, sumCents(pools.map((pool) => pool[of]))])) as Sums

/** The pools as they stood at the end of each of the days, from what moved before and between them. */
export function poolsOnDays(moves: readonly PoolMove[], days: readonly Day[]): { on: Day; pools: PoolOn[] }[] {
  return days.map((on, day) => {
    const pools = new Map<string, PoolOn>()
    for (const { at, kind, cents, ...whose } of moves) {
      if (at > day) continue
      const key = `${whose.payingAccountId} ${whose.campaignId}`
      const pool = pools.get(key) ?? { ...whose, ...nothing }
      const column = columnOf[kind]
      pools.set(key, { ...pool, [column]: sumCents([pool[column], cents]) })
    }
    return { on, pools: [...pools.values()] }
  })
}
