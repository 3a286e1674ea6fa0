import { readEmbeddedUrl, startEmbeddedPostgres } from '@carnet/db/embedded'
import { lockDataDirectory } from '@carnet/db/embedded-lock'
import { StartError } from '@carnet/db/start-error'
import { backUp, drillRestore, reconcileRestored, restore } from './back-up.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { openInstallationKeyring } from './open-keyring.ts'

/** `backup`, `restore` and `restore:drill`: typed by a person, or by a schedule. */
async function run(command: string | undefined, args: readonly string[], config: Config): Promise<string> {
  const now = () => new Date()
  if (command === 'backup') return withDatabase(config, 'running', (url) => backUp({ url, config, now }, args))
  if (command === 'restore:drill') return drillRestore(args)
  if (command !== 'restore') throw new StartError('Usage: npm run backup, npm run restore or npm run restore:drill.')
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

try {
  console.log(await run(process.argv[2], process.argv.slice(3), readConfig(process.env)))
} catch (error) {
  const isSentence = error instanceof StartError || error instanceof ConfigError
  console.error(isSentence ? error.message : error)
  process.exitCode = 1
}
