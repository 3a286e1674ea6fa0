/** One step of a payout's life in a process of its own, so that it can be killed: `payout-step.ts <url> <person> <step> <id> [file]`. */
import { readFileSync } from 'node:fs'
import type { Keyring } from '@carnet/api/keyring/keyring.ts'
import { exportBatch } from '@carnet/api/payouts/export-batch.ts'
import { approveBatch, freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { withdrawPayout } from '@carnet/api/payouts/settle-payout.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { importBankFile } from '@carnet/api/treasury/import-bank-file.ts'
import { connectDatabase } from '@carnet/db'
import { personOf } from './members.ts'

const [url = '', personId = '', step = '', id = '', file = ''] = process.argv.slice(2)
const { db, end } = connectDatabase(url, { role: 'carnet_app', maxConnections: 1 })
const role = step === 'prepare' || step === 'freeze' ? 'coordinator' : 'finance_approver'
const actor = personOf(role, { personId })
const ctx = createContext({ db, keyring: {} as Keyring, now: () => new Date('2026-03-10T09:00:00Z'), actor })

const steps: Record<string, () => Promise<unknown>> = {
  prepare: () => prepareBatch(ctx),
  freeze: () => freezeBatch(ctx, id),
  approve: () => approveBatch(ctx, id, file),
  export: () => exportBatch(ctx, id),
  withdraw: () => withdrawPayout(ctx, id, 'essai'),
  import: () => importBankFile(ctx, { bytes: new Uint8Array(readFileSync(file)), name: 'banque.xml' }),
}
await steps[step]!()
await end()
