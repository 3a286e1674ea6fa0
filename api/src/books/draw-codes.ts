import { setImmediate as pause } from 'node:timers/promises'
import type { Keyring } from '../keyring/keyring.ts'
import { AppError } from '../shared/errors.ts'
import { isTrainingCode } from './training-code.ts'

/** The codes of a run in the order of its covers, and what hides each of them in the database. */
export type DrawnCodes = { codeAt: (index: number) => Uint8Array; codeMacs: readonly string[] }
type Drawing = {
  runId: string
  kid: number
  count: number
  /** Hears how many more are drawn. */
  tell?: (drawn: number) => void
}
type ListTaken = (codeMacs: readonly string[]) => Promise<readonly string[]>

const CODE_LENGTH = 8
/** A few milliseconds, then others get their turn. */
const drawnWithoutPause = 500

/**
 * One code for each voucher from the key of the run; drawn again where it is a training code, or where an earlier voucher of the
 * run or one of another run has it. `listTaken` says which of some codeMacs the database holds. Throws `conflict` `run_key_gone`.
 */
export async function drawCodes(
  keyring: Keyring,
  { runId, kid, count, tell }: Drawing,
  listTaken: ListTaken,
): Promise<DrawnCodes> {
  const codes = new Uint8Array(count * CODE_LENGTH)
  const codeMacs: string[] = []
  const seen = new Set<string>()

  function draw(index: number, attempt: number): void {
    const code = codeOf(keyring, runId, index, attempt)
    const codeMac = codeMacOf(keyring, kid, code)
    if (seen.has(codeMac) || isTrainingCode(code)) {
      draw(index, attempt + 1)
      return
    }
    seen.add(codeMac)
    codes.set(code, index * CODE_LENGTH)
    codeMacs[index] = codeMac
  }

  for (let index = 0; index < count; index++) {
    draw(index, 0)
    if (index % drawnWithoutPause !== 0) continue
    tell?.(Math.min(drawnWithoutPause, count - index))
    await pause()
  }
  for (let taken = await listTaken(codeMacs), attempt = 1; taken.length > 0; attempt++) {
    const indexes = taken.map((codeMac) => codeMacs.indexOf(codeMac))
    for (const index of indexes) draw(index, attempt)
    taken = await listTaken(indexes.map((index) => codeMacs[index]!))
  }
  return { codeAt: (index) => codes.subarray(index * CODE_LENGTH, (index + 1) * CODE_LENGTH), codeMacs }
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
