import { type Column, ilike, type SQL } from 'drizzle-orm'

/** A pattern for any part of a text; what a typist means by `%` is a per cent sign. */
export const anyPart = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`
/** Any part of a column. */
export const contains = (column: Column, q: string): SQL => ilike(column, anyPart(q))
