import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'

export type RunningCommand = {
  child: ChildProcess
  /** Its exit code and all it printed. */
  ended: Promise<{ code: number | null; output: string }>
  /** What it printed until now. */
  output: () => string
}

/** Runs one command of the project as a person would: nothing of this test run's own environment but the path. */
export function runCommand([command, ...args]: string[], environment: Record<string, string>): RunningCommand {
  const env = { PATH: process.env.PATH!, HOME: tmpdir(), ...environment }
  const child = spawn(command!, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<{ code: number | null; output: string }>((done) =>
    child.on('close', (code) => done({ code, output })),
  )
  return { child, ended, output: () => output }
}

export const startCommand = [process.execPath, resolve('scripts/run.cjs'), 'start']

/** An empty production installation of its own: no demo world to wait for. */
export async function givenInstallation(folder = mkdtempSync(join(tmpdir(), `carnet-test-${process.pid}-`))) {
  const port = await freePort()
  return {
    folder,
    port,
    dataDir: join(folder, 'data'),
    environment: {
      MODE: 'production',
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      DATA_DIR: join(folder, 'data'),
      KEYRING_COPY_DIR: join(folder, 'keyring-copy'),
      SMTP_URL: 'smtp://localhost:9',
      MAIL_FROM: 'Carnet <carnet@example.org>',
    },
  }
}

export type Installation = Awaited<ReturnType<typeof givenInstallation>>

/** Waits until the server answers; fails with what the command printed when it ends first. */
export async function untilAnswering(port: number, { child, ended }: RunningCommand): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await answers(port)) return
    await sleep(50)
  }
  throw new Error((await ended).output)
}

export async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok
  } catch {
    return false
  }
}

/** The owner's client of an installation's embedded database. */
export function ownerOf({ dataDir }: Pick<Installation, 'dataDir'>) {
  const [password, port] = ['password', 'port'].map((file) => readFileSync(join(dataDir, 'postgres', file), 'utf8'))
  return postgres(`postgres://carnet:${password}@127.0.0.1:${port}/carnet`, { max: 1, onnotice: () => {} })
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}
