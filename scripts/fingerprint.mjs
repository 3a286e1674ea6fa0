import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Every file below `folder`, as paths from the root, sorted; the folders named in `without` are left out. */
export function listFiles(folder, without = []) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => !without.includes(file.split(sep)[0]))
    .map((file) => join(root, folder, file))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .map((file) => relative(root, file))
    .sort()
}

/** One hash for the names and contents of some files of the project. */
export function hashFiles(files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

/** What the last complete run left; undefined when there was none. */
export function readMark(file) {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return undefined
  }
}

export function writeMark(file, content) {
  writeFileSync(join(root, file), content)
}
