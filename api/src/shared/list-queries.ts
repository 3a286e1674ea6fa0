import { type Column, ilike, type SQL } from 'drizzle-orm'

/** Any part of a text; what a typist means by `%` is a per cent sign. */
export const contains = (column: Column, q: string): SQL => ilike(column, `%${q.replace(/[\\%_]/g, '\\$&')}%`)
