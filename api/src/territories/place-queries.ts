import { communes, type Database } from '@carnet/db'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'

export type PlaceRow = {
  code: string
  name: string
  departmentCode: string
  epciCode: string | null
  postalCodes: string[]
}

/** Names as a typist may spell them: no accents, no capitals, no hyphens. */
const plainColumn = sql`replace(translate(lower(${communes.name}), 'àâäçéèêëîïôöùûüÿ-’''', 'aaaceeeeiioouuuy   '), 'œ', 'oe')`

const columns = {
  code: communes.code,
  name: communes.name,
  departmentCode: communes.departmentCode,
  epciCode: communes.epciCode,
  postalCodes: communes.postalCodes,
}
const most = 8

/** Communes of a postcode, or whose name begins with these plain words: the same name first, then the largest. */
export async function listPlaces(
  db: Database,
  asked: { postcode: string | undefined; name: string },
): Promise<PlaceRow[]> {
  const { postcode, name } = asked
  const pattern = `${name.replace(/[\\%_]/g, '\\$&')}%`
  return db
    .select(columns)
    .from(communes)
    .where(
      and(
        isNull(communes.parentCode),
        postcode === undefined ? undefined : sql`${postcode} = any(${communes.postalCodes})`,
        name === '' ? undefined : sql`${plainColumn} like ${pattern}`,
      ),
    )
    .orderBy(sql`${plainColumn} <> ${name}`, desc(communes.population))
    .limit(most)
}

/** Communes of these départements whose name is about as long as these plain words, or begins them. */
export async function listPlacesOfLength(
  db: Database,
  { name, departmentCodes }: { name: string; departmentCodes: readonly string[] },
): Promise<(PlaceRow & { plainName: string })[]> {
  return db
    .select({ ...columns, plainName: sql<string>`${plainColumn}` })
    .from(communes)
    .where(
      and(
        isNull(communes.parentCode),
        inArray(communes.departmentCode, [...departmentCodes]),
        sql`(abs(length(${communes.name}) - ${name.length}::int) <= 2 or starts_with(${name}, ${plainColumn} || ' '))`,
      ),
    )
    .orderBy(desc(communes.population))
}

export async function listNeighbourCodes(db: Database, epciCode: string): Promise<string[]> {
  const rows = await db.select({ code: communes.code }).from(communes).where(eq(communes.epciCode, epciCode))
  return rows.map(({ code }) => code)
}
