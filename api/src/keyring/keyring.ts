/**
 * The secrets that never enter PostgreSQL or its backups. All processes mount the same directories.
 * Reading and writing keys is rare and synchronous; the MACs of the scan path come from memory.
 */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { blockHashes } from './block-hash.ts'
import { type Copies, type KeyringEvent, openCopies } from './copies.ts'
import { checkDirectories, type KeyringDirectories } from './directories.ts'
import { readKept, writeKept } from './kept-files.ts'
import { KeyringError } from './keyring-error.ts'
import { macKey } from './mac.ts'
import { folders, KEY_LENGTH, P256_LENGTH } from './names.ts'
import { periodKeys } from './period-keys.ts'
import { queueKey } from './queue-key.ts'
import { runKeys } from './run-keys.ts'
import { sealingRecords } from './sealing-records.ts'
import { signingKeys } from './signing-keys.ts'

export type KeyringOptions = KeyringDirectories & {
  /** Told of a file written again, lost or destroyed: for the log and the alarm. */
  onEvent?: (event: KeyringEvent) => void
}
export type Keyring = ReturnType<typeof loadKeyring>

const IDENTITY = 'identity'
const READY = 'ready'
const GENERATION = 'generation'

const newQueueKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'pkcs8' }) as Buffer
const newGeneration = () => Buffer.from(randomBytes(16).toString('hex'))

function openDirectories(options: KeyringOptions): Copies {
  const copies = openCopies(checkDirectories(options), options.onEvent ?? (() => {}))
  copies.removeUnfinished(folders)
  return copies
}

function readRequired(copies: Copies, name: string, length: number): Buffer {
  const bytes = copies.read(name, length)
  if (!bytes) throw new KeyringError('keyring_incomplete', `${name} is in neither copy of the keyring`)
  return bytes
}

function loadKeyring(copies: Copies) {
  const identity = readRequired(copies, IDENTITY, 36).toString()
  const answerKey = macKey(readRequired(copies, 'answer.key', KEY_LENGTH))
  // Made when a keyring of an earlier version is opened: what was released before stays as it is.
  const releaseKey = macKey(copies.create('release.key', randomBytes(KEY_LENGTH)))
  const { load: loadPeriods, ...periods } = periodKeys(copies)
  const { load: loadKids, ...kids } = signingKeys(copies)
  const { load: loadRuns, ...runs } = runKeys(copies)
  let generation = ''

  /** Takes over what other processes made or destroyed. Throws `KeyringError`; what memory held then stays. */
  function reread(): void {
    loadPeriods()
    loadKids()
    loadRuns()
    generation = readKept(copies, GENERATION)?.toString() ?? generation
  }
  reread()

  return {
    ...periods,
    ...kids,
    ...runs,
    ...sealingRecords(copies),
    ...queueKey(readRequired(copies, 'queue.key', P256_LENGTH)),
    ...blockHashes(readRequired(copies, 'block.key', KEY_LENGTH)),
    /** A database remembers it, and refuses the keyring of another. */
    identity,
    reread,
    generation: (): string => generation,
    /** After a restore: phones then send again what they sent lately. */
    replaceGeneration(): string {
      writeKept(copies, GENERATION, newGeneration())
      reread()
      return generation
    },
    /** What `answers` remembers of a scan after sealing. */
    answerMac: (scanId: string): string => answerKey.macOfHex(scanId.replaceAll('-', '')),
    /** 0 to 2^32 - 1, always the same for a sum of cell keys: how its count is rounded when it is released. */
    releaseDraw: (cellKey: number): number => Number.parseInt(releaseKey.mac(String(cellKey)).slice(0, 8), 16),
  }
}

/** Opens the keyring that a database knows. Throws `KeyringError`, a sentence for the operator. */
export function openKeyring(options: KeyringOptions): Keyring {
  const copies = openDirectories(options)
  if (copies.read(READY) === undefined)
    throw new KeyringError(
      'keyring_missing',
      `There is no keyring in ${options.directory}: restore it, do not make another`,
    )
  return loadKeyring(copies)
}

/** The identity is written first: keys without it are the remains of another keyring, and a new one would hide the loss. */
function makeKeys(copies: Copies): Keyring {
  const hasKeys = folders.some((folder) => copies.list(folder).some((file) => file.endsWith('.key')))
  if (hasKeys) readRequired(copies, IDENTITY, 36)
  copies.create(IDENTITY, Buffer.from(randomUUID()))
  copies.create('answer.key', randomBytes(KEY_LENGTH))
  copies.create('block.key', randomBytes(KEY_LENGTH))
  copies.create('queue.key', newQueueKey())
  copies.create(`${GENERATION}.v1`, newGeneration())
  const keyring = loadKeyring(copies)
  if (keyring.listKids().length === 0) keyring.createKid()
  copies.create(READY, Buffer.from('ready\n'))
  return keyring
}

/**
 * Opens the keyring, or makes it with a first kid where there is none. Two processes may do so at once and get the same.
 * Throws `KeyringError`.
 */
export function createKeyring(options: KeyringOptions): Keyring {
  const copies = openDirectories(options)
  return copies.read(READY) === undefined ? makeKeys(copies) : loadKeyring(copies)
}
