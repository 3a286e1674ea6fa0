import { readEmbeddedUrl, startEmbeddedPostgres } from '@carnet/db/embedded'
import { lockDataDirectory } from '@carnet/db/embedded-lock'
import { StartError } from '@carnet/db/start-error'
import { type AtServer, asOperator } from './as-operator.ts'
import { backUp, drillRestore, reconcileRestored, restore } from './back-up.ts'
import type { Config } from './config.ts'
import { importTerritories } from './import-territories.ts'
import { inviteAtServer } from './invite-at-server.ts'

type Args = readonly string[]
/** Returns what to tell. Throws `StartError`. */
type Command = (config: Config, args: Args) => Promise<string>

/** What a person types at the server, or a schedule. */
const commands = new Map<string, Command>([
  ['backup', (config, args) => withDatabase(config, 'running', (at) => backUp(at, args))],
  ['restore', (config, args) => withDatabase(config, 'stopped', (at) => restoreWhole(at, args))],
  ['restore:drill', (_, args) => drillRestore(args)],
  ['import:territories', (config, args) => withDatabase(config, 'running', (at) => importTerritories(at, args))],
  ['coordinator:invite', (config, args) => withDatabase(config, 'running', (at) => inviteAtServer(at, args))],
])

export const findCommand = (name = ''): Command | undefined => commands.get(name)

async function restoreWhole(at: AtServer, args: Args): Promise<string> {
  const restored = await restore(at.url, args)
  return `${restored}\n${await asOperator(at, reconcileRestored)}\nCarnet can be started.`
}

/** A backup is taken beside a Carnet that runs; a restore wants the database for itself. */
async function withDatabase(
  config: Config,
  wanted: 'running' | 'stopped',
  use: (at: AtServer) => Promise<string>,
): Promise<string> {
  const useAt = (url: string) => use({ url, config, now: () => new Date() })
  if (config.databaseUrl !== undefined) return useAt(config.databaseUrl)
  const unlock = await lockDataDirectory(config.dataDir).catch((error) => {
    if (wanted === 'stopped' || !(error instanceof StartError)) throw error
    return undefined
  })
  const runningUrl = unlock === undefined ? readEmbeddedUrl(config.postgresDir) : undefined
  if (runningUrl) return useAt(runningUrl)
  const server = await startEmbeddedPostgres({ dataDir: config.postgresDir })
  try {
    return await useAt(server.url)
  } finally {
    await server.stop()
    unlock?.()
  }
}
