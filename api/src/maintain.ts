import { readEmbeddedUrl, startEmbeddedPostgres } from '@carnet/db/embedded'
import { lockDataDirectory } from '@carnet/db/embedded-lock'
import { StartError } from '@carnet/db/start-error'
import { backUp, drillRestore, reconcileRestored, restore } from './back-up.ts'
import type { Config } from './config.ts'
import { importTerritories } from './import-territories.ts'
import { inviteAtServer } from './invite-at-server.ts'
import { openInstallationKeyring } from './open-keyring.ts'

export const maintenance = ['backup', 'restore', 'restore:drill', 'import:territories', 'coordinator:invite'] as const
type Maintenance = (typeof maintenance)[number]

/** What a person types, or a schedule. Returns what to tell. Throws `StartError`. */
export async function maintain(command: Maintenance, args: readonly string[], config: Config): Promise<string> {
  const now = () => new Date()
  if (command === 'backup') return withDatabase(config, 'running', (url) => backUp({ url, config, now }, args))
  if (command === 'coordinator:invite')
    return withDatabase(config, 'running', (url) => inviteAtServer({ url, config, now }, args))
  if (command === 'restore:drill') return drillRestore(args)
  if (command === 'import:territories')
    return withDatabase(config, 'running', (url) => importTerritories({ url, config, now }, args))
  return withDatabase(config, 'stopped', async (url) => {
    const restored = await restore(url, args)
    const keyring = await openInstallationKeyring(config, url)
    return `${restored}\n${await reconcileRestored(url, keyring, now)}\nCarnet can be started.`
  })
}

/** A backup is taken beside a Carnet that runs; a restore wants the database for itself. */
async function withDatabase(
  config: Config,
  wanted: 'running' | 'stopped',
  use: (url: string) => Promise<string>,
): Promise<string> {
  if (config.databaseUrl !== undefined) return use(config.databaseUrl)
  const unlock = await lockDataDirectory(config.dataDir).catch((error) => {
    if (wanted === 'stopped' || !(error instanceof StartError)) throw error
    return undefined
  })
  const runningUrl = unlock === undefined ? readEmbeddedUrl(config.postgresDir) : undefined
  if (runningUrl) return use(runningUrl)
  const server = await startEmbeddedPostgres({ dataDir: config.postgresDir })
  try {
    return await use(server.url)
  } finally {
    await server.stop()
    unlock?.()
  }
}
