/**
 * A country of venues in one import: the project's own seed, 35,000 times varied over the communes of France, checked and then
 * imported; and how right the plan of possible duplicates is on 200 labelled pairs.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext } from '@carnet/api/shared/context.ts'
import { loadTerritories } from '@carnet/api/territories/load-territories.ts'
import { listCommunes } from '@carnet/api/territories/queries.ts'
import { readStandardCsv, type StandardRow, writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
import { lockImports } from '@carnet/api/venues/queries.ts'
import { runImport } from '@carnet/api/venues/run-import.ts'
import { connectDatabase } from '@carnet/db'
import { startEmbeddedPostgres } from '@carnet/db/embedded'
import { migrateDatabase } from '@carnet/db/migrate'
import { measureDuplicates } from '../helpers/duplicate-pairs.ts'
import { heldOutPairs } from '../helpers/held-out-pairs.ts'

const wanted = 35_000
const judged = (pairs?: Parameters<typeof measureDuplicates>[0]) => {
  const { wrong, ...figures } = measureDuplicates(pairs)
  return { ...figures, missed: wrong.filter(({ isOne }) => isOne).length }
}
console.log('Possible duplicates')
console.table({ 'labelled pairs': judged(), 'pairs the rule was never shown': judged(heldOutPairs) })

const directory = mkdtempSync(join(tmpdir(), 'carnet-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') })
try {
  await migrateDatabase(server.url)
  const { db, end } = connectDatabase(server.url, { role: 'carnet_app' })
  // The keyring is not asked for: an import knows no key.
  const parts = { db, keyring: undefined as never, now: () => new Date() }
  const ctx = createContext({ ...parts, actor: { kind: 'operator' } })
  await loadTerritories(ctx)
  const file = Buffer.from(writeStandardCsv(vary(await listCommunes(ctx.db))))
  console.log(`${wanted} venues, ${(file.length / 1_048_576).toFixed(1)} MB`)
  const run = (isDry: boolean) =>
    measure(() =>
      ctx.transaction(async (tx) => {
        await lockImports(tx)
        return runImport(tx, file, { today: '2026-03-10', isDry, decide: () => 'new' })
      }),
    )
  console.table({ check: await run(true), import: await run(false), 'the same again': await run(false) })
  await end()
} finally {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

/** Communes far apart, the four places of one two kilometres from each other. */
function spot(at: number) {
  const commune = Math.floor(at / 4)
  const latitude = 42 + ((commune * 7919) % 9000) / 1000 + (at % 4) * 0.02
  const longitude = -4 + ((commune * 104_729) % 12_000) / 1000
  return { latitude: latitude.toFixed(4), longitude: longitude.toFixed(4) }
}

type Commune = Awaited<ReturnType<typeof listCommunes>>[number]
function vary(communes: readonly Commune[]): StandardRow[] {
  const seed = readStandardCsv(readFileSync(new URL('../../db/seeds/venues-16.csv', import.meta.url), 'utf8')).rows
  const usable = communes.filter(({ parentCode, postalCodes }) => parentCode === null && postalCodes.length > 0)
  return Array.from({ length: wanted }, (_, at) => {
    const { cells } = seed[at % seed.length]!
    // Four places in each of 8,750 communes.
    const commune = usable[Math.floor(at / 4) % usable.length]!
    return {
      ...cells,
      id: `bench-${at}`,
      nom: cells.nom!.replace(cells.commune!, commune.name),
      commune: commune.name,
      code_insee: commune.code,
      code_postal: commune.postalCodes[0]!,
      adresse: `${1 + (at % 97)} ${cells.adresse!.replace(/^\d+ /, '')}`,
      ...spot(at),
    }
  })
}

async function measure(
  act: () => Promise<{ rows: number; created: number; unchanged: number; duplicateCount: number }>,
) {
  globalThis.gc?.()
  let most = 0
  let lastTurn = performance.now()
  let longest = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
    longest = Math.max(longest, performance.now() - lastTurn - 20)
    lastTurn = performance.now()
  }, 20)
  const start = performance.now()
  const { rows, created, unchanged, duplicateCount } = await act()
  const seconds = (performance.now() - start) / 1000
  clearInterval(watch)
  const memory = { 'MB at most': Math.round(most / 1_048_576), 'longest pause, ms': Math.round(longest) }
  return { seconds: seconds.toFixed(1), ...memory, rows, created, unchanged, 'may be known': duplicateCount }
}
