import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { afterwards } from './afterwards.ts'
import { type TestVenue, type TestVoucher, worldToday } from './scan-world.ts'

export type SentScan = { scanId: string; code: string; service: string; day: string }
export type Told = {
  status: number
  scanId?: string
  outcome?: string
  now?: string
  reason?: string
  usedHere?: boolean
  code?: string
}
export type ScanServer = { address: string }
export type TestKeyring = ReturnType<typeof createKeyringInFiles>

/** A keyring that other processes open too. */
export function createKeyringInFiles() {
  const place = mkdtempSync(join(tmpdir(), 'carnet-keyring-'))
  afterwards(() => rmSync(place, { recursive: true, force: true }))
  const directories = { directory: join(place, 'first'), copyDirectory: join(place, 'second') }
  return { directories, keyring: createKeyring(directories) }
}

/** Starts a server in a process of its own; it ends with the file's tests. */
export async function startScanServer(url: string, { directories }: TestKeyring): Promise<ScanServer> {
  const program = join(import.meta.dirname, 'scan-server.ts')
  const hour = `${worldToday}T09:00:00Z`
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', program, url, directories.directory, directories.copyDirectory, hour],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  afterwards(async () => {
    child.stdin?.end()
    if (child.exitCode === null) await once(child, 'exit')
  })
  const port = await Promise.race([
    once(child.stdout!, 'data').then(([line]) => line as Buffer),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with ${code} before it listened`))),
  ])
  return { address: `http://127.0.0.1:${Number(port)}/api/v1/device` }
}

export const sent = (voucher: TestVoucher, also: Partial<SentScan> = {}): SentScan => ({
  scanId: randomUUID(),
  code: voucher.qr,
  service: 'A01',
  day: worldToday,
  ...also,
})

/** The phone of a venue, sending to one of the servers. Every answer comes with its status: a race must not break a server. */
export function phoneOf(server: ScanServer, venue: TestVenue) {
  async function ask(method: 'GET' | 'POST', path: string, body?: unknown) {
    const answer = await fetch(server.address + path, {
      method,
      headers: { authorization: `Bearer ${venue.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const tell = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Told> => {
    const answer = await ask(method, path, body)
    return { ...answer.body, status: answer.status }
  }
  return {
    async scans(scans: readonly SentScan[]): Promise<Told[]> {
      const { status, body } = await ask('POST', '/scans', { scans })
      const results = body.results as Omit<Told, 'status'>[] | undefined
      return results ? results.map((result) => ({ ...result, status })) : [{ ...body, status }]
    },
    async scan(scan: SentScan): Promise<Told> {
      return (await this.scans([scan]))[0]!
    },
    check: (code: string) => tell('POST', '/checks', { code }),
    reverse: (scanId: string) => tell('POST', `/scans/${scanId}/reversal`, {}),
    correct: (scanId: string, service: string) => tell('POST', `/scans/${scanId}/correction`, { service }),
    story: (scanId: string) => tell('GET', `/scans/${scanId}`),
  }
}
