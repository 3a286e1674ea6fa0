import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { readConfig } from '@carnet/api/config.ts'
import { mediumOf, type Place, placeOf, warnOfMedium } from '@carnet/api/keyring/medium.ts'
import { warnOfMemory } from '@carnet/api/keyring/memory.ts'
import { warnOfKeyring } from '@carnet/api/warn-of-keyring.ts'
import { afterAll, describe, expect, test } from 'vitest'

const ext4 = 0xef53
const roots: string[] = []
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true })
})

type Node = { number?: string; uuid?: string; slaves?: string[]; isPartition?: boolean }

/** A tree like the kernel's: devices by path, links by number, slaves by name. */
function sysWith(nodes: Record<string, Node>): string {
  const root = mkdtempSync(join(tmpdir(), 'carnet-sys-'))
  roots.push(root)
  const directoryOf = (name: string) => join(root, 'devices', name)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  mkdirSync(join(root, 'dev', 'block'), { recursive: true })
  for (const name of Object.keys(nodes)) mkdirSync(join(directoryOf(name), 'slaves'), { recursive: true })
  for (const [name, { number, uuid, slaves = [], isPartition }] of Object.entries(nodes)) {
    const directory = directoryOf(name)
    if (number) symlinkSync(relative(join(root, 'dev', 'block'), directory), join(root, 'dev', 'block', number))
    if (uuid) write(join(directory, 'dm', 'uuid'), `${uuid}\n`)
    if (isPartition) write(join(directory, 'partition'), '1\n')
    for (const slave of slaves) symlinkSync(directoryOf(slave), join(directory, 'slaves', slave.replaceAll('/', '_')))
  }
  return root
}

const device = (major: number, minor: number) => (major << 8) | minor
const mediumWith = (nodes: Record<string, Node>, at = device(253, 0)) =>
  mediumOf({ device: at, filesystem: ext4, sys: sysWith(nodes) })

describe('the kernel says of memory', () => {
  const procWith = (swaps: string[], core: string) => {
    const root = mkdtempSync(join(tmpdir(), 'carnet-proc-'))
    roots.push(root)
    mkdirSync(join(root, 'self'))
    writeFileSync(join(root, 'swaps'), ['Filename\tType\tSize\tUsed\tPriority', ...swaps, ''].join('\n'))
    writeFileSync(
      join(root, 'self', 'limits'),
      `Limit  Soft  Hard\nMax core file size        ${core}        unlimited     bytes\n`,
    )
    return root
  }
  const file = (path: string) => `${path}   file   1024   0   -2`

  test.each([
    ['nothing', [], '0', []],
    ['memory that is compressed', ['/dev/zram0   partition   1024   0   100'], '0', []],
    ['a swap file that it does not know to be encrypted', [file('/etc/passwd')], '0', ['swap_not_encrypted']],
    ['a swap that is not there', [file('/nowhere')], '0', ['swap_not_encrypted']],
    ['dumps', [], 'unlimited', ['core_dumps']],
  ])('%s', (_, swaps, core, checks) => {
    const warnings = warnOfMemory(procWith(swaps, core), sysWith({}))
    expect(warnings.map(({ check }) => check)).toEqual(checks)
  })

  test('a swap file on an encrypted disk needs no warning; a system without such files neither', () => {
    const { dev } = statSync('/etc/passwd')
    const sys = sysWith({
      dm0: { number: `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`, uuid: 'CRYPT-LUKS2-1' },
    })
    expect(warnOfMemory(procWith([file('/etc/passwd')], '0'), sys)).toEqual([])
    expect(warnOfMemory('/nowhere')).toEqual([])
  })
})

