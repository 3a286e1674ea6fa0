import type { Sql } from 'postgres'

export type Table = { name: string; isOn: boolean; policies: string[]; seen: string | null }

/** Every table of the app, partitions aside: those nobody but its owner may touch. */
export const listTables = (sql: Sql) => sql<Table[]>`
  select c.relname as name, c.relrowsecurity as "isOn",
         array(select p.policyname::text from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname order by 1) as policies,
         (select p.qual from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.policyname = 'seen') as seen
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`

/** `((select sees_scheme()) or true)`, as PostgreSQL prints it. */
export const isOpenToAll = ({ seen }: Table): boolean => seen !== null && /\bOR true\)$/.test(seen)

/** The mutant of the second wall: not there. */
export async function takeDownWall(sql: Sql): Promise<void> {
  for (const { name } of await listTables(sql)) await sql.unsafe(`alter table ${name} disable row level security`)
}

/** Functions that run as their owner and would look where a caller tells them, and functions that anybody may run. */
export const findLoose = (sql: Pick<Sql, 'unsafe'>) =>
  sql.unsafe<{ name: string }[]>(`
  select p.proname as name from pg_proc p, unnest(coalesce(p.proacl, acldefault('f', p.proowner))::text[]) as may
   where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     and (may like '=%' or p.prosecdef and not coalesce(p.proconfig @> array['search_path=pg_catalog, public, pg_temp'], false))`)

export type Asker = { role: string; tenant?: string; person?: string }

/** Whole tables as an asker sees them, by a query that forgot its WHERE. A table the role may not even read is left out. */
export async function readAsAsker(sql: Sql, { role, tenant = '', person = '' }: Asker, tables: readonly string[]) {
  return sql.begin(async (tx) => {
    const seen = new Map<string, Record<string, unknown>[]>()
    await tx`select set_config('role', 'carnet_app', true), set_config('carnet.role', ${role}, true),
      set_config('carnet.tenant', ${tenant}, true), set_config('carnet.person', ${person}, true)`
    for (const name of tables) {
      const columns = await tx<{ name: string }[]>`
        select column_name::text as name from information_schema.column_privileges
         where grantee = 'carnet_app' and privilege_type = 'SELECT' and table_schema = 'public' and table_name = ${name}`
      if (columns.length === 0) continue
      const list = columns.map((column) => `"${column.name}"`).join(', ')
      seen.set(name, [...(await tx.unsafe(`select ${list} from ${name}`))])
    }
    return seen
  })
}
