import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format } from 'node:util'
import type { Sql } from 'postgres'
import { expect } from 'vitest'
import { afterwards } from './afterwards.ts'
import type { TestVoucher } from './scan-world.ts'

type Watched = { sql: Sql; vouchers: readonly Pick<TestVoucher, 'qr' | 'typed'>[] }

/**
 * After the stories of a file: no voucher was written, locked or deleted by them, and nothing that names a voucher, a scan, a phone
 * or a network address was printed or logged. Sealing is no part of these stories.
 */
export async function watchWhatIsLeft(watched: Watched): Promise<void> {
  const find = await startWatch(watched)
  afterwards(async () => expect(await find()).toEqual([]))
}

/** What was left behind since: one sentence each. */
export async function startWatch({ sql, vouchers }: Watched): Promise<() => Promise<string[]>> {
  const before = await rowsOf(sql)
  const printed = capture()
  return async () => {
    const after = await rowsOf(sql)
    const secrets = await secretsOf(sql, vouchers)
    const addresses = ['127.0.0.1', '::1', '::ffff:']
    return [
      ...[...before].filter(([codeMac, row]) => after.get(codeMac) !== row).map(([codeMac]) => `touched: ${codeMac}`),
      ...[...after].filter(([, row]) => !row.endsWith(' 0')).map(([codeMac]) => `locked: ${codeMac}`),
      ...namesIn(await serverLog(sql), secrets).map((secret) => `logged: ${secret}`),
      ...namesIn(printed(), new Set([...secrets, ...addresses])).map((secret) => `printed: ${secret}`),
    ]
  }
}

/** Where each row lies, who wrote it, and who locked or deleted it last. */
async function rowsOf(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ code: string; row: string }[]>`
    select code_mac::text as code, format('%s %s %s', ctid, xmin, xmax) as row from vouchers`
  return new Map(rows.map(({ code, row }) => [code, row]))
}

function capture(): () => string {
  const lines: string[] = []
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const
  const real = methods.map((method) => console[method])
  for (const [at, method] of methods.entries())
    console[method] = (...words: unknown[]) => {
      lines.push(format(...words))
      real[at]!(...words)
    }
  afterwards(() => {
    for (const [at, method] of methods.entries()) console[method] = real[at]!
  })
  return () => lines.join('\n')
}

/** The log of the server of this run, of all its databases. */
async function serverLog(sql: Sql): Promise<string> {
  const [row] = await sql<{ cluster: string }[]>`select current_setting('data_directory') as cluster`
  const directory = dirname(row!.cluster)
  const files = readdirSync(directory, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && /log/.test(entry.name),
  )
  return files.map(({ name }) => readFileSync(join(directory, name), 'utf8')).join('\n')
}

async function secretsOf(sql: Sql, vouchers: Watched['vouchers']): Promise<Set<string>> {
  const rows = await sql<{ secret: string }[]>`
    select tag::text as secret from redemptions union select scan_id::text from scan_receipts union select id::text from devices
    union select code_mac::text from vouchers`
  const written = rows.flatMap(({ secret }) => [secret, secret.replaceAll('-', '')])
  const held = vouchers.flatMap(({ qr, typed }) => [qr, typed, typed.replaceAll('-', '')])
  return new Set([...written, ...held])
}

const namesIn = (text: string, secrets: ReadonlySet<string>) => [...secrets].filter((secret) => text.includes(secret))
