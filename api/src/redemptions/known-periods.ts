/**
 * The live periods and their keys as this process knows them. The database says which periods are live; whoever asks it with
 * an old list is told so, reads again and asks again. Without every key nothing is asked: a voucher spent under it would be good.
 */
import type { RawClient } from '@carnet/db'
import type { Keyring } from '../keyring/keyring.ts'
import { KeyringError } from '../keyring/keyring-error.ts'
import { readLivePeriods } from './queries.ts'

/** What keeps scans waiting: the database does not answer, a key is missing, or the periods do not settle. */
export type DeskTrouble = 'database' | 'keyring' | 'periods'

const patienceMs = 2_000
const attempts = 3

export function createKnownPeriods(options: {
  client: RawClient
  keyring: Keyring
  onTrouble: (trouble: DeskTrouble) => void
}) {
  const { client, keyring, onTrouble } = options
  let livePeriods: number[] = []
  let rereadAt = 0
  let rereading: Promise<void> = Promise.resolve()

  /** Called every minute too, so that keys of sealed periods leave this process's memory. Throws `KeyringError`. */
  function reread(): Promise<void> {
    rereadAt = Date.now()
    rereading = readAll().catch((error: unknown) => {
      // A keyring that cannot be read is a matter for people; a database may be back at once.
      if (!(error instanceof KeyringError)) rereadAt = 0
      throw error
    })
    return rereading
  }

  async function readAll(): Promise<void> {
    const live = await readLivePeriods(client)
    keyring.reread()
    livePeriods = live
  }

  /** The live periods, when the keyring has all their keys. While a key is lost it is looked for every two seconds. */
  async function usable(): Promise<number[] | null> {
    const hasAllKeys = () => livePeriods.length > 0 && livePeriods.every(keyring.hasPeriodKey)
    if (hasAllKeys()) return livePeriods
    // A key that was destroyed is not looked for: its period has just been sealed. Of a lost one, whoever comes while another
    // reads waits for what that one finds.
    const isStale = livePeriods.some(keyring.isPeriodKeyDestroyed) || Date.now() - rereadAt > patienceMs
    await (isStale ? reread() : rereading)
    return hasAllKeys() ? livePeriods : null
  }

  async function askAgain<Told>(
    ask: (livePeriods: readonly number[]) => Promise<Told>,
    isRetry: (told: Told) => boolean,
  ): Promise<Told | DeskTrouble> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const periods = await usable()
      if (!periods) return livePeriods.length > 0 ? 'keyring' : 'periods'
      const told = await ask(periods)
      if (!isRetry(told)) return told
      await reread()
    }
    return 'periods'
  }

  return {
    reread,
    usable,
    /** What `ask` says under the live periods. Null, and the trouble is told, when that cannot be said now. */
    async ask<Told extends object>(
      ask: (livePeriods: readonly number[]) => Promise<Told>,
      isRetry: (told: Told) => boolean,
    ): Promise<Told | null> {
      const told = await askAgain(ask, isRetry).catch((error: unknown): DeskTrouble => {
        if (error instanceof KeyringError) return 'keyring'
        throw error
      })
      if (typeof told === 'object') return told
      onTrouble(told)
      return null
    },
  }
}
