import { recordAudit, verifyAuditChain } from '@carnet/api/accounts/audit.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import type { Transaction } from '@carnet/db'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'

const { db, sql, keyring } = await createTestApp()
const at = new Date('2026-03-10T09:00:00.123Z')
const ctx = createContext({ db, keyring, now: () => at, actor: { kind: 'operator' } })

const record = (action: string, details: Record<string, unknown> = {}, before?: (tx: Transaction) => Promise<void>) =>
  ctx.transaction(async (tx) => {
    await recordAudit(tx, ctx, action, details)
    await before?.(tx)
  }, 'carnet_app')

beforeAll(async () => {
  await record('campaign_opened', { campaignId: 'a', budgetCents: 500_000, é: ['"', '\\', '\n'] })
  for (let line = 2; line <= 20; line++) await record(`act_${line}`, { line })
})

describe('the audit log', () => {
  test('is a chain that holds', async () => {
    expect(await verifyAuditChain(db)).toBeNull()
    const [last] = await sql`select seq::int, actor, action, at from audit_log order by seq desc limit 1`
    expect(last).toMatchObject({ seq: 20, actor: 'operator', action: 'act_20', at })
  })

  test('is one chain when 30 acts are written at once', async () => {
    const [{ before } = { before: 0 }] = await sql<{ before: number }[]>`select count(*)::int as before from audit_log`
    await Promise.all(Array.from({ length: 30 }, (_, number) => record('at_once', { number })))
    expect(await verifyAuditChain(db)).toBeNull()
    const [{ after } = { after: 0 }] = await sql<{ after: number }[]>`select max(seq)::int as after from audit_log`
    expect(after).toBe(before + 30)
  })

  test('holds nothing of an act that failed', async () => {
    const failing = record('never', {}, () => Promise.reject(new Error('later failure')))
    await expect(failing).rejects.toThrow('later failure')
    expect(await sql`select 1 from audit_log where action = 'never'`).toHaveLength(0)
    expect(await verifyAuditChain(db)).toBeNull()
  })

  test.each([
    ['changed', `update audit_log set action = 'x' where seq = 1`],
    ['shortened', `delete from audit_log where seq = 1`],
    ['emptied', 'truncate audit_log'],
  ])('is not %s, even by its owner', async (_, statement) => {
    await expect(sql.unsafe(statement)).rejects.toThrow('only ever added to')
  })

  test('takes its numbers and hashes from no writer', async () => {
    await sql`insert into audit_log (seq, at, actor, action, details, previous_hash, hash)
      values (999, ${at}, 'operator', 'forged', '{}', '\\x00', '\\x00')`
    expect(await verifyAuditChain(db)).toBeNull()
    expect(await sql`select 1 from audit_log where seq = 999`).toHaveLength(0)
  })

  test('is refused to a transaction whose snapshot is older than its lock', async () => {
    const insert = sql.begin('isolation level repeatable read', (tx) => [
      tx`insert into audit_log (at, actor, action, details) values (now(), 'x', 'x', '{}')`,
    ])
    await expect(insert).rejects.toThrow('READ COMMITTED')
  })
})

describe('someone who switches the triggers off', () => {
  const asOwner = (statement: string) =>
    sql.unsafe(`alter table audit_log disable trigger user; ${statement}; alter table audit_log enable trigger user`)
  /** The damage, then what undoes it. */
  const damages: [string, string, string, number][] = [
    [
      'changes a word',
      `update audit_log set action = 'b' where seq = 7`,
      `update audit_log set action = 'act_7' where seq = 7`,
      7,
    ],
    [
      'changes a detail',
      `update audit_log set details = '{"line": 8.0}' where seq = 8`,
      `update audit_log set details = '{"line": 8}' where seq = 8`,
      8,
    ],
    [
      'moves an act in time',
      `update audit_log set at = at + interval '1 microsecond' where seq = 3`,
      `update audit_log set at = at - interval '1 microsecond' where seq = 3`,
      3,
    ],
    [
      'removes a line',
      `create table kept as select * from audit_log where seq = 5; delete from audit_log where seq = 5`,
      `insert into audit_log select * from kept`,
      5,
    ],
    [
      'removes the first line',
      `create table first_line as select * from audit_log where seq = 1; delete from audit_log where seq = 1`,
      `insert into audit_log select * from first_line`,
      1,
    ],
  ]

  test.each(damages)('and %s is found', async (_, damage, repair, seq) => {
    await asOwner(damage)
    expect(await verifyAuditChain(db)).toBe(seq)
    await asOwner(repair)
    expect(await verifyAuditChain(db)).toBeNull()
  })

  test('and gives the changed line a hash that fits it is found at the next line', async () => {
    await asOwner(`update audit_log set action = 'b', hash = sha256(convert_to(jsonb_build_object('seq', seq,
      'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actor', actor, 'personId', person_id,
      'action', 'b', 'details', details, 'previousHash', encode(previous_hash, 'hex'))::text, 'UTF8')) where seq = 9`)
    expect(await verifyAuditChain(db)).toBe(10)
  })
})
