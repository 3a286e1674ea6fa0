import { connectDatabase } from '@carnet/db'
import { StartError } from '@carnet/db/start-error'
import type { Config } from './config.ts'
import { openInstallationKeyring } from './open-keyring.ts'
import { type Context, createContext } from './shared/context.ts'
import { AppError } from './shared/errors.ts'

/** Where a command works that a person types at the server. */
export type AtServer = { url: string; config: Config; now: () => Date }

/** Does one thing as the operator, on a connection of its own. Throws `StartError`, also for what is refused. */
export async function asOperator<Result>(
  { url, config, now }: AtServer,
  run: (ctx: Context) => Promise<Result>,
): Promise<Result> {
  const keyring = await openInstallationKeyring(config, url)
  const { db, end } = connectDatabase(url, { role: 'carnet_app', prepare: config.databasePrepare })
  try {
    return await run(createContext({ db, keyring, now, actor: { kind: 'operator' } }))
  } catch (error) {
    throw error instanceof AppError ? new StartError(`${error.message}.`) : error
  } finally {
    await end()
  }
}
