import type { Sql } from 'postgres'

export type TableShape = { name: string; columns: string[] }
export type ForeignKey = { table: string; name: string; definition: string }

/** Every table that holds rows, partitions and not their parents, with the columns that are written (not the computed ones). */
export async function listTables(sql: Sql): Promise<TableShape[]> {
  return sql<TableShape[]>`
    select c.relname as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    group by c.relname
    order by c.relname`
}

/** Foreign keys as they are made again. Those of a partition come with its parent's. */
export async function listForeignKeys(sql: Sql): Promise<ForeignKey[]> {
  return sql<ForeignKey[]>`
    select conrelid::regclass::text as "table", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace
    order by 1, 2`
}

/** The creation instant of the newest migration, which is its name in the journal. */
export async function newestMigration(sql: Sql): Promise<string> {
  const [row] = await sql<{ at: string }[]>`
    select max(created_at)::text as at from drizzle.__drizzle_migrations`
  return row!.at
}

export async function isEmptyDatabase(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ found: number }[]>`
    select count(*)::int as found from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`
  return row!.found === 0
}

/** All rows of a table as JSON texts, a batch at a time: PostgreSQL writes them and reads them back, exactly. */
export async function* readLines(sql: Sql, { name, columns }: TableShape): AsyncGenerator<string[]> {
  const rows = sql.unsafe<{ line: string }[]>(
    `select row_to_json(kept)::text as line from (select ${columns.join(', ')} from public.${name}) kept`,
  )
  // A row may hold a document of 2 MB.
  for await (const batch of rows.cursor(50)) yield batch.map(({ line }) => line)
}

export async function insertLines(sql: Sql, { name, columns }: TableShape, lines: readonly string[]): Promise<void> {
  const list = columns.join(', ')
  await sql.unsafe(
    `insert into public.${name} (${list}) overriding system value
     select ${list} from json_populate_recordset(null::public.${name}, $1::text::json)`,
    [`[${lines.join(',')}]`],
  )
}

export async function countRows(sql: Sql, { name }: TableShape): Promise<number> {
  const [row] = await sql.unsafe<{ rows: number }[]>(`select count(*)::int as rows from public.${name}`)
  return row!.rows
}
