import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { stopFormerServer } from './embedded-orphan.ts'
import { chooseRunner, type Runner } from './embedded-runner.ts'
import { embeddedSettings } from './server-settings.ts'
import { diskFull, explainStorageFailure, StartError, speaksOfFullDisk } from './start-error.ts'

export type EmbeddedPostgres = {
  /** Of the database `carnet`, as its owner. */
  url: string
  /** Shuts the server down cleanly; resolves when it is gone. */
  stop: () => Promise<void>
  /** Resolves, with the reason, when the server ends without having been asked. */
  failed: Promise<StartError>
}

export type EmbeddedOptions = {
  /** Kept between runs: the cluster, its password (0600), its port and the log of the last run. */
  dataDir: string
  /** Added to, and stronger than, the durable and discreet settings. */
  settings?: Record<string, string>
  /** False: root gives the cluster to another account even where a user namespace could be had. */
  userNamespace?: boolean
}

/**
 * Starts the PostgreSQL that Carnet ships, creating its cluster the first time, on 127.0.0.1 with a password of its own.
 * The caller holds the lock of the data directory. Throws `StartError` with a sentence for whoever started Carnet.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dataDir)
  const cluster = join(dir, 'cluster')
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    const runner = chooseRunner(dir, cluster, options.userNamespace)
    await stopFormerServer(cluster)
    if (!existsSync(cluster)) createCluster(dir, cluster, runner)
    return await runServer(dir, cluster, runner, { ...embeddedSettings, ...options.settings })
  } catch (error) {
    throw explainStorageFailure(error, dir) ?? error
  }
}

/** The address of the server that another process runs in `dataDir`; it may be away. Undefined when none was ever made. */
export function readEmbeddedUrl(dataDir: string): string | undefined {
  const [portFile, passwordFile] = [join(dataDir, 'port'), join(dataDir, 'password')]
  if (!existsSync(portFile) || !existsSync(passwordFile)) return undefined
  return `postgres://carnet:${readFileSync(passwordFile, 'utf8')}@127.0.0.1:${readFileSync(portFile, 'utf8')}/carnet`
}

/** Made aside and then renamed: a run killed halfway leaves no half cluster. */
function createCluster(dir: string, cluster: string, runner: Runner): void {
  const passwordFile = join(dir, 'password')
  const fresh = `${cluster}.new`
  rmSync(fresh, { recursive: true, force: true })
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (runner.ids.uid !== undefined) chownSync(passwordFile, runner.ids.uid, runner.ids.gid!)

  const options = ['--auth=scram-sha-256', '--username=carnet', `--pwfile=${passwordFile}`, '--encoding=UTF8']
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions']
  const [command, ...args] = [
    ...runner.prefix,
    join(runner.binaries, 'initdb'),
    `--pgdata=${fresh}`,
    ...options,
    ...locale,
  ]
  const made = spawnSync(command!, args, { ...runner.ids, cwd: '/', env: serverEnvironment, encoding: 'utf8' })
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw serverFailure(dir, `${made.stdout}${made.stderr}${made.error?.message ?? ''}`)
  }
  renameSync(fresh, cluster)
}

const serverEnvironment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

async function runServer(
  dir: string,
  cluster: string,
  runner: Runner,
  settings: Record<string, string>,
): Promise<EmbeddedPostgres> {
  const port = await choosePort(join(dir, 'port'))
  const all = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [command, ...args] = [...runner.prefix, join(runner.binaries, 'postgres'), '-D', cluster, ...flags]
  const logFile = join(dir, 'server.log')
  const log = openSync(logFile, 'w', 0o600)
  // A group of its own: Ctrl-C reaches the server through us, after the requests that it still has to answer.
  const server = spawn(command!, args, {
    ...runner.ids,
    cwd: '/',
    env: serverEnvironment,
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)

  const watched = watch(server, () => serverFailure(dir, readFileSync(logFile, 'utf8')))
  if (!(await isReady(cluster, server))) throw await watched.failed
  const password = readFileSync(join(dir, 'password'), 'utf8')
  const urlOf = (database: string) => `postgres://carnet:${password}@127.0.0.1:${port}/${database}`
  await ensureDatabase(urlOf('postgres'))
  return { url: urlOf('carnet'), ...watched }
}

function watch(server: ChildProcess, explain: () => StartError): Pick<EmbeddedPostgres, 'stop' | 'failed'> {
  let isStopping = false
  const exited = new Promise<void>((done) => {
    server.once('exit', () => done())
    server.once('error', () => done())
  })
  const failed = new Promise<StartError>((fail) => void exited.then(() => !isStopping && fail(explain())))
  const atExit = () => void server.kill('SIGINT')
  process.once('exit', atExit)
  const stop = async () => {
    isStopping = true
    process.off('exit', atExit)
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT')
    await exited
  }
  return { stop, failed }
}

/** The server writes `ready` on the eighth line of its lock file. */
async function isReady(cluster: string, server: ChildProcess): Promise<boolean> {
  const file = join(cluster, 'postmaster.pid')
  while (server.exitCode === null && server.signalCode === null) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (lines[0] === String(server.pid) && lines[7]?.trim() === 'ready') return true
    await sleep(20)
  }
  return false
}

/** The port of the last run when it is still free, so that tools keep their address; else any free one. */
async function choosePort(file: string): Promise<number> {
  const former = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  const port = (await freePort(former)) ?? (await freePort(0))
  if (port === undefined) throw new StartError('No TCP port of 127.0.0.1 is free for PostgreSQL.')
  if (port !== former) writeFileSync(file, String(port), { mode: 0o600 })
  return port
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(undefined))
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const existing = await sql`select from pg_database where datname = 'carnet'`
    if (existing.length === 0) await sql`create database carnet`
  } finally {
    await sql.end()
  }
}

function serverFailure(dir: string, log: string): StartError {
  if (speaksOfFullDisk(log)) return diskFull(dir)
  const lastLines = log.trim().split('\n').slice(-5).join('\n  ')
  return new StartError(`The embedded PostgreSQL in ${dir} stopped. The end of its log says:\n  ${lastLines}`)
}
