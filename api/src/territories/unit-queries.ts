import { communes, type Database, departments } from '@carnet/db'
import { inArray } from 'drizzle-orm'

export async function listDepartmentNames(db: Database): Promise<Map<string, string>> {
  const rows = await db.select({ code: departments.code, name: departments.name }).from(departments)
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/** The département or the EPCI of each commune; empty for a commune of no EPCI. */
export async function findUnitOf(
  db: Database,
  codes: readonly string[],
  level: 'department' | 'epci',
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const { code, departmentCode, epciCode } = communes
  const rows = await db
    .select({ code, departmentCode, epciCode })
    .from(communes)
    .where(inArray(code, [...codes]))
  return new Map(rows.map((row) => [row.code, level === 'department' ? row.departmentCode : (row.epciCode ?? '')]))
}
