/** A start that cannot go on, told in sentences for the person who typed the command. Anything else is a bug. */
export class StartError extends Error {}

/** Says what a failed read or write in `path` means to the person who started Carnet; undefined when it is no such failure. */
export function explainStorageFailure(error: unknown, path: string): StartError | undefined {
  const code = codesOf(error).find((known) => unwritableCodes.has(known))
  return explainFullDisk(error, path) ?? (code === undefined ? undefined : unwritable(path, code))
}

/** The same for a full disk alone, also when PostgreSQL is the one that noticed. */
export function explainFullDisk(error: unknown, path: string): StartError | undefined {
  return codesOf(error).some((code) => fullDiskCodes.has(code)) ? diskFull(path) : undefined
}

/** The sentence for a full disk, wherever it was noticed. */
export function diskFull(path: string): StartError {
  return new StartError(`The disk that holds ${path} is full. Free some space and start again: nothing was lost.`)
}

/** True when a log of PostgreSQL ends because the disk is full. */
export function speaksOfFullDisk(log: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(log)
}

const fullDiskCodes = new Set(['ENOSPC', 'EDQUOT', '53100'])
const unwritableCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'])

function unwritable(path: string, code: string): StartError {
  return new StartError(
    `The directory ${path} cannot be written (${code}). Set DATA_DIR to a directory that belongs to you, or change the rights of this one.`,
  )
}

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const { code } = error as { code?: unknown }
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(error.cause)]
}
