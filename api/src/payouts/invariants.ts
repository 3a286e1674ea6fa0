import type { Database, Transaction } from '@carnet/db'
import { countBroken, countReconciled } from './invariants-queries.ts'

export { checkNames } from './invariants-queries.ts'

export type Check = { name: string; ok: boolean; detail: string }

/**
 * What must be true of the money at every moment, scans and payments going on or not. Read only; one statement.
 * A check that is not ok says how often it is broken and names one case.
 */
export async function checkInvariants(db: Database | Transaction): Promise<{ ok: boolean; checks: Check[] }> {
  const checks = (await countBroken(db)).map(({ name, count, example }) => ({
    name,
    ok: count === 0,
    detail: count === 0 ? 'holds' : `broken ${count} times, for example ${example}`,
  }))
  const { accounts, told } = await countReconciled(db)
  const withBank = checks.map((check) =>
    check.name === 'bank_equals_last_statement' && check.ok && told < accounts
      ? { ...check, detail: `not reconciled: ${accounts - told} of ${accounts} accounts have no bank statement yet` }
      : check,
  )
  return { ok: checks.every(({ ok }) => ok), checks: withBank }
}
