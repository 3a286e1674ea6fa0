import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './embedded-lock.ts'
import { StartError } from './start-error.ts'

const patienceMs = 30_000

/**
 * Leaves no server of a killed run behind on `cluster`: an orphan is asked to shut down cleanly and waited for.
 * The caller holds the lock of the data directory, so no living Carnet owns that server.
 */
export async function stopFormerServer(cluster: string): Promise<void> {
  const deadline = Date.now() + patienceMs
  let asked: number | undefined
  for (;;) {
    const postmaster = readPostmasterPid(cluster)
    const working = serverProcesses(cluster, postmaster)
    if (working.length === 0) return removeStaleLock(cluster, postmaster)
    if (postmaster !== undefined && working.includes(postmaster) && asked !== postmaster) {
      process.kill(postmaster, 'SIGINT')
      asked = postmaster
    }
    if (Date.now() > deadline)
      throw new StartError(
        `A PostgreSQL of an earlier run still works in ${cluster} (process ${working.join(', ')}) and does not stop. Stop it with: kill -INT ${postmaster ?? working[0]}`,
      )
    await sleep(50)
  }
}

/** The first line of postmaster.pid; undefined when no server holds the cluster. */
function readPostmasterPid(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10)
    return Number.isNaN(pid) ? undefined : pid
  } catch {
    return undefined
  }
}

/**
 * PostgreSQL removes the lock of a dead server by itself. It refuses when the number lives on: as a zombie that its parent
 * has not reaped yet, or given to another program. Then, and only once no server process works in the cluster, the lock goes.
 */
function removeStaleLock(cluster: string, postmaster: number | undefined): void {
  if (postmaster !== undefined && isAlive(postmaster)) rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

function serverProcesses(cluster: string, postmaster: number | undefined): number[] {
  if (process.platform === 'linux') return allProcesses().filter((pid) => worksIn(pid, cluster))
  return postmaster !== undefined && isAlive(postmaster) && commandOf(postmaster).includes(cluster) ? [postmaster] : []
}

function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** Every process of a server has its cluster as working directory; a zombie has none. */
function worksIn(pid: number, cluster: string): boolean {
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) !== cluster) return false
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
  } catch {
    return false
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
