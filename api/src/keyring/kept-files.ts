/**
 * Contents that change, in files that never do: each version is a file of its own and the highest counts.
 * So a crash between the two copies leaves an old and a new one, never two that disagree.
 */
import { AppError } from '../shared/errors.ts'
import type { Copies } from './copies.ts'

const folderOf = (name: string) => (name.includes('/') ? name.slice(0, name.indexOf('/')) : '.')
const fileOf = (name: string) => name.slice(name.indexOf('/') + 1)

function versionsOf(copies: Copies, name: string): number[] {
  const prefix = `${fileOf(name)}.v`
  return copies
    .list(folderOf(name))
    .filter((file) => file.startsWith(prefix))
    .map((file) => Number(file.slice(prefix.length)))
    .sort((a, b) => b - a)
}

function readVersion(copies: Copies, name: string): { version: number; bytes: Buffer } | undefined {
  const [version, ...older] = versionsOf(copies, name)
  if (version === undefined) return undefined
  const isStillLast = () => versionsOf(copies, name)[0] === version
  try {
    const bytes = copies.read(`${name}.v${version}`)
    if (isStillLast()) {
      for (const one of older) copies.erase(`${name}.v${one}`)
      return bytes && { version, bytes }
    }
  } catch (error) {
    if (isStillLast()) throw error
  }
  return readVersion(copies, name)
}

export function readKept(copies: Copies, name: string): Buffer | undefined {
  return readVersion(copies, name)?.bytes
}

/** Safe in both copies on return; the earlier version is erased. Throws `conflict` when another process was first. */
export function writeKept(copies: Copies, name: string, bytes: Buffer): void {
  const last = readVersion(copies, name)
  if (last?.bytes.equals(bytes)) return
  const next = (last?.version ?? 0) + 1
  if (!copies.create(`${name}.v${next}`, bytes).equals(bytes))
    throw new AppError('conflict', 'keyring_changed', 'Another process has just written this')
  if (last) copies.erase(`${name}.v${last.version}`)
}

/** The names (without folder) of what is kept in a folder, with this ending. */
export function listKept(copies: Copies, folder: string, ending: string): string[] {
  const pattern = new RegExp(`^(.+)\\${ending}\\.v\\d+$`)
  return [...new Set(copies.list(folder).flatMap((file) => pattern.exec(file)?.[1] ?? []))]
}
