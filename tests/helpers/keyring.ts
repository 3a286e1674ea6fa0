import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyringEvent } from '@carnet/api/keyring/copies.ts'
import { createKeyring, type KeyringOptions, openKeyring } from '@carnet/api/keyring/keyring.ts'
import { onTestFinished } from 'vitest'

export function givenEmptyPlace(): string {
  const place = mkdtempSync(join(tmpdir(), 'carnet-keyring-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  return place
}

/** A keyring in two real directories. `reopen` is what another process, or the next start, sees. */
export function givenKeyring() {
  const place = givenEmptyPlace()
  const first = join(place, 'first')
  const second = join(place, 'second')
  const events: KeyringEvent[] = []
  const options: KeyringOptions = { directory: first, copyDirectory: second, onEvent: (event) => events.push(event) }
  return { place, first, second, events, options, keyring: createKeyring(options), reopen: () => openKeyring(options) }
}

/** Every file below, as paths relative to the directory. */
export const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(directory, file)).isFile())
    .sort()

/** Files below that hold these bytes, raw or as hex digits. */
export const filesHolding = (directory: string, bytes: Buffer): string[] =>
  filesBelow(directory).filter((file) => {
    const content = readFileSync(join(directory, file))
    return content.includes(bytes) || content.includes(bytes.toString('hex'))
  })
