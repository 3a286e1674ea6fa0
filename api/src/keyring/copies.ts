/**
 * One or two directories that hold the same files. A file is never changed: it is created whole, read, and destroyed.
 * The first directory decides who wins a race; a file that one directory lost is written again from the other.
 */
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../shared/errors.ts'
import { checkDirectoryMode, createFile, eraseFile, isPresent, readPrivateFile } from './durable-files.ts'
import { KeyringError } from './keyring-error.ts'
import { stemsOf } from './names.ts'

export type KeyringEvent = { kind: 'repaired' | 'lost' | 'destroyed'; file: string; directory?: string }
export type Copies = ReturnType<typeof openCopies>

const ABANDONED_AFTER_MS = 600_000
const isTemporary = (file: string) => file.endsWith('.tmp')
/** Stays for ever, so that no old copy of the key comes back to life. */
const tombstoneOf = (name: string) => name.replace(/\.key$/, '.destroyed')

function filesIn(root: string, folder: string): string[] {
  const path = join(root, folder)
  if (!isPresent(path)) return []
  checkDirectoryMode(path)
  return readdirSync(path)
}

function forget(found: readonly (Buffer | undefined)[]): undefined {
  for (const bytes of found) bytes?.fill(0)
}

export function openCopies(roots: readonly string[], report: (event: KeyringEvent) => void) {
  const isDestroyed = (name: string) =>
    name.endsWith('.key') && roots.some((root) => isPresent(join(root, tombstoneOf(name))))

  /** Names of the folder's files in either copy, sorted. */
  function list(folder: string): string[] {
    const names = roots.flatMap((root) => filesIn(root, folder)).filter((file) => !isTemporary(file))
    return [...new Set(names)].sort()
  }

  /**
   * Another process may destroy the key meanwhile. It leaves the tombstone before it takes the key away, so looking
   * for the tombstone after the step that could bring the key back always sees it.
   */
  function repair(root: string, name: string, bytes: Uint8Array): void {
    try {
      if (!createFile(join(root, name), bytes)) checkSame(name, bytes, readPrivateFile(join(root, name)))
    } catch (error) {
      // Our unfinished file went with the key.
      if (!isDestroyed(name)) throw error
    }
    if (isDestroyed(name)) eraseFile(join(root, name))
    else report({ kind: 'repaired', file: name, directory: root })
  }

  function checkSame(name: string, bytes: Uint8Array, other: Buffer | undefined): void {
    if (other && !other.equals(bytes) && !isDestroyed(name))
      throw new KeyringError('keyring_copies_differ', `The two copies of ${name} differ in ${roots.join(' and ')}`)
  }

  /** The file's bytes, or undefined when it is destroyed or in neither copy. Throws `KeyringError`. */
  function read(name: string, length?: number): Buffer | undefined {
    const found = roots.map((root) => readPrivateFile(join(root, name)))
    if (isDestroyed(name)) return forget(found)
    const wrong = found.findIndex((bytes) => bytes && length !== undefined && bytes.length !== length)
    if (wrong >= 0)
      throw new KeyringError('keyring_wrong_length', `${join(roots[wrong]!, name)} is not ${length} bytes long`)

    const bytes = found.find((copy) => copy !== undefined)
    if (!bytes) return undefined
    for (const [at, copy] of found.entries()) {
      if (copy === bytes) continue
      if (copy) checkSame(name, bytes, copy)
      else repair(roots[at]!, name, bytes)
      copy?.fill(0)
    }
    return isDestroyed(name) ? forget(found) : bytes
  }

  /** Returns what both copies now hold, safe on disk: `bytes`, or what another process wrote first. Throws `conflict`. */
  function create(name: string, bytes: Buffer): Buffer {
    if (isDestroyed(name)) throw new AppError('conflict', 'key_destroyed', 'A destroyed key is never made again')
    const present = read(name, bytes.length)
    if (present) return present
    const [first, ...others] = roots as [string, ...string[]]
    createFile(join(first, name), bytes)
    const winner = readPrivateFile(join(first, name)) ?? bytes
    for (const root of others) {
      if (!createFile(join(root, name), winner)) checkSame(name, winner, readPrivateFile(join(root, name)))
    }
    return winner
  }

  function erase(name: string): void {
    const folder = dirname(name)
    const prefix = `${basename(name)}.`
    for (const root of roots) {
      eraseFile(join(root, name))
      const unfinished = filesIn(root, folder).filter((file) => isTemporary(file) && file.startsWith(prefix))
      for (const file of unfinished) eraseFile(join(root, folder, file))
    }
  }

  /** No byte of it stays in either copy. Can be repeated, and finishes what a crash interrupted. */
  function destroy(name: string): void {
    create(tombstoneOf(name), Buffer.from('destroyed\n'))
    erase(name)
  }

  /** Ends every destruction that a crash, or the return of an old copy, left incomplete. Returns what is destroyed. */
  function finishDestroying(folder: string): string[] {
    const files = roots.map((root) => filesIn(root, folder))
    const stems = stemsOf([...new Set(files.flat())], '.destroyed')
    for (const stem of stems) {
      const isWhole = files.every((names) => names.includes(`${stem}.destroyed`))
      const isThere = files.flat().some((name) => name.startsWith(`${stem}.key`))
      if (!isWhole || isThere) destroy(`${folder}/${stem}.key`)
    }
    return stems
  }

  /** What a killed process left half written. A younger one may still be at work. */
  function removeUnfinished(folders: readonly string[]): void {
    for (const root of roots)
      for (const folder of folders)
        for (const file of filesIn(root, folder).filter(isTemporary)) {
          const path = join(root, folder, file)
          const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
          if (age > ABANDONED_AFTER_MS) eraseFile(path)
        }
  }

  return { list, read, create, erase, destroy, finishDestroying, isDestroyed, removeUnfinished, report }
}
