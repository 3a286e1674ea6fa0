import type { Sql } from 'postgres'

const pageSize = 8192
/** Of a row's header (htup_details.h). */
const committed = 0x0100
const deleterAborted = 0x0800
const lockedOnly = 0x0080

/**
 * Rows of a table whose first reader left a mark: PostgreSQL notes in a row that its transaction is known to be committed
 * (a hint bit). Read from the file, by its owner, as a thief of the disk does: the first uuid of each row.
 */
export async function readHints(sql: Sql, table: 'vouchers' | 'books'): Promise<Map<string, boolean>> {
  await sql`checkpoint`
  const [row] = await sql<{ file: Buffer }[]>`
    select pg_read_binary_file(pg_relation_filepath(${table})) as file`
  const file = row!.file
  const hints = new Map<string, boolean>()
  for (let page = 0; page + pageSize <= file.length; page += pageSize) {
    const lower = file.readUInt16LE(page + 12)
    for (let item = 24; item < lower; item += 4) {
      const pointer = file.readUInt32LE(page + item)
      if (((pointer >> 15) & 3) !== 1) continue
      const tuple = page + (pointer & 0x7fff)
      const infomask = file.readUInt16LE(tuple + 20)
      const isDead = (infomask & (deleterAborted | lockedOnly)) === 0 && file.readUInt32LE(tuple + 4) !== 0
      if (isDead) continue
      const data = tuple + file[tuple + 22]!
      hints.set(file.subarray(data, data + 16).toString('hex'), (infomask & committed) !== 0)
    }
  }
  return hints
}
