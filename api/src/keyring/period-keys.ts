/**
 * One key per period: it alone ties a redemption to its voucher, and it is destroyed when the period is sealed.
 * A key that is in neither copy is not used, even if memory still has it: nothing may be accepted under a key that a restart would lose.
 */
import { randomBytes } from 'node:crypto'
import { AppError } from '../shared/errors.ts'
import type { Copies } from './copies.ts'
import { type MacKey, macKey } from './mac.ts'
import { abandonedName, KEY_LENGTH, openedName, periodKeyName, stemsOf } from './names.ts'

export function periodKeys(copies: Copies) {
  const keys = new Map<number, MacKey>()

  function forget(id: number): void {
    keys.get(id)?.wipe()
    keys.delete(id)
  }

  function keep(id: number, bytes: Buffer): void {
    forget(id)
    keys.set(id, macKey(bytes))
  }

  function load(): void {
    copies.finishDestroying('periods')
    for (const id of new Set([...stemsOf(copies.list('periods'), '.key').map(Number), ...keys.keys()])) {
      const name = periodKeyName(id)
      const bytes = copies.read(name, KEY_LENGTH)
      if (bytes) keep(id, bytes)
      else {
        if (keys.has(id)) copies.report({ kind: copies.isDestroyed(name) ? 'destroyed' : 'lost', file: name })
        forget(id)
      }
    }
  }

  return {
    load,

    /**
     * Makes the key, or keeps the one there is; safe in both copies on return. Throws `conflict` when it is destroyed, or
     * lost after its period was opened: under another key every voucher spent in it would be good again.
     */
    createPeriodKey(id: number): void {
      if (
        copies.read(openedName(id)) &&
        !copies.read(periodKeyName(id), KEY_LENGTH) &&
        !copies.isDestroyed(periodKeyName(id))
      )
        throw new AppError('conflict', 'period_key_lost', `The key of period ${id} is lost: abandon the period`)
      keep(id, copies.create(periodKeyName(id), randomBytes(KEY_LENGTH)))
    },

    /** False: answer `retry`, and `reread()` in case another process made it. */
    hasPeriodKey: (id: number): boolean => keys.has(id),
    listPeriodKeys: (): number[] => [...keys.keys()].sort((a, b) => a - b),

    /** Gone from both copies and from this process; other processes lose it at their next `reread()`. */
    destroyPeriodKey(id: number): void {
      forget(id)
      copies.destroy(periodKeyName(id))
    },
    isPeriodKeyDestroyed: (id: number): boolean => copies.isDestroyed(periodKeyName(id)),

    /** Written before scans use the key: a database that does not know this period is older than the keyring. */
    markOpened(id: number, month: string): void {
      copies.create(openedName(id), Buffer.from(month))
    },
    /** Every period that was ever opened, with its month. */
    listOpened: (): { id: number; month: string }[] =>
      stemsOf(copies.list('periods'), '.opened')
        .map((stem) => ({ id: Number(stem), month: copies.read(openedName(Number(stem)))?.toString() ?? '' }))
        .sort((a, b) => a.id - b.id),

    /** Both copies of this key are lost and two people decided to go on without it. */
    markAbandoned(id: number): void {
      copies.create(abandonedName(id), Buffer.from('abandoned\n'))
    },
    isAbandoned: (id: number): boolean => copies.read(abandonedName(id)) !== undefined,

    /** What a redemption carries instead of its voucher. Undefined without the period's key. */
    tag: (id: number, codeMac: string): string | undefined => keys.get(id)?.macOfHex(codeMac),
    /** What a receipt remembers of a scan: the canonical body holds more than 16 bytes, so it is never a tag. */
    bodyMac: (id: number, canonicalBody: Uint8Array | string): string | undefined => keys.get(id)?.mac(canonicalBody),
  }
}
