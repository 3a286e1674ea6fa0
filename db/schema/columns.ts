import { sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, customType, date, integer, uuid } from 'drizzle-orm/pg-core'

declare const centsBrand: unique symbol
/** Whole cents. Made by `cents()` of the api's money module, read from the columns below. */
export type Cents = number & { readonly [centsBrand]: true }

export const cents = () => integer().$type<Cents>()
/** Sums of a whole scheme pass 21 million euros, where four bytes end. */
export const wideCents = () => bigint({ mode: 'number' }).$type<Cents>()

/** A day in Europe/Paris, `YYYY-MM-DD`. */
export const day = () => date({ mode: 'string' })

/** Random (v4): an ordered id would be a clock. */
export const randomId = () => uuid().primaryKey().default(sql`gen_random_uuid()`)

/**
 * Sixteen bytes of an HMAC in PostgreSQL's fixed-length `uuid` type: index entries of 24 instead of 32 bytes and one plain
 * text form for array parameters. It is not an identifier: columns say `…Mac` or `tag`. In JavaScript: 32 hex digits.
 */
export const mac = customType<{ data: string; driverData: string }>({
  dataType: () => 'uuid',
  fromDriver: (value) => value.replaceAll('-', ''),
})

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

export const positive = (name: string, column: AnyPgColumn) => check(name, sql`${column} > 0`)
export const notNegative = (name: string, column: AnyPgColumn) => check(name, sql`${column} >= 0`)
