/** A start that cannot go on, told in sentences for the person who typed the command. Anything else is a bug. */
export class StartError extends Error {}

/** Says what a failed read or write in `path` means to the person who started Carnet; undefined when it is no such failure. */
export function explainStorageFailure(error: unknown, path: string): StartError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: string }
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === postgresDiskFull) return diskFull(path)
    if (code !== undefined && unwritableCodes.has(code)) return unwritable(path, code)
  }
  return undefined
}

/** The sentence for a full disk, wherever it was noticed. */
export function diskFull(path: string): StartError {
  return new StartError(`The disk that holds ${path} is full. Free some space and start again: nothing was lost.`)
}

/** True when a log of PostgreSQL ends because the disk is full. */
export function speaksOfFullDisk(log: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(log)
}

const postgresDiskFull = '53100'
const unwritableCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'])

function unwritable(path: string, code: string): StartError {
  return new StartError(
    `The directory ${path} cannot be written (${code}). Set DATA_DIR to a directory that belongs to you, or change the rights of this one.`,
  )
}
