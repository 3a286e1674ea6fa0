import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { checkDirectoryMode } from './durable-files.ts'
import { KeyringError } from './keyring-error.ts'

export type KeyringDirectories = {
  directory: string
  /** On another disk. Required in production, by the configuration. */
  copyDirectory?: string | undefined
  /** Where PostgreSQL keeps its files, when it runs on this machine. */
  databaseDirectory?: string | undefined
}

/** The path with every symbolic link followed, also when its last parts do not exist yet. */
function realPath(path: string): string {
  const whole = resolve(path)
  if (existsSync(whole)) return realpathSync(whole)
  const parent = dirname(whole)
  return parent === whole ? whole : join(realPath(parent), basename(whole))
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(directory, way) === path)
}

/** A database directory is known by its PG_VERSION file, even when nobody named it in the configuration. */
function isInsideAnyDatabase(path: string): boolean {
  const parent = dirname(path)
  return existsSync(join(path, 'PG_VERSION')) || (parent !== path && isInsideAnyDatabase(parent))
}

/** The real paths of one or two copies. Throws `KeyringError` for a place where keys must not lie. */
export function checkDirectories(directories: KeyringDirectories): string[] {
  const { directory, copyDirectory, databaseDirectory } = directories
  const roots = [directory, copyDirectory].filter((path) => path !== undefined).map(realPath)
  const database = databaseDirectory === undefined ? undefined : realPath(databaseDirectory)

  for (const root of roots) {
    if ((database && isInside(root, database)) || isInsideAnyDatabase(root))
      throw new KeyringError(
        'keyring_inside_database',
        `The keyring ${root} lies inside the database directory: a copy of the database would hold its keys`,
      )
    checkDirectoryMode(root)
  }
  const [first, second] = roots as [string, string?]
  if (second && (isInside(first, second) || isInside(second, first)))
    throw new KeyringError(
      'keyring_copies_together',
      `The two copies of the keyring are in one place (${first}): put the second on another disk`,
    )
  return roots
}
