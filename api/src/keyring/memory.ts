import { readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type MediumWarning, mediumOf } from './medium.ts'

const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** zram is memory that is compressed: never on a disk. */
const isMemory = (path: string) => /^\/dev\/zram\d+$/.test(path)

/** A swap partition is named by its device, a swap file lies on one. */
function isEncryptedSwap(path: string, sys: string): boolean {
  try {
    const stats = statSync(path)
    const device = stats.isBlockDevice() ? stats.rdev : stats.dev
    return mediumOf({ device, filesystem: stats.isBlockDevice() ? 0 : statfsSync(path).type, sys }) === 'encrypted'
  } catch {
    return false
  }
}

/** Whether the keys, which are in memory while Carnet runs, may be written to a disk by the system. Linux alone tells. */
export function warnOfMemory(proc = '/proc', sys = '/sys'): MediumWarning[] {
  const swaps = readIfThere(join(proc, 'swaps')).trim().split('\n').slice(1)
  const paths = swaps
    .map((line) => line.split(/\s+/)[0]!)
    .filter((path) => !isMemory(path) && !isEncryptedSwap(path, sys))
  const limit = /^Max core file size\s+(\S+)/m.exec(readIfThere(join(proc, 'self', 'limits')))?.[1] ?? '0'
  return [
    ...paths.map((path) => ({
      check: 'swap_not_encrypted',
      says: `The system may swap memory to ${path}, which is not known to be encrypted: keys of live months could be read there. Encrypt it or do without.`,
    })),
    ...(limit === '0'
      ? []
      : [
          {
            check: 'core_dumps',
            says: 'A crash may write the memory of Carnet, keys included, to a file. Forbid it: LimitCORE=0 in a unit of systemd, or ulimit -c 0.',
          },
        ]),
  ]
}
