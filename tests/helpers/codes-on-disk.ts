import { readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toBase45 } from '@carnet/api/books/base45.ts'
import { formatTypedCode } from '@carnet/api/books/typed-code.ts'
import type { Sql } from 'postgres'

/** Every way in which a code could be written down: its bytes, and what stands for them on paper, in files and in logs. */
function waysToWrite(code: Uint8Array): Buffer[] {
  const bytes = Buffer.from(code)
  const typed = formatTypedCode(code)
  const texts = [typed, typed.replaceAll('-', ''), bytes.toString('hex'), bytes.toString('hex').toUpperCase()]
  // Two bytes are three letters: the code stands whole within the text of the QR code.
  return [bytes, ...[...texts, toBase45(code), bytes.toString('base64').slice(0, 10)].map((text) => Buffer.from(text))]
}

type Place = { file: string; text: Buffer }

/** What has been written since a moment: the files of this database, the server's log and WAL, and everything temporary. */
export async function watchDisk(sql: Sql) {
  const since = Date.now() - 1000
  const [where] = await sql<{ folder: string; oid: number; wal: string }[]>`
    select current_setting('data_directory') as folder, (select oid::int from pg_database where datname = current_database()),
           pg_walfile_name(pg_current_wal_lsn()) as wal`
  const { folder, oid, wal } = where!

  const changedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const filesIn = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const file = join(path, entry.name)
      if (entry.isDirectory()) return file === folder ? [] : filesIn(file)
      return entry.isFile() && changedAt(file) >= since ? [file] : []
    })
  const walFiles = () =>
    readdirSync(join(folder, 'pg_wal'))
      .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= wal)
      .map((name) => join(folder, 'pg_wal', name))

  function* written(): Generator<Place> {
    for (const file of [...filesIn(join(folder, 'base', String(oid))), ...walFiles(), ...filesIn(tmpdir())])
      try {
        yield { file, text: readFileSync(file) }
      } catch {
        // Gone meanwhile: what is removed was looked at before, or lives for no time at all.
      }
  }

  return {
    /** The files that hold one of these codes in any form. */
    findCodes(codes: readonly Uint8Array[]): string[] {
      const wanted = codes.flatMap(waysToWrite)
      return [...written()].filter(({ text }) => wanted.some((form) => text.includes(form))).map(({ file }) => file)
    },
    /** What the server still holds in memory goes to its files. */
    flush: () => sql`checkpoint`,
    countFiles: () => [...written()].length,
  }
}
