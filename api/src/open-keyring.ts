import { connectRaw } from '@carnet/db'
import { StartError } from '@carnet/db/start-error'
import type { Config } from './config.ts'
import type { KeyringEvent } from './keyring/copies.ts'
import { createKeyring, type Keyring, openKeyring } from './keyring/keyring.ts'
import { KeyringError } from './keyring/keyring-error.ts'
import { dayOf } from './shared/days.ts'

/**
 * The keyring that belongs to this database, made with it the first time. A database that knows its keyring opens that one
 * and no other: with another, every voucher would be unknown. Throws `StartError`.
 */
export async function openInstallationKeyring(
  config: Config,
  databaseUrl: string,
  log: (line: string) => void = console.error,
): Promise<Keyring> {
  const sql = connectRaw(databaseUrl, { maxConnections: 1, prepare: config.databasePrepare })
  const directories = {
    directory: config.keyringDir,
    copyDirectory: config.keyringCopyDir,
    databaseDirectory: config.postgresDir,
    onEvent: tellOperator(log),
  }
  try {
    const [known] = await sql<Installation[]>`select mode, keyring_id as "keyringId" from installation`
    const keyring = known ? openKeyring(directories) : createKeyring(directories)
    if (!known) checkUnused(keyring, config)
    await sql`
      insert into installation (mode, keyring_id, created_on)
      values (${config.mode}, ${keyring.identity}, ${dayOf(new Date())}) on conflict do nothing`
    checkInstallation(known ?? { mode: config.mode, keyringId: keyring.identity }, config, keyring)
    return keyring
  } catch (error) {
    throw error instanceof KeyringError ? new StartError(`${error.message}.`) : error
  } finally {
    await sql.end()
  }
}

/** A lost key or copy is an alarm, one JSON line; a key that was destroyed is what sealing is for. */
const tellOperator =
  (log: (line: string) => void) =>
  ({ kind, file, directory }: KeyringEvent): void => {
    if (kind === 'lost') log(JSON.stringify({ level: 'error', alarm: 'key_lost', file }))
    if (kind === 'repaired') log(JSON.stringify({ level: 'warning', alarm: 'key_copy_repaired', file, directory }))
  }

/** A demo that is thrown away takes its keyring with it: it never takes over one that served another database. */
function checkUnused(keyring: Keyring, { mode, keyringDir }: Config): void {
  if (mode === 'demo' && keyring.listOpened().length > 0)
    throw new StartError(
      `The keyring in ${keyringDir} has served another database. Set KEYRING_DIR to an empty directory.`,
    )
}

type Installation = { mode: Config['mode']; keyringId: string }

function checkInstallation({ mode, keyringId }: Installation, config: Config, keyring: Keyring): void {
  if (keyringId !== keyring.identity)
    throw new StartError(
      `The keyring in ${config.keyringDir} belongs to another database. Set KEYRING_DIR to this one's, or restore it.`,
    )
  if (mode !== config.mode)
    throw new StartError(
      `This database is of a ${mode} installation and stays one: set MODE=${mode}, or DATA_DIR to another directory.`,
    )
}
