import { randomUUID } from 'node:crypto'
import { exportBatch, readBankFile } from '@carnet/api/payouts/export-batch.ts'
import { approveBatch, freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { withdrawPayout } from '@carnet/api/payouts/settle-payout.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import { camt, pain002 } from './bank-files.ts'
import type { MoneyWorld } from './money-world.ts'

type Found = { id: string; endToEndId: string; cents: number; messageId: string | null; batchId: string }

/** Everything that happens to payouts, told by the bank's own files: each of them twice. */
export function createPayoutLife(world: MoneyWorld) {
  const { sql, coordinator, approver } = world
  const find = async (states: string[], batchStates: string[]): Promise<Found | undefined> => {
    const [row] = await sql<Found[]>`
      select p.id, p.end_to_end_id as "endToEndId", p.amount_cents as cents, b.message_id as "messageId", b.id as "batchId"
        from payouts p join payment_batches b on b.id = p.batch_id
       where p.state::text in ${sql(states)} and b.state::text in ${sql(batchStates)} order by b.number, p.id limit 1`
    return row
  }
  const twice = async (bytes: Uint8Array) => {
    for (const by of [coordinator, approver]) await importBankFile(by, { bytes, name: 'banque.xml' })
  }
  const firstBatch = async (state: string) => {
    const [row] = await sql<{ id: string; sha256: string }[]>`
      select id, encode(sha256, 'hex') as sha256 from payment_batches where state = ${state} order by number limit 1`
    return row
  }
  const answer = async (status: string) => {
    const payout = await find(['pending', 'accepted'], ['exported', 'sent'])
    if (!payout) return false
    await twice(pain002(payout.messageId!, [{ endToEndId: payout.endToEndId, status, reason: 'AC01' }]))
    // Else the organisation waits for another account, and the rest of its life is not tested.
    await sql`update payouts set state = 'withdrawn' where state in ('rejected', 'returned')`
  }
  const movement = async (direction: 'DBIT' | 'CRDT', states: string[]) => {
    const payout = await find(states, ['exported', 'sent'])
    if (!payout) return false
    const { endToEndId, cents } = payout
    const returned = direction === 'CRDT' ? { returned: 'AC04' } : {}
    await twice(camt([{ direction, cents, endToEndId, reference: randomUUID(), ...returned }]))
    await sql`update payouts set state = 'withdrawn' where state in ('rejected', 'returned')`
  }
  return {
    prepare: async () => {
      const draft = await firstBatch('draft')
      await freezeBatch(coordinator, draft?.id ?? (await prepareBatch(coordinator)).id)
    },
    withdraw: async () => {
      const payout = await find(['pending'], ['frozen', 'approved'])
      return payout !== undefined && withdrawPayout(coordinator, payout.id, 'compte à vérifier')
    },
    approve: async () => {
      const batch = await firstBatch('frozen')
      return batch !== undefined && approveBatch(approver, batch.id, batch.sha256)
    },
    export: async () => {
      const frozen = await firstBatch('frozen')
      if (frozen) await approveBatch(approver, frozen.id, frozen.sha256)
      const batch = await firstBatch('approved')
      if (!batch) return false
      await Promise.all([exportBatch(approver, batch.id), exportBatch(approver, batch.id)])
      const files = await Promise.all([1, 2].map(() => readBankFile(coordinator, batch.id, '09')))
      if (files[0] !== files[1]) throw new Error('The same batch made two files')
      return true
    },
    accept: () => answer('ACSP'),
    reject: () => answer('RJCT'),
    book: () => movement('DBIT', ['pending', 'accepted']),
    bookSum: async () => {
      const payout = await find(['pending', 'accepted'], ['exported', 'sent'])
      if (!payout) return false
      const [sum] = await sql<{ cents: number }[]>`
        select sum(amount_cents)::int as cents from payouts where batch_id = ${payout.batchId} and state not in ('rejected', 'withdrawn')`
      const paymentInfoId = `${payout.messageId}-1`
      return twice(camt([{ direction: 'DBIT', cents: sum!.cents, paymentInfoId, reference: randomUUID() }]))
    },
    giveBack: () => movement('CRDT', ['accepted', 'booked']),
  }
}
