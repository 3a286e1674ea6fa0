import { connectDatabase, connectRaw } from '@carnet/db'
import { migrateDatabase } from '@carnet/db/migrate'
import type { DemoAccount } from './accounts/demo-accounts.ts'
import type { Config } from './config.ts'
import { enrolDemoPhones } from './demo/demo-phones.ts'
import { giveAccounts } from './demo/give-accounts.ts'
import { isSeeded } from './demo/queries.ts'
import { seedDemo } from './demo/seed-demo.ts'
import type { Keyring } from './keyring/keyring.ts'
import { removeKeyring } from './keyring/remove-keyring.ts'
import { type Context, createContext } from './shared/context.ts'

/**
 * A demo that was interrupted while it was made is thrown away, its keys too: half a world would look like a whole one. Only
 * what says of itself that it is a demo, and that it was never whole.
 */
export async function discardUnfinishedDemo(config: Config, databaseUrl: string): Promise<void> {
  if (config.mode !== 'demo') return
  const sql = connectRaw(databaseUrl, { maxConnections: 1, prepare: config.databasePrepare })
  try {
    const [found] = await sql<{ isUnfinished: boolean }[]>`
      select mode = 'demo' and seeded_on is null as "isUnfinished" from installation`
    if (!found?.isUnfinished) return
    await sql.unsafe('drop schema public cascade; drop schema if exists drizzle cascade; create schema public')
  } finally {
    await sql.end()
  }
  for (const directory of [config.keyringDir, config.keyringCopyDir]) removeKeyring(directory)
  await migrateDatabase(databaseUrl)
}

/** The living world, made the first time. `report` is told how far it is. */
export async function openDemo(
  config: Config,
  databaseUrl: string,
  keyring: Keyring,
  report: (line: string) => void,
): Promise<void> {
  const { db, end } = connectDatabase(databaseUrl, { role: 'carnet_app', prepare: config.databasePrepare })
  const scanClient = connectRaw(databaseUrl, {
    role: 'carnet_scan',
    maxConnections: 2,
    prepare: config.databasePrepare,
  })
  try {
    const operator = createContext({ db, keyring, now: () => new Date(), actor: { kind: 'operator' } })
    const { publicUrl } = config
    if (!(await isSeeded(operator.db))) await seedDemo({ db, keyring, scanClient, publicUrl, now: new Date(), report })
    else await enrolDemoPhones(operator)
  } finally {
    await scanClient.end()
    await end()
  }
}

/** The demo's accounts, given once in the life of a process, when somebody asks for them. */
export function createDemoAccountList(operator: Context, publicUrl: string): () => Promise<readonly DemoAccount[]> {
  let accounts: Promise<readonly DemoAccount[]> | undefined
  return () => {
    accounts ??= giveAccounts(operator, publicUrl).catch((error: unknown) => {
      accounts = undefined
      throw error
    })
    return accounts
  }
}
