import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgEnum, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { bytea, day, randomId } from './columns.ts'

export const attemptKind = pgEnum('attempt_kind', ['code', 'passkey', 'registration', 'oidc'])

/**
 * A sign-in under way, bound to the browser that began it by a cookie whose hash is here. What must be answered (code,
 * challenge, state) is derived from that cookie, so this table alone answers nothing. Forgotten after an hour.
 */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    id: randomId(),
    kind: attemptKind().notNull(),
    browserHash: bytea().notNull(),
    /** Null for an address that nobody has: its row ages like every other. */
    personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
    addressHash: bytea(),
    codeHash: bytea(),
    tries: integer().notNull().default(0),
    returnTo: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index('attempts_of_a_browser').on(table.browserHash),
    index('attempts_of_an_address').on(table.addressHash),
    check('a_code_has_its_hash', sql`(${table.kind} = 'code') = (${table.codeHash} is not null)`),
    check('five_tries', sql`${table.tries} between 0 and 5`),
  ],
)

/** Public keys: whoever reads them can sign nothing. */
export const passkeys = pgTable('passkeys', {
  id: randomId(),
  personId: uuid()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' }),
  credentialId: bytea().notNull().unique('a_passkey_has_one_owner'),
  publicKey: bytea().notNull(),
  /** Going back tells of a copied key; most phones always say 0. */
  counter: bigint({ mode: 'number' }).notNull(),
  transports: text().array().notNull(),
  name: text().notNull(),
  createdOn: day().notNull(),
  lastUsedOn: day(),
})

/** Who somebody is at an OpenID provider. The first link goes through a verified e-mail address; then the subject alone counts. */
export const oidcIdentities = pgTable(
  'oidc_identities',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdOn: day().notNull(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] })],
)
