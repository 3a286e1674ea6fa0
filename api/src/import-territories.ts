import { readFile, stat } from 'node:fs/promises'
import { connectDatabase } from '@carnet/db'
import { StartError } from '@carnet/db/start-error'
import type { Config } from './config.ts'
import { openInstallationKeyring } from './open-keyring.ts'
import { createContext } from './shared/context.ts'
import { AppError } from './shared/errors.ts'
import { factKinds, mostFactBytes } from './territories/fact-file.ts'
import { importFacts } from './territories/import-facts.ts'

const mostShown = 50

/** `import:territories KIND FILE`: returns what to tell. Throws `StartError`. */
export async function importTerritories(
  { url, config, now }: { url: string; config: Config; now: () => Date },
  [kind, path]: readonly (string | undefined)[],
): Promise<string> {
  if (!kind || !path)
    throw new StartError(`Usage: npm run import:territories -- KIND FILE, where KIND is one of ${factKinds.join(', ')}`)
  const bytes = await readUpTo(path)
  const keyring = await openInstallationKeyring(config, url)
  const { db, end } = connectDatabase(url, { role: 'carnet_app', prepare: config.databasePrepare })
  try {
    const ctx = createContext({ db, keyring, now, actor: { kind: 'operator' } })
    const { imported, errors } = await importFacts(ctx, kind, bytes)
    const told = errors
      .slice(0, mostShown)
      .map(({ row, column, value, says }) => `Row ${row}, ${column} "${value.slice(0, 40)}": ${says}.`)
    const more = errors.length > mostShown ? [`And ${errors.length - mostShown} more.`] : []
    return [`${imported} territories imported, ${errors.length} rows left out.`, ...told, ...more].join('\n')
  } catch (error) {
    if (error instanceof AppError) throw new StartError(`${error.message}.`)
    throw error
  } finally {
    await end()
  }
}

/** Its size is known before a byte of it is read. */
async function readUpTo(path: string): Promise<Uint8Array> {
  const size = (await stat(path).catch(() => undefined))?.size
  if (size === undefined) throw new StartError(`There is no file ${path}.`)
  if (size > mostFactBytes) throw new StartError(`${path} is larger than ${mostFactBytes / 1024 / 1024} MB.`)
  return readFile(path)
}
