/**
 * On what the keyring lies: a destroyed key is gone for good only where nothing readable is left on a disk, and a copy of the
 * data must not carry the keys along. What cannot be told is said so: silence would read as good news.
 */
import { readdirSync, readFileSync, realpathSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `memory` is tmpfs: never on a disk, and gone with the power. */
export type Medium = 'encrypted' | 'memory' | 'plain' | 'unknown'
export type Place = { path: string; device: number; medium: Medium }
export type MediumWarning = { check: string; says: string }

const memoryFilesystems = new Set([0x01021994, 0x858458f6])
/** Deeper than any stack of LVM, RAID and partitions. */
const mostLayers = 8

/** Linux packs both numbers into one: 12 bits of major, 20 of minor, in four parts. */
const numberOf = (device: number): string => {
  const bits = BigInt(device)
  const major = ((bits >> 8n) & 0xfffn) | ((bits >> 32n) & 0xfffff000n)
  const minor = (bits & 0xffn) | ((bits >> 12n) & 0xffffff00n)
  return `${major}:${minor}`
}

function readIfThere<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Encrypted by dm-crypt itself, or resting on nothing but what is: LVM, RAID, a partition. */
function isEncrypted(node: string, layers = mostLayers): boolean {
  if (readIfThere(() => readFileSync(join(node, 'dm', 'uuid'), 'utf8'))?.startsWith('CRYPT-')) return true
  if (layers === 0) return false
  const slaves = readIfThere(() => readdirSync(join(node, 'slaves'))) ?? []
  if (slaves.length > 0)
    return slaves.every((name) => isEncrypted(realpathSync(join(node, 'slaves', name)), layers - 1))
  const isPartition = readIfThere(() => statSync(join(node, 'partition'))) !== undefined
  return isPartition && isEncrypted(dirname(node), layers - 1)
}

/** What the kernel says of a device. Overlays, btrfs, ZFS and network shares have none of their own: `unknown`. */
export function mediumOf({ device, filesystem, sys }: { device: number; filesystem: number; sys: string }): Medium {
  if (memoryFilesystems.has(filesystem)) return 'memory'
  const node = readIfThere(() => realpathSync(join(sys, 'dev', 'block', numberOf(device))))
  if (node === undefined) return 'unknown'
  return isEncrypted(node) ? 'encrypted' : 'plain'
}

export function placeOf(path: string, sys = '/sys'): Place {
  const { dev: device } = statSync(path)
  return { path, device, medium: mediumOf({ device, filesystem: statfsSync(path).type, sys }) }
}

/** `data`: where the database lies, when it is on this machine. Pure. */
export function warnOfMedium(copies: readonly Place[], data: Place | undefined): MediumWarning[] {
  const [first, second] = copies
  const together = copies.filter(({ device }) => device === data?.device)
  const inMemory = copies.every(({ medium }) => medium === 'memory')
  const ofMedium = (medium: Medium) => copies.filter((place) => place.medium === medium)
  return [
    ...together.map(({ path }) => ({
      check: 'keyring_beside_data',
      says: `The keyring ${path} is on the same device as the database ${data?.path}: whoever copies that device has both.`,
    })),
    ...(first && second && first.device === second.device
      ? [
          {
            check: 'keyring_copies_together',
            says: `Both copies of the keyring are on one device, ${first.path}: they are lost together.`,
          },
        ]
      : []),
    ...(inMemory
      ? [
          {
            check: 'keyring_in_memory',
            says: 'Every copy of the keyring is in memory (tmpfs): it is lost when the machine stops.',
          },
        ]
      : []),
    ...ofMedium('plain').map(({ path }) => ({
      check: 'keyring_not_encrypted',
      says: `The keyring ${path} is on a medium that is not encrypted: on a disk that was thrown away a destroyed key may be read again.`,
    })),
    ...ofMedium('unknown').map(({ path }) => ({
      check: 'keyring_medium_unknown',
      says: `Carnet could not tell whether the keyring ${path} is on an encrypted medium: see to it yourself.`,
    })),
    {
      check: 'host_backup',
      says: `Leave ${copies.map(({ path }) => path).join(' and ')} out of every backup or snapshot of this machine: one that holds both database and keyring tells who used what.`,
    },
  ]
}
