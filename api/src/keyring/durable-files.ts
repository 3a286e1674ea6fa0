/** Private files that survive a power cut whole or not at all. Everything here is synchronous: the files are small and rarely written. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { KeyringError } from './keyring-error.ts'

/** Windows has no such modes and cannot open a directory. */
const hasModes = process.platform !== 'win32'

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'
const exists = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EEXIST'

function whenPresent<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function checkMode(path: string, mode: number, right: string): void {
  if (hasModes && (mode & 0o077) !== 0)
    throw new KeyringError('keyring_too_open', `Others may read ${path}. Run: chmod ${right} '${path}'`)
}

export function checkDirectoryMode(path: string): void {
  const stats = whenPresent(() => statSync(path))
  if (stats) checkMode(path, stats.mode, '700')
}

function syncDirectory(path: string): void {
  if (!hasModes) return
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function makeDirectory(path: string): void {
  const firstMade = mkdirSync(path, { recursive: true, mode: 0o700 })
  if (firstMade) syncDirectory(dirname(firstMade))
}

function writeWhole(path: string, bytes: Uint8Array, flags: string): void {
  const file = openSync(path, flags, 0o600)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The bytes, or undefined when there is no such file. Throws `keyring_too_open`. */
export function readPrivateFile(path: string): Buffer | undefined {
  return whenPresent(() => {
    const file = openSync(path, 'r')
    try {
      checkMode(path, fstatSync(file).mode, '600')
      return readFileSync(file)
    } finally {
      closeSync(file)
    }
  })
}

export const isPresent = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

/**
 * Writes a file that does not exist yet; false when it does. Of two processes one wins, and nobody ever sees half a file.
 * A link, not a rename: a rename would replace what the other process has just written.
 */
export function createFile(path: string, bytes: Uint8Array): boolean {
  makeDirectory(dirname(path))
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  writeWhole(temporary, bytes, 'wx')
  try {
    linkSync(temporary, path)
    return true
  } catch (error) {
    if (exists(error)) return false
    throw error
  } finally {
    whenPresent(() => unlinkSync(temporary))
    syncDirectory(dirname(path))
  }
}

/** Zeros over the bytes before the name goes, so that the freed blocks hold nothing. */
export function eraseFile(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === undefined) return
  whenPresent(() => writeWhole(path, Buffer.alloc(size), 'r+'))
  whenPresent(() => unlinkSync(path))
  syncDirectory(dirname(path))
}
