import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportBatch, readBankFile } from '@carnet/api/payouts/export-batch.ts'
import { approveBatch, freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { readBatch } from '@carnet/api/payouts/read-batches.ts'
import { withdrawPayout } from '@carnet/api/payouts/settle-payout.ts'
import { locks } from '@carnet/api/shared/locks.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import { afterAll, expect, test } from 'vitest'
import { camt, pain002 } from '../helpers/bank-files.ts'
import { givenPayoutWorld } from '../helpers/payout-world.ts'

const world = await givenPayoutWorld()
const { sql, url, people, coordinator, approver, first, second, givenOpenCampaign, givenStatement } = world
const place = mkdtempSync(join(tmpdir(), 'carnet-crash-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** Everything that money and the audit log say. */
const everything = async () =>
  JSON.stringify([
    await sql`select kind, balance_cents from ledger_accounts order by kind, id`,
    await sql`select count(*) as transfers from transfers`,
    await sql`select number, state, encode(sha256, 'hex') as sha from payment_batches order by number`,
    await sql`select end_to_end_id, state, amount_cents from payouts order by end_to_end_id`,
    await sql`select count(*) as lines from bank_lines`,
    await sql`select count(*) as audited from audit_log`,
  ])

const closed = (child: ChildProcess) => new Promise<void>((done) => child.once('close', () => done()))

/**
 * Runs the step in another process, up to the moment before its commit, and kills that process there: the audit line is the
 * last thing of every transaction, and its lock is ours.
 */
async function killBeforeCommit(step: string, personId: string, id: string, file = ''): Promise<void> {
  const before = await everything()
  const holder = await sql.reserve()
  await holder`begin`
  await holder`select pg_advisory_xact_lock(${locks.auditChain})`
  const path = new URL('../helpers/payout-step.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', path, url, personId, step, id, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr!.on('data', (text) => (said += String(text)))
  const end = closed(child)
  const isWaiting = async () => {
    const rows = await sql`select 1 from pg_locks where locktype = 'advisory' and not granted
      and (objid = ${locks.auditChain} or classid = ${locks.auditChain}) and database = (select oid from pg_database where datname = current_database())`
    return rows.length > 0
  }
  while (!(await isWaiting())) {
    if (child.exitCode !== null) throw new Error(`${step} ended before its commit: ${said}`)
    await new Promise((done) => setTimeout(done, 20))
  }
  child.kill('SIGKILL')
  await end
  await holder`rollback`
  holder.release()
  // Its connection is gone when the server has seen it.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`
  expect(await everything()).toBe(before)
  await world.expectSoundMoney()
}

const upload = (name: string, bytes: Uint8Array) => {
  const path = join(place, name)
  writeFileSync(path, bytes)
  return { path, send: () => importBankFile(approver, { bytes, name }) }
}

test('killed before each commit of a payout’s life nothing has happened, and the step is done by asking again', async () => {
  const campaign = await givenOpenCampaign()
  await givenStatement(campaign, first, 2)
  await givenStatement(campaign, second, 3)

  await killBeforeCommit('prepare', people.coordinator, '')
  const { id } = await prepareBatch(coordinator)
  await killBeforeCommit('freeze', people.coordinator, id)
  const { sha256 } = await freezeBatch(coordinator, id)
  await killBeforeCommit('approve', people.approver, id, sha256!)
  await approveBatch(approver, id, sha256!)
  const { payouts } = await readBatch(coordinator, id)
  const [one, other] = payouts as [(typeof payouts)[number], (typeof payouts)[number]]
  await killBeforeCommit('withdraw', people.approver, one.id)
  await killBeforeCommit('export', people.approver, id)
  const exported = await Promise.all([exportBatch(approver, id), exportBatch(approver, id)])
  expect(exported[0]).toEqual(exported[1])
  const file = await readBankFile(coordinator, id, '09')
  expect(await exportBatch(approver, id)).toEqual(exported[0])
  expect(await readBankFile(coordinator, id, '09')).toBe(file)
  await expect(withdrawPayout(approver, one.id, 'trop tard')).rejects.toMatchObject({ code: 'batch_is_exported' })

  const { messageId } = exported[0]!
  const answers = [
    upload('accepted.xml', pain002(messageId, [], { group: 'ACSP' })),
    upload(
      'booked.xml',
      camt(
        payouts.map(({ endToEndId, amountCents }) => ({
          direction: 'DBIT',
          cents: amountCents,
          endToEndId,
          reference: endToEndId.slice(0, 12),
        })),
      ),
    ),
    upload(
      'returned.xml',
      camt([
        {
          direction: 'CRDT',
          cents: other.amountCents,
          endToEndId: other.endToEndId,
          reference: 'RET',
          returned: 'AC04',
        },
      ]),
    ),
  ]
  for (const { path, send } of answers) {
    await killBeforeCommit('import', people.approver, '', path)
    await send()
    // The same answer again is the same answer.
    const after = await everything()
    await send()
    expect(await everything()).toBe(after)
  }
  expect((await readBatch(coordinator, id)).payouts.map(({ state }) => state).sort()).toEqual(['booked', 'returned'])
}, 300_000)
