import { readFile, stat } from 'node:fs/promises'
import { StartError } from '@carnet/db/start-error'
import { type AtServer, asOperator } from './as-operator.ts'
import { factKinds, mostFactBytes } from './territories/fact-file.ts'
import { importFacts } from './territories/import-facts.ts'

const mostShown = 50

/** `import:territories KIND FILE`: returns what to tell. Throws `StartError`. */
export async function importTerritories(at: AtServer, [kind, path]: readonly (string | undefined)[]): Promise<string> {
  if (!kind || !path)
    throw new StartError(`Usage: npm run import:territories -- KIND FILE, where KIND is one of ${factKinds.join(', ')}`)
  const bytes = await readUpTo(path)
  const { imported, errors } = await asOperator(at, (ctx) => importFacts(ctx, kind, bytes))
  const told = errors
    .slice(0, mostShown)
    .map(({ row, column, value, says }) => `Row ${row}, ${column} "${value.slice(0, 40)}": ${says}.`)
  const more = errors.length > mostShown ? [`And ${errors.length - mostShown} more.`] : []
  return [`${imported} territories imported, ${errors.length} rows left out.`, ...told, ...more].join('\n')
}

/** Its size is known before a byte of it is read. */
async function readUpTo(path: string): Promise<Uint8Array> {
  const size = (await stat(path).catch(() => undefined))?.size
  if (size === undefined) throw new StartError(`There is no file ${path}.`)
  if (size > mostFactBytes) throw new StartError(`${path} is larger than ${mostFactBytes / 1024 / 1024} MB.`)
  return readFile(path)
}
