import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { connectDatabase } from '@carnet/db'
import { type BackupManifest, backUpDatabase } from '@carnet/db/backup'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { restoreDatabase } from '@carnet/db/restore'
import { StartError } from '@carnet/db/start-error'
import { verifyAuditChain } from './accounts/audit.ts'
import type { AtServer } from './as-operator.ts'
import type { Config } from './config.ts'
import { reconcileAtStart } from './open-periods.ts'
import { checkInvariants } from './payouts/invariants.ts'
import type { Context } from './shared/context.ts'
import { dayOf } from './shared/days.ts'

type Keys = Pick<Config, 'keyringDir' | 'keyringCopyDir' | 'postgresDir'>

/** A backup beside its keys, or inside the database, would be carried away with them. Throws `StartError`. */
export function checkBackupPlace(directory: string, keys: Keys): void {
  const named = {
    KEYRING_DIR: keys.keyringDir,
    KEYRING_COPY_DIR: keys.keyringCopyDir,
    'the database': keys.postgresDir,
  }
  const isInside = (inner: string, outer: string) => `${inner}${sep}`.startsWith(`${outer}${sep}`)
  for (const [name, place] of Object.entries(named))
    if (isInside(directory, place) || isInside(place, directory))
      throw new StartError(`${directory} and ${name} (${place}) are one inside the other: keep backups and keys apart.`)
}

/** `backup DIRECTORY [age1…]`: returns what to tell. Throws `StartError`. */
export async function backUp(
  { url, config, now }: AtServer,
  [directory, recipient]: readonly (string | undefined)[],
): Promise<string> {
  if (!directory || (recipient && !/^age1[a-z0-9]{58}$/.test(recipient)))
    throw new StartError('Usage: npm run backup -- DIRECTORY [age1…, who alone may read it]')
  const place = resolve(directory)
  checkBackupPlace(place, config)
  const manifest = await backUpDatabase(url, place, { recipient, madeOn: dayOf(now()) })
  return [
    `${countRows(manifest)} rows of ${manifest.tables.length} tables are in ${place}.`,
    ...(manifest.isEncrypted
      ? []
      : ['It is not encrypted: for each scan of the last weeks it tells venue and service.']),
    'The keyring is not in it, and must never be beside it. Throw backups away after 30 days.',
  ].join('\n')
}

/** `restore DIRECTORY [IDENTITY FILE]` into the empty database at `url`. The keyring then says what is still true. */
export async function restore(
  url: string,
  [directory, identityFile]: readonly (string | undefined)[],
): Promise<string> {
  const manifest = await restoreDatabase(url, placeOf(directory, 'restore'), readIdentity(identityFile))
  return `${countRows(manifest)} rows of ${manifest.madeOn} are restored.`
}

/** After a restore and before the first scan: what was spent since stays spent, and phones send again. */
export async function reconcileRestored(operator: Context): Promise<string> {
  return (await reconcileAtStart(operator, { isRestored: true })) ?? 'The keyring knew nothing newer.'
}

/**
 * `restore:drill DIRECTORY [IDENTITY FILE]`: restores into a PostgreSQL of its own that is thrown away, and proves the money and
 * the audit log. Nothing of the installation is touched, and no key is needed. Throws `StartError` when a proof fails.
 */
export async function drillRestore([directory, identityFile]: readonly (string | undefined)[]): Promise<string> {
  const place = placeOf(directory, 'restore:drill')
  const identity = readIdentity(identityFile)
  const dataDir = mkdtempSync(join(tmpdir(), 'carnet-drill-'))
  const started = performance.now()
  try {
    const server = await startEmbeddedPostgres({ dataDir })
    try {
      const manifest = await restoreDatabase(server.url, place, identity)
      const proofs = await proveDatabase(server.url)
      return `${countRows(manifest)} rows of ${manifest.madeOn} restored in ${secondsSince(started)} s.\n${proofs}`
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Reads everything, changes nothing. Throws `StartError` when the money or the audit log of `url` does not hold. */
export async function proveDatabase(url: string): Promise<string> {
  const { db, end } = connectDatabase(url)
  try {
    const broken = (await checkInvariants(db)).checks.filter(({ ok }) => !ok)
    if (broken.length > 0)
      throw new StartError(
        `The money of this backup does not hold: ${broken.map(({ name, detail }) => `${name} (${detail})`).join('; ')}`,
      )
    const wrongLine = await verifyAuditChain(db)
    if (wrongLine !== null) throw new StartError(`The audit log of this backup is broken at line ${wrongLine}.`)
    return 'Every equation of the money holds, and the audit log is whole.'
  } finally {
    await end()
  }
}

function placeOf(directory: string | undefined, command: string): string {
  if (!directory) throw new StartError(`Usage: npm run ${command} -- DIRECTORY [file with the identity that opens it]`)
  return resolve(directory)
}

function readIdentity(file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  const found = existsSync(file) ? readFileSync(file, 'utf8').match(/^AGE-SECRET-KEY-1[A-Z0-9]+$/m)?.[0] : undefined
  if (!found) throw new StartError(`${file} holds no line with an AGE-SECRET-KEY-1… identity.`)
  return found
}

const countRows = ({ tables }: BackupManifest) => tables.reduce((sum, { rows }) => sum + rows, 0)
const secondsSince = (started: number) => ((performance.now() - started) / 1000).toFixed(1)
