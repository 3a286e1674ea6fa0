/**
 * A run of books from its codes to its files: time, memory and pages a second; each step killed half-way once, and the same bytes
 * the next time. Usage: BOOKS=10000 node --import tsx tests/bench/print.ts (1000 unless said)
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import type { Person } from '@carnet/api/shared/context.ts'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import postgres from 'postgres'
import type { StepOrder } from './print-step.ts'

const books = Number(process.env.BOOKS ?? 1000)
const bookSize = 10
type Result = { sha256: string; prefix?: string; bytes?: number; seconds: number; memoryMb: number }
type Line = { done?: number; bytes?: number; sha256?: string; result?: Result }

const directory = mkdtempSync(join(tmpdir(), 'carnet-bench-'))
const keyring = { directory: join(directory, 'first'), copyDirectory: join(directory, 'second') }
createKeyring(keyring)
const identity = await generateIdentity()
const server = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') })
const stepFile = fileURLToPath(new URL('./print-step.ts', import.meta.url))
const sql = postgres(server.url, { onnotice: () => {} })

/** Runs a step; `enough` says after which line it is killed. Gives what it told last. */
async function run(order: StepOrder, enough: (line: Line) => boolean = () => false): Promise<Line> {
  const child = spawn(process.execPath, ['--import', 'tsx', stepFile, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let last: Line = {}
  for await (const text of createInterface({ input: child.stdout! })) {
    last = JSON.parse(text)
    if (enough(last)) child.kill('SIGKILL')
  }
  return last
}

try {
  await migrateDatabase(server.url)
  const { runId, coordinator, second } = await fill()
  const base = { url: server.url, keyring, runId, identity, prefix: 0 }
  const vouchers = books * bookSize

  const generate: StepOrder = { ...base, kind: 'generate', actor: second }
  const killed = await run(generate, ({ done = 0 }) => done > vouchers / 2)
  const [left] = await sql`select count(*)::int as boxes from boxes`
  const made = (await run(generate)).result!
  report('codes', made, {
    killed: `${killed.done ?? 'over'} of ${vouchers} vouchers`,
    left: `${left!.boxes} boxes`,
    each: vouchers,
    unit: 'vouchers/s',
  })

  const artefact = await twice({ ...base, kind: 'artefact', actor: coordinator }, vouchers * 50)
  report('encrypted file', artefact.whole, { ...artefact, each: vouchers, unit: 'vouchers/s' })
  check(artefact.whole.sha256 === made.sha256, 'the file holds what was audited')

  const pages = books * 2
  const pdf = await twice({ ...base, kind: 'pdf', actor: coordinator }, pages * 2_000)
  report('PDF', pdf.whole, { ...pdf, each: pages, unit: 'pages/s' })
} finally {
  await sql.end()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

/** Killed after some bytes, then whole: its first bytes are those that were made before. */
async function twice(order: StepOrder, enough: number) {
  const cut = await run(order, ({ bytes = 0 }) => bytes > enough)
  const prefix = cut.bytes ?? 0
  const whole = (await run({ ...order, prefix })).result!
  check(
    prefix > 0 && whole.prefix === cut.sha256,
    `${order.kind}: the bytes of the one that was killed are those of the next`,
  )
  return { whole, killed: `${prefix} bytes of ${whole.bytes}` }
}

function check(isTrue: boolean, says: string): void {
  console.log(`${isTrue ? 'yes' : 'NO'}: ${says}`)
  if (!isTrue) process.exitCode = 1
}

function report(
  name: string,
  result: Result,
  { each, unit, killed, left }: { each: number; unit: string; killed: string; left?: string },
) {
  const speed = `${(each / result.seconds).toFixed(1)} ${unit}`
  const size = result.bytes === undefined ? '' : `, ${(result.bytes / 2 ** 20).toFixed(1)} MB`
  console.log(
    `${name} of ${books} books: ${result.seconds.toFixed(1)} s, ${speed}, ${result.memoryMb.toFixed(0)} MB of memory${size}`,
  )
  console.log(`  killed first after ${killed}${left ? `, which left ${left}` : ''}`)
}

async function fill() {
  const ids = { account: randomUUID(), funder: randomUUID(), campaign: randomUUID(), run: randomUUID() }
  const person = (): Person => ({
    ...{
      kind: 'person',
      role: 'coordinator',
      personId: randomUUID(),
      membershipId: randomUUID(),
      name: 'C',
      tenantId: null,
    },
    scopes: ['*'],
  })
  const [coordinator, second] = [person(), person()]
  for (const { personId } of [coordinator, second])
    await sql`insert into people (id, name, email, created_on) values (${personId}, 'C', ${`${personId}@example.org`}, '2026-01-01')`
  await sql`insert into paying_accounts (id, name, iban, bic, holder_name) values (${ids.account}, 'Compte', 'FR7630006000011234567890189', 'AGRIFRPP', 'Opérateur')`
  await sql`insert into funders (id, name, kind, created_on) values (${ids.funder}, 'Financeur', 'department', '2026-01-01')`
  await sql`insert into campaigns (id, number, name, paying_account_id, face_value_cents, book_size, budgeted_books, starts_on, ends_on, target_public, objectives, state)
    values (${ids.campaign}, 1, 'Campagne', ${ids.account}, 1000, ${bookSize}, ${Math.max(50, books)}, '2026-01-01', '2026-12-31', 'Tous', 'Autonomie', 'draft')`
  await sql`insert into campaign_funders (campaign_id, funder_id, part_cents) values (${ids.campaign}, ${ids.funder}, 1000)`
  await sql`update campaigns set state = 'agreed' where id = ${ids.campaign}`
  await sql`insert into print_runs (id, campaign_id, state, book_count, books_per_box, age_recipient, requested_by, requested_on)
    values (${ids.run}, ${ids.campaign}, 'proof_approved', ${books}, 50, ${await identityToRecipient(identity)}, ${coordinator.personId}, '2026-03-09')`
  return { runId: ids.run, coordinator, second }
}
