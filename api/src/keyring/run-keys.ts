/** The key of a print run makes its codes again, byte for byte, until the requester holds the file. Then it is destroyed. */
import { randomBytes } from 'node:crypto'
import type { Day } from '../shared/days.ts'
import type { Copies } from './copies.ts'
import { type MacKey, macKey } from './mac.ts'
import { KEY_LENGTH, RUN_KEY_LENGTH, runKeyName, stemsOf } from './names.ts'

export type RunKey = { runId: string; createdOn: Day }

export function runKeys(copies: Copies) {
  const runs = new Map<string, { key: MacKey; createdOn: Day }>()

  function forget(runId: string): void {
    runs.get(runId)?.key.wipe()
    runs.delete(runId)
  }

  function keep(runId: string, bytes: Buffer): void {
    forget(runId)
    const createdOn = bytes.toString('latin1', KEY_LENGTH)
    runs.set(runId, { key: macKey(bytes.subarray(0, KEY_LENGTH)), createdOn })
  }

  function load(): void {
    copies.finishDestroying('runs')
    for (const runId of new Set([...stemsOf(copies.list('runs'), '.key'), ...runs.keys()])) {
      const bytes = copies.read(runKeyName(runId), RUN_KEY_LENGTH)
      if (bytes) keep(runId, bytes)
      else forget(runId)
    }
  }

  function destroyRunKey(runId: string): void {
    forget(runId)
    copies.destroy(runKeyName(runId))
  }

  return {
    load,

    /** Makes the key, or keeps the one there is. Throws `conflict` after destruction. */
    createRunKey(runId: string, createdOn: Day): void {
      const bytes = Buffer.concat([randomBytes(KEY_LENGTH), Buffer.from(createdOn, 'latin1')])
      keep(runId, copies.create(runKeyName(runId), bytes))
    },
    hasRunKey: (runId: string): boolean => runs.has(runId),
    destroyRunKey,

    /** Destroys what nobody confirmed in time: keys made before `day`. Returns their runs. */
    destroyRunKeysBefore(day: Day): string[] {
      const late = [...runs].filter(([, { createdOn }]) => createdOn < day).map(([runId]) => runId)
      for (const runId of late) destroyRunKey(runId)
      return late
    },
    listRunKeys: (): RunKey[] => [...runs].map(([runId, { createdOn }]) => ({ runId, createdOn })),

    /**
     * The code number `index` of a run, 8 bytes of which 60 bits count; `attempt` goes up by one when the code is taken.
     * Undefined without the run's key.
     */
    runCode(runId: string, index: number, attempt = 0): Uint8Array | undefined {
      const key = runs.get(runId)?.key
      if (!key) return undefined
      const input = new Uint8Array(8)
      new DataView(input.buffer).setUint32(0, index)
      new DataView(input.buffer).setUint32(4, attempt)
      const code = Uint8Array.from(Buffer.from(key.mac(input).slice(0, 16), 'hex'))
      code[0]! &= 15
      return code
    },
  }
}
