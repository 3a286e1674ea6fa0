import { setImmediate as pause } from 'node:timers/promises'
import type { Keyring } from '../keyring/keyring.ts'
import { AppError } from '../shared/errors.ts'

/** The codes of a run in the order of its covers, and what hides each of them in the database. */
export type DrawnCodes = { codeAt: (index: number) => Uint8Array; codeMacs: readonly string[] }

const CODE_LENGTH = 8
const drawnWithoutPause = 500

/**
 * One code for each voucher from the key of the run; drawn again where an earlier voucher of the run or of another one has it.
 * `listTaken` says which of some codeMacs the database holds. Throws `conflict` `run_key_gone`.
 */
export async function drawCodes(
  keyring: Keyring,
  { runId, kid, count }: { runId: string; kid: number; count: number },
  listTaken: (codeMacs: readonly string[]) => Promise<readonly string[]>,
): Promise<DrawnCodes> {
  const codes = new Uint8Array(count * CODE_LENGTH)
  const codeMacs: string[] = new Array(count)

  let toDraw: Iterable<number> = codeMacs.keys()
  for (let attempt = 0; ; attempt++) {
    let drawn = 0
    for (const index of toDraw) {
      const code = codeOf(keyring, runId, index, attempt)
      codes.set(code, index * CODE_LENGTH)
      codeMacs[index] = codeMacOf(keyring, kid, code)
      if (++drawn % drawnWithoutPause === 0) await pause()
    }
    const collided = findCollided(codeMacs, new Set(await listTaken(codeMacs)))
    if (collided.length === 0) break
    toDraw = collided
  }
  return { codeAt: (index) => codes.subarray(index * CODE_LENGTH, (index + 1) * CODE_LENGTH), codeMacs }
}

function findCollided(codeMacs: readonly string[], taken: ReadonlySet<string>): number[] {
  const seen = new Set<string>()
  return codeMacs.flatMap((codeMac, index) => {
    const isFree = !taken.has(codeMac) && !seen.has(codeMac)
    seen.add(codeMac)
    return isFree ? [] : [index]
  })
}

/** Throws `conflict` `run_key_gone`. */
export function codeOf(keyring: Keyring, runId: string, index: number, attempt: number): Uint8Array {
  const code = keyring.runCode(runId, index, attempt)
  if (!code) throw runKeyGone()
  return code
}

/** Throws `unavailable` `code_key_missing`. */
export function codeMacOf(keyring: Keyring, kid: number, code: Uint8Array): string {
  const codeMac = keyring.codeMac(kid, code)
  if (!codeMac) throw new AppError('unavailable', 'code_key_missing', `The code key ${kid} is not at hand`)
  return codeMac
}

export const runKeyGone = () =>
  new AppError('conflict', 'run_key_gone', 'The key of this run is destroyed: its codes cannot be made again')
