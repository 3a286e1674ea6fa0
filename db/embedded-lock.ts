import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { explainStorageFailure, StartError } from './start-error.ts'

/**
 * Takes a data directory for this process alone; gives back the function that releases it.
 * The lock file names its holder by process number and start time: a number given again to another process is no holder,
 * so a killed run leaves nothing to clean by hand. Throws `StartError` when another Carnet runs here or nothing can be written.
 */
export async function lockDataDirectory(dataDir: string): Promise<() => void> {
  const file = join(dataDir, 'carnet.lock')
  const mine = `${process.pid} ${startMark(process.pid)}\n`
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    while (!tryCreate(file, mine)) await removeStale(file, dataDir)
  } catch (error) {
    throw explainStorageFailure(error, dataDir) ?? error
  }
  return () => {
    if (read(file) === mine) rmSync(file, { force: true })
  }
}

/** Somebody has this process number: perhaps not who had it before. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Alive and doing something: a process that ended and whose parent has not noticed yet is not. */
export function isRunning(pid: number): boolean {
  return isAlive(pid) && startMark(pid) !== zombie
}

function tryCreate(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') rmSync(file, { force: true })
    throw error
  }
}

async function removeStale(file: string, dataDir: string): Promise<void> {
  const found = (await readWritten(file)) ?? ''
  const [pid, mark] = found.trim().split(' ')
  if (pid && isAlive(Number(pid)) && startMark(Number(pid)) === (mark ?? ''))
    throw new StartError(
      `Carnet already runs on ${dataDir} (process ${pid}). Stop that one first (Ctrl-C in its window), or set DATA_DIR to another directory.`,
    )
  // Two starts may find the same stale file: what was moved aside is looked at again before it is thrown away.
  const aside = `${file}.stale-${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (read(aside) === found) rmSync(aside)
  else renameSync(aside, file)
}

/** A holder creates the file and writes it a moment later: an empty one is read again before it counts as left behind. */
async function readWritten(file: string): Promise<string | undefined> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const content = read(file)
    if (content !== '') return content
    await sleep(50)
  }
  return ''
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const zombie = 'zombie'

/** The start time in clock ticks, where the system tells it; a zombie has none, for it holds nothing any more. */
function startMark(pid: number): string {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === undefined) return ''
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? zombie : (fields[19] ?? '')
}