describe('the kernel says of a device', () => {
  const luks = { uuid: 'CRYPT-LUKS2-0123-cryptkeys' }
  const lvm = { number: '253:0', uuid: 'LVM-abc' }

  test.each([
    ['dm-crypt', 'encrypted', { dm0: { number: '253:0', ...luks } }],
    ['LVM on dm-crypt', 'encrypted', { dm0: { ...lvm, slaves: ['dm1'] }, dm1: luks }],
    ['LVM on a plain disk', 'plain', { dm0: { ...lvm, slaves: ['sda'] }, sda: {} }],
    ['LVM on one of each', 'plain', { dm0: { ...lvm, slaves: ['dm1', 'sda'] }, dm1: luks, sda: {} }],
    ['a partition of a plain disk', 'plain', { sda: {}, 'sda/sda1': { number: '253:0', isPartition: true } }],
    ['a partition of an encrypted one', 'encrypted', { dm1: luks, 'dm1/p1': { number: '253:0', isPartition: true } }],
    ['a name that only looks like it', 'plain', { dm0: { number: '253:0', uuid: 'LVM-CRYPT-1' } }],
    ['a ring', 'plain', { dm0: { ...lvm, slaves: ['dm1'] }, dm1: { slaves: ['dm0'] } }],
    ['nothing', 'unknown', {}],
  ] as [string, string, Record<string, Node>][])('%s: %s', (_, medium, nodes) => {
    expect(mediumWith(nodes)).toBe(medium)
  })

  test('numbers beyond a byte', () => {
    // As makedev(259, 300) packs them.
    const at = (300 & 0xff) | (259 << 8) | ((300 & ~0xff) << 12)
    expect(mediumWith({ nvme: { number: '259:300', ...luks } }, at)).toBe('encrypted')
  })

  test('memory is memory, and a machine without such a tree cannot tell', () => {
    expect(mediumOf({ device: 1, filesystem: 0x01021994, sys: '/nowhere' })).toBe('memory')
    expect(mediumOf({ device: 1, filesystem: ext4, sys: '/nowhere' })).toBe('unknown')
    expect(placeOf(tmpdir(), '/nowhere').device).toBeGreaterThan(0)
  })
})

describe('what is told at the start', () => {
  const place = (path: string, device: number, medium: Place['medium'] = 'encrypted') => ({ path, device, medium })
  const checksOf = (copies: Place[], data?: Place) => warnOfMedium(copies, data).map(({ check }) => check)

  test('of two encrypted devices apart from the data: only what backups must leave out', () => {
    const [told, ...more] = warnOfMedium([place('/k1', 1), place('/k2', 2)], place('/data', 3, 'plain'))
    expect(more).toEqual([])
    expect(told).toEqual({
      check: 'host_backup',
      says: expect.stringContaining('Leave /k1 and /k2 out of every backup'),
    })
  })

  test.each([
    ['keyring_beside_data', [place('/k1', 3), place('/k2', 2)]],
    ['keyring_copies_together', [place('/k1', 1), place('/k2', 1)]],
    ['keyring_in_memory', [place('/k1', 1, 'memory'), place('/k2', 2, 'memory')]],
    ['keyring_not_encrypted', [place('/k1', 1), place('/k2', 2, 'plain')]],
    ['keyring_medium_unknown', [place('/k1', 1, 'unknown'), place('/k2', 2)]],
  ])('%s', (check, copies) => {
    expect(checksOf(copies, place('/data', 3))).toEqual([check, 'host_backup'])
  })

  test('one copy in memory and one on a disk is fine; a database elsewhere is beside nothing', () => {
    expect(checksOf([place('/k1', 1, 'memory'), place('/k2', 2)], place('/data', 3))).toEqual(['host_backup'])
    expect(checksOf([place('/k1', 1), place('/k2', 2)])).toEqual(['host_backup'])
  })

  test('one JSON line each in production, and nothing in the demo', () => {
    const root = mkdtempSync(join(tmpdir(), 'carnet-places-'))
    roots.push(root)
    const places = { KEYRING_DIR: join(root, 'one'), KEYRING_COPY_DIR: join(root, 'two'), DATA_DIR: root }
    for (const path of [...Object.values(places), join(root, 'postgres')]) mkdirSync(path, { recursive: true })
    const linesIn = (environment: Record<string, string>) => {
      const lines: string[] = []
      warnOfKeyring(readConfig({ ...places, ...environment }), (line) => lines.push(line))
      return lines.map((line) => JSON.parse(line) as { level: string; check: string })
    }
    const mail = { SMTP_URL: 'smtp://mail', MAIL_FROM: 'a@b.fr' }
    const told = linesIn({ MODE: 'production', PUBLIC_URL: 'https://carnet.example', ...mail })
    expect(told.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['keyring_beside_data', 'keyring_copies_together', 'host_backup']),
    )
    expect(new Set(told.map(({ level }) => level))).toEqual(new Set(['warning']))
    expect(linesIn({ MODE: 'demo' })).toEqual([])
  })
})
