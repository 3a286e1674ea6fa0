import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { folders } from './names.ts'

const ownFile =
  /^(identity|ready|[0-9a-z-]+\.(key|opened|abandoned|destroyed)|(generation|[0-9a-f-]+\.(state|list|json))\.v\d+)(\.[0-9a-f]{12}\.tmp)?$/

/** Removes the files of a keyring and nothing else: the directory may be one that holds other things of somebody's. */
export function removeKeyring(directory: string): void {
  for (const folder of folders.toReversed()) {
    const path = join(directory, folder)
    if (!existsSync(path)) continue
    for (const file of readdirSync(path)) if (ownFile.test(file)) rmSync(join(path, file))
    if (readdirSync(path).length === 0) rmdirSync(path)
  }
}
